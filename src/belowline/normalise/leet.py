"""Digits and signs read as the letters they resemble."""

from __future__ import annotations

import re
from itertools import product

from belowline.normalise.stretched import shorten
from belowline.normalise.words import load_words

_READINGS = {
    "0": "o",
    "1": "il",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "gb",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "il",
    "+": "t",
    "€": "e",
    "£": "l",
}

# What stands around a word; "!" and "|" inside one are letters.
PUNCTUATION = ".,;:!?\"'()[]{}<>…“”‘’«»*_-–—"
_JOINTS = re.compile("(['’\\-/.,:;&]+)")

# Each further sign with two readings doubles the words to try.
_MOST_DOUBTS = 5
_PLAINEST = str.maketrans({sign: letters[0] for sign, letters in _READINGS.items()})


def plainest(letters: str) -> str:
    """Give `letters` in lower case with every sign read as the one letter it stands for most often."""
    return letters.lower().translate(_PLAINEST)


def read(letters: str) -> str | None:
    """Give the known word that `letters` spell when signs are read as letters, the foremost if several.

    The case follows the letters around: upper where all of them are, else lower.
    """
    doubts = sum(len(_READINGS.get(char, char)) > 1 for char in letters)
    if doubts > _MOST_DOUBTS:
        return None
    upper = letters.isupper() and sum(map(str.isalpha, letters)) > 1
    choices = [_cased(_READINGS.get(char, char), upper) for char in letters]
    words = load_words()
    found = [word for choice in product(*choices) if (word := _whole("".join(choice))) is not None]
    return min(found, key=words.place, default=None)


def _cased(letters: str, upper: bool) -> str:
    return letters.upper() if upper else letters


def _whole(word: str) -> str | None:
    if not word.isalpha():
        return None
    return word if load_words().known(word) else shorten(word)


def read_phrase(written: str, *, guess: bool = False) -> str | None:
    """Read words joined by apostrophes, hyphens and the like: `d0n'7`; None where one of them is not known.

    A `guess` reads unknown words too, if they have letters, but no numbers of three digits and more.
    """
    parts = _JOINTS.split(written)
    read_parts = [parts[0] if not parts[0] else _part(parts[0], guess)]
    for joint, part in zip(parts[1::2], parts[2::2], strict=True):
        apostrophe = joint in ("'", "’")
        read_parts += [joint, plainest(part) if apostrophe or not part else _part(part, guess)]
    return None if None in read_parts else "".join(filter(None, read_parts))


def _part(part: str, guess: bool) -> str | None:
    if part.isalpha():
        return part
    word = read(part)
    if part.isdigit():
        return word if word is not None and len(part) < 3 and load_words().is_everyday(word) else None
    if word is not None or not guess or part.startswith("@"):
        return word
    return _cased(plainest(part), part.isupper()) if any(map(str.isalpha, part)) else None
