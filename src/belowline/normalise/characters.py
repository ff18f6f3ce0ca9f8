"""Single characters: invisible ones go, styled letters become plain ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from belowline.normalise.copy import Edit, Kind

_JOINERS = re.compile("[\u200c\u200d]+")

# They take up no room or all look like a blank, whatever their category says.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN = frozenset("\u034f\u17b4\u17b5")
_SELECTORS = ("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION SELECTOR")
_LINE_CONTROLS = frozenset("\t\n\v\f\r\x85\u2028\u2029")

# Arabic and other signs that format what follows and are seen.
_SEEN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")

# Scripts in which joiners decide how letters connect: Arabic and its neighbours, the scripts of India and
# South-East Asia, Mongolian, Arabic presentation forms.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc]")

_NAMED_STYLES = re.compile(
    "(LATIN LETTER SMALL CAPITAL|NEGATIVE CIRCLED LATIN CAPITAL LETTER|NEGATIVE SQUARED LATIN CAPITAL LETTER) ([A-Z])"
)

_LETTERS_IN_FRAMES = (
    "CIRCLED",
    "SQUARED",
    "PARENTHESIZED",
    "SUPERSCRIPT",
    "SUBSCRIPT",
    "DIGIT",
    "NUMBER",
)

# Categories of emoji, of their skin tones, and of the two signs (for sexes) that follow a joiner.
_EMOJI = ("So", "Sk", "Sm")


@lru_cache(maxsize=8192)
def _plain(char: str) -> tuple[str, Kind] | None:
    """Give what stands for `char` in the judging copy and why, or None where it stands for itself."""
    category = unicodedata.category(char)
    if char in _BLANK or (category == "Zs" and char != " "):
        return " ", "space"
    if category == "Cs":
        # A lone surrogate can't be encoded, so nothing after this step could take it.
        return "\ufffd", "styled"
    if _is_unseen(char, category):
        return "", "invisible"
    return None if category in ("Cc", "Cf", "Zs") else _unstyled(char, category)


def _is_unseen(char: str, category: str) -> bool:
    if category == "Cc":
        return char not in _LINE_CONTROLS
    if category == "Cf":
        return char not in _SEEN_FORMATS and not _JOINERS.match(char)
    return char in _UNSEEN or unicodedata.name(char, "").startswith(_SELECTORS)


def _unstyled(char: str, category: str) -> tuple[str, Kind] | None:
    name = unicodedata.name(char, "")
    named = _NAMED_STYLES.fullmatch(name)
    if named:
        return (named[2].lower() if "SMALL" in named[1] else named[2]), "styled"
    plain = unicodedata.normalize("NFKC", char)
    # The letters of Korean laughter and the ordinals of Spanish are themselves, not letters in another dress.
    if plain == char or "HANGUL" in name or "ORDINAL" in name:
        return None
    if category in ("So", "No"):
        if not name.startswith(_LETTERS_IN_FRAMES):
            return None
        plain = plain.strip("().")
    if plain.isalnum() or (len(plain) == 1 and plain.isascii() and plain.isprintable()):
        return plain, "styled"
    return None


def find(text: str) -> list[Edit]:
    """Find characters that stand for others or for nothing; a run of invisible ones is one edit."""
    if text.isascii() and text.isprintable():
        return []
    plains = {char: stands_for for char in set(text) if (stands_for := _plain(char)) is not None}
    if not plains:
        return []
    edits: list[Edit] = []
    for at, char in enumerate(text):
        if char in plains:
            plain, kind = plains[char]
            if not plain and edits and edits[-1].end == at and not edits[-1].text:
                edits[-1] = Edit(edits[-1].start, at + 1, "", kind)
            else:
                edits.append(Edit(at, at + 1, plain, kind))
    return edits


def find_joiners(text: str) -> list[Edit]:
    """Find joiners that join nothing: neither letters that need them nor the parts of an emoji."""
    edits: list[Edit] = []
    for match in _JOINERS.finditer(text):
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        keep = 1 if _joins(before, after) else 0
        if match.end() - match.start() > keep:
            edits.append(Edit(match.start() + keep, match.end(), "", "invisible"))
    return edits


def _joins(before: str, after: str) -> bool:
    if not before or not after:
        return False
    if _JOINING.match(before) and _JOINING.match(after):
        return True
    return unicodedata.category(before) in _EMOJI and unicodedata.category(after) in _EMOJI
