"""A guideline made from the checked keys of its file, or of a default file with a publisher's changes on top."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from belowline.guidelines.file import Mistakes
from belowline.types import Action, Example, Guideline, TermList

_ACTIONS: tuple[Action, ...] = ("reject", "hold")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def overlay(default: dict[str, Any], house: dict[str, Any]) -> dict[str, Any]:
    """Put a publisher's keys over a default's: [reads] and [bands] key by key, everything else whole."""
    merged = {**default, **house}
    for table in ("reads", "bands"):
        merged[table] = {**default.get(table, {}), **house.get(table, {})}
    return merged


def make_rule(
    rule_id: str, content: dict[str, Any], labels: Collection[str], path: Path, mistakes: Mistakes
) -> Guideline:
    """Make the guideline that the content describes; what is wrong with it goes to `mistakes`.

    `labels` are those the model knows. The result is only of use when no mistake was added.
    """
    reads = content.get("reads", {})
    low, high = _read_bands(content.get("bands", {}), path, mistakes)
    examples = content.get("examples", {})
    terms = tuple(
        _make_terms(entry, f"{name}[{index}]", path, mistakes)
        for name in ("terms", "more_terms")
        for index, entry in enumerate(content.get(name, []))
    )
    for index, label in enumerate(reads.get("labels", [])):
        if label not in labels:
            near = get_close_matches(label, labels, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it knows {', '.join(sorted(labels))}"
            mistakes.add(path, f"reads.labels[{index}]", f"names {label}, which the model does not know; {hint}")
    known_wrong = any(mistakes.names(path, key) for key in ("reads", "terms", "more_terms"))
    if not terms and not any(reads.values()) and not known_wrong:
        mistakes.add(path, "reads", "is empty and there are no terms, so nothing could ever break this guideline")
    return Guideline(
        id=rule_id,
        title=_required(content, "title", path, mistakes),
        text=_required(content, "text", path, mistakes),
        approve_below=low,
        reject_from=high,
        action=_read_action(content, path, mistakes),
        heading=content.get("heading", ""),
        labels=tuple(reads.get("labels", [])),
        links=reads.get("links", False),
        relevance=reads.get("relevance", False),
        repeats=reads.get("repeats", False),
        terms=terms,
        breaks=_make_examples(examples, "breaks"),
        keeps=_make_examples(examples, "keeps"),
        missed=_make_examples(examples, "missed"),
    )


def _required(content: dict[str, Any], key: str, path: Path, mistakes: Mistakes) -> str:
    if key not in content and not mistakes.names(path, key):
        mistakes.add(path, key, "is missing")
    return str(content.get(key, ""))


def _read_action(content: dict[str, Any], path: Path, mistakes: Mistakes) -> Action:
    name = content.get("action", "reject")
    for action in _ACTIONS:
        if action == name:
            return action
    mistakes.add(path, "action", f"must be reject or hold, not {name}")
    return "hold"


def _read_bands(bands: dict[str, Any], path: Path, mistakes: Mistakes) -> tuple[float, float]:
    fine = True
    for key in ("approve_below", "reject_from"):
        if key not in bands:
            fine = False
            if not mistakes.names(path, f"bands.{key}"):
                mistakes.add(path, f"bands.{key}", "is missing")
        # Written so that nan falls out too.
        elif not 0 < bands[key] <= 1:
            mistakes.add(path, f"bands.{key}", f"must be above 0 and at most 1, not {bands[key]}")
            fine = False
    low, high = float(bands.get("approve_below", 1)), float(bands.get("reject_from", 1))
    if fine and low > high:
        mistakes.add(path, "bands.approve_below", f"({low}) must not be above bands.reject_from ({high})")
    return low, high


def _make_terms(entry: dict[str, Any], key: str, path: Path, mistakes: Mistakes) -> TermList:
    words = [" ".join(word.split()) for word in entry.get("words", [])]
    if not words and not mistakes.names(path, key):
        mistakes.add(path, f"{key}.words", "has no words")
    for word in words:
        if not any(unicodedata.category(character)[0] in "LNS" for character in word.removesuffix("*")):
            mistakes.add(path, f"{key}.words", f"holds {word!r}, which has neither letter, digit nor symbol")
        elif "*" in word[:-1]:
            mistakes.add(path, f"{key}.words", f"holds {word!r}, but a * may only stand at the end")
    if "score" not in entry and not mistakes.names(path, f"{key}.score"):
        mistakes.add(path, f"{key}.score", "is missing")
    score = float(entry.get("score", 1))
    if not 0 <= score <= 1:
        mistakes.add(path, f"{key}.score", f"must lie between 0 and 1, not {score}")
    quoted = float(entry.get("quoted_score", score / 2))
    if not 0 <= quoted <= score:
        mistakes.add(path, f"{key}.quoted_score", f"must lie between 0 and the score ({score}), not {quoted}")
    language = entry.get("language", "")
    if language and not _LANGUAGE.fullmatch(language):
        mistakes.add(path, f"{key}.language", f"must be a language code such as en, not {language!r}")
    return TermList(words=tuple(words), score=score, quoted_score=quoted, language=language)


def _make_examples(examples: dict[str, Any], name: str) -> tuple[Example, ...]:
    shared = examples.get("article", "")
    entries = ({"text": entry} if isinstance(entry, str) else entry for entry in examples.get(name, []))
    return tuple(
        Example(text=entry["text"], article=entry.get("article", shared), parent=entry.get("parent"))
        for entry in entries
    )
