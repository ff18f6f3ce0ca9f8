"""Masked words: `f*ck`, `a**hole`, `f***`, `sh#t`."""

from __future__ import annotations

import re

from belowline.normalise.words import load_words

# Signs that hide a letter; an asterisk does nothing else inside a word, the others need more evidence.
_MASKS = re.compile(r"[*#%@$!_?×•]+")
_MASKED = re.compile(r"[A-Za-z]+(?:[*#%@$!_?×•]+[A-Za-z]+)+|[A-Za-z]+\*{2,}")
_LONGEST = 20


def unmask(word: str) -> str | None:
    """Give the offensive word that `word` hides, each masking sign one letter, or None.

    A row of three or more signs may be one letter short or long, and a lone asterisk among many letters may
    be several. Upper case is kept where every visible letter has it.
    """
    if len(word) > _LONGEST or not _MASKED.fullmatch(word):
        return None
    if "*" not in word and len(word) < 4:
        return None
    shape = _MASKS.sub(lambda match: "*" * len(match[0]), word)
    visible = shape.replace("*", "")
    if _is_footnote(shape, visible):
        return None
    words = load_words()
    shapes = dict.fromkeys((shape, shape.replace("***", "****", 1), shape.replace("***", "**", 1)))
    hidden = next((found for candidate in shapes if (found := words.behind_mask(candidate)) is not None), None)
    if shape.count("*") == 1 and len(visible) > 3 and (hidden is None or not words.is_often_disguised(hidden)):
        hidden = words.behind_short_mask(shape) or hidden
    if hidden is None:
        return None
    return hidden.upper() if visible.isupper() and len(visible) > 1 else word[0] + hidden[1:]


def _is_footnote(shape: str, visible: str) -> bool:
    """Say whether the asterisks follow a whole word, or a grade such as `A**`."""
    if not shape.endswith("**"):
        return False
    return load_words().is_everyday(visible) if len(visible) > 1 else visible.isupper() and len(shape) == 3
