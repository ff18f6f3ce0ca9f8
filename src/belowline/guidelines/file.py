"""One guideline file, read as TOML with every key's name and type checked; what it means is judged in `rule`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from belowline.errors import GuidelineError

# A leaf is the kind of value a key takes; a mapping is a table; a list is an array of such tables.
_TERMS = {"words": "texts", "file": "text", "score": "number", "quoted_score": "number", "language": "text"}
KEYS: Mapping[str, Any] = {
    "id": "text",
    "enabled": "flag",
    "title": "text",
    "text": "text",
    "heading": "text",
    "action": "text",
    "reads": {"labels": "texts", "links": "flag", "relevance": "flag", "repeats": "flag"},
    "bands": {"approve_below": "number", "reject_from": "number"},
    "terms": [_TERMS],
    "more_terms": [_TERMS],
    "examples": {"article": "text", "breaks": "examples", "keeps": "examples", "missed": "examples"},
}
_EXAMPLE = {"text": "text", "article": "text", "parent": "text"}
_WANTED = {
    "text": "text that is not empty",
    "flag": "true or false",
    "number": "a number",
    "texts": "a list of texts",
    "examples": "a list of texts or of tables with text, article and parent",
}


class Mistakes:
    """All that is wrong in a folder, gathered so that a publisher can mend it in one go."""

    def __init__(self) -> None:
        self.found: list[GuidelineError] = []
        self._keys: set[tuple[Path, str]] = set()

    def add(self, path: Path, key: str, reason: str) -> None:
        """Note one mistake as a sentence of file, dotted key (may be empty) and reason."""
        where = f"{path}: {key}" if key else str(path)
        end = "" if reason.endswith("?") else "."
        self.found.append(GuidelineError(f"{where} {reason}{end}"))
        self._keys.add((path, key))

    def names(self, path: Path, key: str) -> bool:
        """Say whether a key or one inside it is wrong already, so that nobody calls it missing as well."""
        return any(at == path and known.startswith(key) for at, known in self._keys)


def read_file(path: Path, mistakes: Mistakes) -> dict[str, Any] | None:
    """Read one file and give back what is well formed of it, or None where it isn't TOML at all.

    Word lists named by `file` are read in and stand under `words`, so that the result needs no folder.
    """
    text = _read_text(path, "", mistakes)
    if text is None:
        return None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mistakes.add(path, "", f"is not valid TOML: {error}")
        return None
    content = _checked_table(raw, KEYS, "", path, mistakes)
    for name in ("terms", "more_terms"):
        for index, entry in enumerate(content.get(name, [])):
            if "file" in entry:
                entry["words"] = entry.get("words", []) + _read_words(path, f"{name}[{index}].file", entry, mistakes)
    return content


def _read_text(path: Path, key: str, mistakes: Mistakes, blame: Path | None = None) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 text (byte {error.start})"
    except OSError as error:
        reason = f"can't be read ({error.strerror})"
    mistakes.add(blame or path, key, reason if blame is None else f"names {path.name}, which {reason}")
    return None


def _read_words(path: Path, key: str, entry: dict[str, Any], mistakes: Mistakes) -> list[str]:
    name = entry.pop("file")
    if Path(name).name != name:
        mistakes.add(path, key, f"must name a file in the same folder, not {name!r}")
        return []
    text = _read_text(path.with_name(name), key, mistakes, blame=path)
    lines = (line.strip() for line in (text or "").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _checked_table(
    raw: dict[str, Any], keys: Mapping[str, Any], at: str, path: Path, mistakes: Mistakes
) -> dict[str, Any]:
    """Keep the keys that are known and hold what they should; the rest becomes mistakes."""
    kept: dict[str, Any] = {}
    for name, value in raw.items():
        key = f"{at}.{name}" if at else name
        if name not in keys:
            near = get_close_matches(name, keys, n=1)
            mistakes.add(path, key, f"is not a known key; did you mean {near[0]}?" if near else "is not a known key")
            continue
        kind = keys[name]
        if isinstance(kind, Mapping):
            if isinstance(value, dict):
                kept[name] = _checked_table(value, kind, key, path, mistakes)
            else:
                mistakes.add(path, key, f"must be a table [{key}], not {_name_of(value)}")
        elif isinstance(kind, list):
            if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
                kept[name] = [
                    _checked_table(entry, kind[0], f"{key}[{index}]", path, mistakes)
                    for index, entry in enumerate(value)
                ]
            else:
                mistakes.add(path, key, f"must be tables headed [[{key}]]")
        elif _holds(kind, value, key, path, mistakes):
            kept[name] = value
    return kept


def _holds(kind: str, value: Any, key: str, path: Path, mistakes: Mistakes) -> bool:
    """Say whether a value is of the kind wanted; a list is looked at entry by entry."""
    if kind in ("texts", "examples") and isinstance(value, list):
        fits = [_holds_entry(kind, entry, f"{key}[{index}]", path, mistakes) for index, entry in enumerate(value)]
        return all(fits)
    fits_kind = {
        "text": isinstance(value, str) and bool(value.strip()),
        "flag": isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
    }
    if fits_kind.get(kind, False):
        return True
    mistakes.add(path, key, f"must be {_WANTED[kind]}, not {_name_of(value)}")
    return False


def _holds_entry(kind: str, entry: Any, key: str, path: Path, mistakes: Mistakes) -> bool:
    if kind == "examples" and isinstance(entry, dict):
        if "text" not in entry:
            mistakes.add(path, key, "has no text")
            return False
        return len(_checked_table(entry, _EXAMPLE, key, path, mistakes)) == len(entry)
    return _holds("text", entry, key, path, mistakes)


def _name_of(value: Any) -> str:
    """Name a TOML value's type as its author would."""
    if isinstance(value, str):
        return "text" if value.strip() else "empty text"
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
