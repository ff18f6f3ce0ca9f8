"""Words with digits and signs among their letters: leet and masks, told from prices, models and names."""

from __future__ import annotations

import re

from belowline.normalise import leet
from belowline.normalise.addresses import is_address
from belowline.normalise.copy import Edit
from belowline.normalise.masked import unmask
from belowline.normalise.words import load_words

_SIGNS = r"0-9@$!|+*#%_€£?×•"

# Only words with a sign in them are looked at. The possessive quantifier keeps a long one from being tried
# at each of its letters.
_TOKEN = re.compile(rf"(?<!\S)[^\s{_SIGNS}]*+[{_SIGNS}]\S*")
_CHUNK = re.compile(rf"[A-Za-z{_SIGNS}]+")
_LETTER = re.compile("[A-Za-z]")

_HANDLE = re.compile(r"@\w+")

# Roads, aircraft, paper sizes, ranks: one to three capitals and a number, or a number and an ending.
_MODEL = re.compile(r"[A-Z]{1,3}\d+|\d+(?:st|nd|rd|th|s|k|m|bn|am|pm|km|kg|mph|gb|D|G|K|M)")
_OUTER = "!?_|+#•×%"
_LONGEST = 32

# For a text to be in leet throughout, so many different words have to read as everyday ones; they have to be
# half of the words with signs and a fifth of all.
_LEET_WORDS = 3
_LEET_SHARE = 0.2


def find(text: str) -> list[Edit]:
    """Find words that read as known ones once signs are letters again, and the offensive ones behind masks."""
    tokens = [token for token in _TOKEN.finditer(text) if not is_address(token[0])]
    if not tokens:
        return []
    if len(tokens) >= _LEET_WORDS and _is_all_leet([token[0] for token in tokens], _LEET_SHARE * len(text.split())):
        return [edit for token in tokens for edit in _read_along(token[0], token.start())]
    return [
        edit
        for token in tokens
        for chunk in _CHUNK.finditer(text, token.start(), token.end())
        for edit in _resolve(chunk[0], chunk.start())
    ]


def _is_all_leet(tokens: list[str], least: float) -> bool:
    """Say whether a text with these words is written in leet throughout: `7h3y d0n'7 h@v3 17`."""
    cores = [core for token in tokens if (core := token.strip(leet.PUNCTUATION)) and not core.isalpha()]
    read = [core for core in cores if _reads_everyday(core)]
    return len(set(read)) >= _LEET_WORDS and len(read) >= max(least, len(cores) / 2)


def _reads_everyday(core: str) -> bool:
    if not _LETTER.search(core) or _MODEL.fullmatch(core) or "-" in core:
        return False
    word = leet.read_phrase(core)
    return word is not None and load_words().is_everyday(word.replace("’", "").replace("'", ""))


def _read_along(token: str, start: int) -> list[Edit]:
    """Read one word of a text that is in leet throughout."""
    core = token.strip(leet.PUNCTUATION)
    word = leet.read_phrase(core, guess=True) if core else None
    if word is None or word == core:
        return []
    at = start + token.find(core)
    return [Edit(at, at + len(core), word, "leet")]


def _resolve(chunk: str, start: int) -> list[Edit]:
    core = chunk.strip(_OUTER)
    start += chunk.find(core)
    if len(core) < 3 or core.isalpha() or core.isdigit() or len(core) > _LONGEST:
        return []
    for candidate, at in _cores(core, start):
        if _MODEL.fullmatch(candidate):
            continue
        word, hidden = leet.read(candidate), unmask(candidate)
        if word is not None and not _is_leet(candidate, word):
            word = None
        # "@" in "f@ck" may be the letter a or hide any other; the word more often disguised is meant.
        if hidden is not None and (word is None or load_words().place(hidden) < load_words().place(word)):
            return [Edit(at, at + len(candidate), hidden, "masked")]
        if word is not None:
            return [Edit(at, at + len(candidate), word, "leet")]
    return []


def _cores(core: str, start: int) -> list[tuple[str, int]]:
    """Give the word as it stands and without the asterisks of emphasis around it."""
    bare = core.strip("*")
    if len(bare) < 3 or bare == core or bare.isalpha():
        return [(core, start)]
    return [(core, start), (bare, start + core.find(bare))]


def _is_leet(written: str, word: str) -> bool:
    """Say whether `written` is a disguise of `word` rather than a name or number that happens to read like it."""
    letters = sum(map(str.isalpha, written))
    digits = sum(map(str.isdigit, written))
    if load_words().is_offensive(word):
        if _HANDLE.fullmatch(written) and not written[1:2].isalpha():
            return False
        # Without letters it may be a price.
        return letters > 1 or (letters + digits < 2 and not set(written).isdisjoint("@$"))
    # A digit at either end counts something ("Channel5", "5miles").
    return len(word) > 4 and 2 * letters > len(written) and not (written[0].isdigit() or written[-1].isdigit())
