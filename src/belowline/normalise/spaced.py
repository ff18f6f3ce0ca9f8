"""Letters set apart: `i d i o t`, `f.u.c.k`, `i-d-i-o-t`, `stu.pid`."""

from __future__ import annotations

import re

from belowline.normalise.addresses import is_address
from belowline.normalise.copy import Edit
from belowline.normalise.leet import plainest, read
from belowline.normalise.words import load_words

# Three or more single characters with the same separator between each two.
_SINGLES = re.compile(
    r"(?<![^\W_])[A-Za-z0-9@$!](?P<gap>[ .\-_*/·•]{1,3})[A-Za-z0-9@$!](?:(?P=gap)[A-Za-z0-9@$!])+(?![^\W_])"
)
_BROKEN = re.compile(r"(?<![\w.\-@/])([A-Za-z]{1,10})[.\-_·•]([A-Za-z]{1,10})(?![\w.\-@/])")
_UNDERSCORED = re.compile(r"(?<!\S)[^\s_@#/\\]+_\S*[^\s_]")
_NOT_LETTERS = re.compile(r"[\W_]+")

_LONGEST = 24


def find(text: str) -> list[Edit]:
    """Find runs of single letters that, put together, make a known word."""
    return [edit for match in _SINGLES.finditer(text) for edit in _join(match)]


def _join(match: re.Match[str]) -> list[Edit]:
    words = load_words()
    gap = match["gap"]
    letters = match[0][:: len(gap) + 1]
    whole = read(letters) if len(letters) <= _LONGEST and _has_letters(letters) else None
    if whole and (words.is_offensive(whole) or (len(whole) > 3 and gap.isspace())):
        return [Edit(match.start(), match.end(), whole, "spaced")]
    return _inside(match, letters, len(gap) + 1)


def _has_letters(written: str) -> bool:
    """Say whether it is a word at all: "4 5 5" counts something."""
    return sum(map(str.isalpha, written)) > 1


def _inside(match: re.Match[str], letters: str, step: int) -> list[Edit]:
    """Find the offensive words of four letters and more inside a longer run, the longest at each place."""
    edits: list[Edit] = []
    plain = plainest(letters)
    starts = load_words().offensive_starts
    at = 0
    while at < len(plain) - 3:
        longest = next((word for word in starts.get(plain[at : at + 4], ()) if plain.startswith(word, at)), "")
        written = letters[at : at + len(longest)]
        if longest and _has_letters(written):
            start = match.start() + at * step
            word = longest.upper() if written.isupper() else longest
            edits.append(Edit(start, start + (len(longest) - 1) * step + 1, word, "spaced"))
        at += max(len(longest), 1)
    return edits


def find_broken(text: str) -> list[Edit]:
    """Find offensive words that a dot or a dash breaks in two; `cock-up` and other pairs of words are left."""
    words = load_words()
    edits: list[Edit] = []
    for match in _BROKEN.finditer(text):
        joined = match[1] + match[2]
        if len(joined) > 3 and words.is_offensive(joined) and not _are_words(match[1], match[2]):
            edits.append(Edit(match.start(), match.end(), joined, "spaced"))
    return edits


def _are_words(first: str, second: str) -> bool:
    """Say whether both halves are words themselves; of two letters there are many that nobody uses."""
    words = load_words()
    if min(len(first), len(second)) > 2:
        return words.known(first) and words.known(second)
    return words.is_everyday(first) and words.is_everyday(second)


def find_underscored(text: str) -> list[Edit]:
    """Find underscores that stand where a sentence has its spaces."""
    if "_" not in text:
        return []
    known = load_words().known
    edits: list[Edit] = []
    for match in _UNDERSCORED.finditer(text):
        parts = [part for part in _NOT_LETTERS.split(match[0]) if part]
        if 2 * sum(map(known, parts)) > len(parts) > 2 and not is_address(match[0]):
            gaps = re.finditer("_+", match[0])
            edits += [Edit(match.start() + gap.start(), match.start() + gap.end(), " ", "spaced") for gap in gaps]
    return edits
