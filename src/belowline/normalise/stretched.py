"""Stretched words: `stuuuupid`, `soooo`."""

from __future__ import annotations

import re
from itertools import product

from belowline.normalise.copy import Edit
from belowline.normalise.words import load_words

_STRETCH = re.compile(r"([A-Za-z])\1{2,}", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w@#])[A-Za-z]+(?![\w@])")

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
    words = load_words()
    found = [spelling for choice in product(*parts) if words.known(spelling := "".join(choice))]
    return min(found, key=words.place, default=None)


def find(text: str) -> list[Edit]:
    """Find words with a letter three or more times in a row that are known ones when it is written less often."""
    if not _STRETCH.search(text):
        return []
    known = load_words().known
    return [
        Edit(match.start(), match.end(), word, "stretched")
        for match in _WORD.finditer(text)
        if not known(match[0]) and (word := shorten(match[0])) is not None
    ]
