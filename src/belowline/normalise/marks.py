"""Combining marks: accents are kept and joined to their letter, stacks and strokes through letters go."""

from __future__ import annotations

import re
import unicodedata

from belowline.normalise.copy import Edit

# Marks for any script; those of Arabic, Hebrew, India and others have blocks of their own and are left alone.
_STACK = re.compile("[\u0300-\u033f\u0340-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")

# Accents that some orthography writes: grave to tilde, macron to dot above, diaeresis to double acute, caron,
# horn, dots and lines below, cedilla, ogonek; Greek breathings and iota; the titlo-less Cyrillic ones are among them.
_ACCENTS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f\u0311\u0313\u0314\u031b"
    "\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331\u0342\u0345"
)

# Vietnamese and polytonic Greek need two, and three with an iota below; a taller stack is a game.
_MOST_ACCENTS = 3


def find(text: str) -> list[Edit]:
    """Find letters whose marks are to be composed, thinned or dropped; one edit per letter."""
    if text.isascii():
        return []
    edits: list[Edit] = []
    for match in _STACK.finditer(text):
        start = max(match.start() - 1, 0)
        base = text[start : match.start()]
        accents = "".join(mark for mark in match[0][: _MOST_ACCENTS + 1] if mark in _ACCENTS)
        if len(match[0]) > _MOST_ACCENTS or not base.isalpha():
            accents = ""
        composed = unicodedata.normalize("NFC", base + accents)
        if base in ("i", "j") and composed.endswith("\u0307"):
            # The lower case of a Turkish capital keeps a second dot that nobody sees.
            composed = composed[:-1]
        if composed != text[start : match.end()]:
            edits.append(Edit(start, match.end(), composed, "marks") if base else Edit(0, match.end(), "", "marks"))
    return edits
