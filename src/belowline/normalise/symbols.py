"""Words with digits and signs among their letters: leet and masks, told from prices, models and names."""

from __future__ import annotations

import re

from belowline.normalise import leet
from belowline.normalise.copy import Edit
from belowline.normalise.masked import unmask
from belowline.normalise.words import load_words

_SIGNS = r"0-9@$!|+*#%_€£?×•"

# Only words with a sign in them are looked at. The possessive quantifier keeps a long one from being tried
# at each of its letters.
_TOKEN = re.compile(rf"(?<!\S)[^\s{_SIGNS}]*+[{_SIGNS}]\S*")
_CHUNK = re.compile(rf"[A-Za-z{_SIGNS}]+")
_LETTER = re.compile("[A-Za-z]")

_ADDRESS = re.compile(
    r"://|^www\.|\S@[^\s@]+\.\w|^[\W_]*#\w|"
    r"\w\.(?:com|org|net|edu|gov|info|biz|io|co|uk|de|fr|es|it|nl|eu|us|ca|au|ru|ir|iq|krd|tr|tv|me|ly|be|gg|app|dev|"
    r"news|blog|shop|site|xyz|online|html?|php|pdf)(?:[/?:#]|\W*$)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@\w+")

# Roads, aircraft, paper sizes, ranks: one to three capitals and a number, or a number and an ending.
_MODEL = re.compile(r"[A-Z]{1,3}\d+|\d+(?:st|nd|rd|th|s|k|m|bn|am|pm|km|kg|mph|gb|D|G|K|M)")
_OUTER = "!?_|+#•×%"
_LONGEST = 32


def find(text: str) -> list[Edit]:
    """Find words that read as known ones once signs are letters again, and the offensive ones behind masks."""
    edits: list[Edit] = []
    for token in _TOKEN.finditer(text):
        if not _is_word(token[0]):
            continue
        for chunk in _CHUNK.finditer(text, token.start(), token.end()):
            edits += _resolve(chunk[0], chunk.start())
    return edits


def _is_word(token: str) -> bool:
    """Say whether a token can be a disguised word: not an address, a link or a tag, nor a bare number."""
    return (_LETTER.search(token) is not None or "$" in token) and not _ADDRESS.search(token)


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
    signs = len(written) - letters
    if load_words().is_offensive(word):
        if _HANDLE.fullmatch(written) and not written[1:2].isalpha():
            return False
        return letters > 1 or len(set(written) & set("@$")) > 0
    # A digit at either end counts something ("Channel5", "5miles").
    return len(word) > 4 and letters > signs and not (written[0].isdigit() or written[-1].isdigit())
