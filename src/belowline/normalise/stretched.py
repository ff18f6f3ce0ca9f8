"""Stretched words: `stuuuupid`, `soooo`."""

from __future__ import annotations

import re
from itertools import product

from belowline.normalise.copy import Edit
from belowline.normalise.words import load_words

_STRETCH = re.compile(r"([A-Za-z])\1{2,}", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w@#])[A-Za-z]+(?![\w@])")

# Stretched vowels; capitals without any are names, offices and numbers.
_VOWELS = re.compile(r"([AEOU])\1\1")

# Of the words of two letters, those that people draw out.
_SHORT = frozenset("so no oh ah me we he go hi yo my by ha ok um uh be do ow aw ew eh ya us".split())  # noqa: SIM905

# A word with more stretches than this is no word; each doubles the spellings to try.
_MOST_STRETCHES = 5


def shorten(word: str) -> str | None:
    """Give the known word that `word` is a stretched form of, the foremost if there are several."""
    parts: list[tuple[str, ...]] = []
    done = stretches = 0
    for match in _STRETCH.finditer(word):
        stretches += 1
        parts += [(word[done : match.start()],), (match[0][0], match[0][:2])]
        done = match.end()
    if not 0 < stretches <= _MOST_STRETCHES:
        return None
    parts.append((word[done:],))
    return min((spelling for choice in product(*parts) if _fits(spelling := "".join(choice))), key=_order, default=None)


def _fits(spelling: str) -> bool:
    return spelling.lower() in _SHORT if len(spelling) < 3 else load_words().known(spelling)


def _order(spelling: str) -> tuple[bool, int, int]:
    """Put offensive words first, then everyday ones, the longer before the shorter (`good` before `god`)."""
    words = load_words()
    everyday = words.is_everyday(spelling)
    return not words.is_offensive(spelling), -len(spelling) if everyday else 0, words.place(spelling)


def find(text: str) -> list[Edit]:
    """Find words with a letter three or more times in a row that are known ones when it is written less often."""
    if not _STRETCH.search(text):
        return []
    return [
        Edit(match.start(), match.end(), word, "stretched")
        for match in _WORD.finditer(text)
        if not _is_whole(match[0]) and (word := shorten(match[0])) is not None
    ]


def _is_whole(word: str) -> bool:
    """Say whether a word is as it should be: a known one, or a short name in capitals (`USSS`, `WWIII`)."""
    return load_words().known(word) or (word.isupper() and len(word) < 6 and not _VOWELS.search(word))
