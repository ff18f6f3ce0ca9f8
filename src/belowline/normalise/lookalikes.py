"""Letters of other scripts that stand in for Latin ones; text in those scripts is never touched."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from belowline.normalise.copy import Edit
from belowline.normalise.words import load_words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LATIN = re.compile("[A-Za-z]")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    """Load the letters of the same shape, and with them those that only resemble."""
    same: dict[int, str] = {}
    resembling: dict[int, str] = {}
    for line in files(__package__).joinpath("confusables.txt").read_text("utf-8").splitlines()[1:]:
        table = same if line[1] == "=" else resembling
        table.update({ord(char): line[0] for char in line[2:]})
    return same, same | resembling


def find(text: str) -> list[Edit]:
    """Find words in which letters of other scripts stand for Latin ones.

    Such a word mixes with Latin letters, or consists of look-alikes only and reads as a known word; and the
    text around it is mainly Latin, or the word reads as a known one.
    """
    if text.isascii() or not _LATIN.search(text):
        return []
    same, any_shape = _tables()
    if any_shape.keys().isdisjoint(map(ord, set(text))):
        return []
    known = load_words().known
    # Look-alikes count for neither side: they are what is in question.
    letters = sum(char.isalpha() and ord(char) not in same for char in text)
    mainly_latin = 2 * len(_LATIN.findall(text)) > letters
    edits: list[Edit] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii() or any_shape.keys().isdisjoint(map(ord, word)):
            continue
        plain = word.translate(same)
        mixed = _LATIN.search(word) is not None
        if not plain.replace("’", "").isascii():
            plain = word.translate(any_shape)
            fits = mixed and plain.isascii() and known(plain)
        elif mixed:
            fits = mainly_latin or known(plain)
        else:
            fits = mainly_latin and known(plain)
        if fits:
            edits += _letter_edits(word, plain, match.start())
    return edits


def _letter_edits(word: str, plain: str, start: int) -> list[Edit]:
    """Give one edit for each stretch of letters that changes, so that the others keep their place."""
    edits: list[Edit] = []
    for at, (char, latin) in enumerate(zip(word, plain, strict=True), start):
        if char == latin:
            continue
        if edits and edits[-1].end == at:
            edits[-1] = Edit(edits[-1].start, at + 1, edits[-1].text + latin, "look-alike")
        else:
            edits.append(Edit(at, at + 1, latin, "look-alike"))
    return edits
