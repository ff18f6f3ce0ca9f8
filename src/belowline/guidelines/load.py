"""The rules of the house: the default files, a publisher's folder over them, and one fingerprint for it all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from belowline.errors import GuidelineError
from belowline.guidelines.file import Mistakes, read_file
from belowline.guidelines.rule import make_rule, overlay
from belowline.types import Guideline, Guidelines

DEFAULT_FOLDER = Path(__file__).with_name("default")
# The order in which people read them; a publisher's own follow by name.
DEFAULT_ORDER = (
    "profanity",
    "threats",
    "personal_attacks",
    "vulgarity",
    "sexism",
    "racism",
    "homophobia",
    "xenophobia",
    "abuse",
    "promotion",
    "relevance",
)
LABELS = (
    "toxicity",
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "sexual",
    "identity_attack",
    "sexism",
    "racism",
    "homophobia",
    "xenophobia",
    "promotion",
)
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """What a publisher's folder does to the default guidelines, and everything that is wrong with it.

    `guidelines` is None when there are mistakes.
    """

    mistakes: tuple[GuidelineError, ...]
    replaced: tuple[str, ...]
    added: tuple[str, ...]
    switched_off: tuple[str, ...]
    guidelines: Guidelines | None


def load_guidelines(folder: Path | None = None, labels: Collection[str] = LABELS) -> Guidelines:
    """Read the default guidelines with a publisher's folder over them.

    `labels` are those the model knows. Raises GuidelineError naming the first mistake; `check_folder`
    gives them all.
    """
    checked = check_folder(folder, labels)
    if checked.guidelines is None:
        first, *more = checked.mistakes
        if more:
            raise GuidelineError(f"{first.message} (And {len(more)} more: run `belowline guidelines check`.)")
        raise first
    return checked.guidelines


def check_folder(folder: Path | None = None, labels: Collection[str] = LABELS) -> FolderCheck:
    """Read a publisher's folder over the defaults and gather every mistake in it; raises nothing."""
    mistakes = Mistakes()
    defaults = {name: _read_default(name, mistakes) for name in DEFAULT_ORDER}
    house = {} if folder is None else _read_house(folder, mistakes)
    off = [name for name, (_, content) in house.items() if content.get("enabled") is False]

    rules: list[Guideline] = []
    for name in (*DEFAULT_ORDER, *sorted(house.keys() - defaults.keys())):
        path, content = house.get(name, (DEFAULT_FOLDER / f"{name}.toml", {}))
        if name in off and content.keys() <= {"id", "enabled"}:
            if name not in defaults:
                mistakes.add(path, "enabled", "switches off a guideline that is not there")
            continue
        rule = make_rule(name, overlay(defaults.get(name, {}), content), labels, path, mistakes)
        if name not in off:
            rules.append(rule)
    if folder is not None and not rules:
        mistakes.add(folder, "", "switches every guideline off, so that nothing would be judged")

    kept = [name for name in house if name not in off]
    return FolderCheck(
        mistakes=tuple(mistakes.found),
        replaced=tuple(name for name in kept if name in defaults),
        added=tuple(name for name in kept if name not in defaults),
        switched_off=tuple(off),
        guidelines=None if mistakes.found else Guidelines(tuple(rules), fingerprint(rules), {r.id: r for r in rules}),
    )


def fingerprint(rules: Iterable[Guideline]) -> str:
    """Sum up in 16 hexadecimal digits everything that can change a verdict.

    Titles, public texts, headings, examples, the order of words and the layout of files can't.
    """
    content = [
        {
            "id": rule.id,
            "bands": [rule.approve_below, rule.reject_from],
            "action": rule.action,
            "labels": sorted(rule.labels),
            "reads": [rule.links, rule.relevance, rule.repeats],
            "terms": sorted(
                [list_.language, list_.score, list_.quoted_score, sorted(set(list_.words))] for list_ in rule.terms
            ),
        }
        for rule in rules
    ]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _read_default(name: str, mistakes: Mistakes) -> dict[str, Any]:
    return read_file(DEFAULT_FOLDER / f"{name}.toml", mistakes) or {}


def _read_house(folder: Path, mistakes: Mistakes) -> dict[str, tuple[Path, dict[str, Any]]]:
    """Read a publisher's files by id, each with its path; a file that can't be used is a mistake and left out."""
    if not folder.is_dir():
        mistakes.add(folder, "", "is not a folder" if folder.exists() else "does not exist")
        return {}
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        mistakes.add(folder, "", "holds no guideline file (NAME.toml)")
    found: dict[str, tuple[Path, dict[str, Any]]] = {}
    for path in paths:
        if not _ID.fullmatch(path.stem):
            mistakes.add(path, "", "must be named in small letters, digits and underscores, such as house_names.toml")
            continue
        content = read_file(path, mistakes)
        if content is None:
            continue
        if content.get("id", path.stem) != path.stem:
            mistakes.add(path, "id", f"is {content['id']}, but the file's name says {path.stem}")
        found[path.stem] = (path, content)
    return found
