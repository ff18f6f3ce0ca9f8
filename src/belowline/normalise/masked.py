"""Masked words: `f*ck`, `a**hole`, `f***`, `sh#t`."""

from __future__ import annotations

import re

from belowline.normalise.words import load_words

# Signs that hide a letter; an asterisk does nothing else inside a word, the others need more evidence.
_MASKS = re.compile(r"[*#%@$!_?×•]+")
_MASKED = re.compile(r"(?P<head>[A-Za-z]+)(?:[*#%@$!_?×•]+[A-Za-z]+)+|[A-Za-z]+\*{2,}")
_LONGEST = 20


def unmask(word: str) -> str | None:
    """Give the offensive word that `word` hides, each masking sign one letter, or None.

    A row of three or more signs may be one letter short or long. Upper case is kept where every visible
    letter has it.
    """
    if len(word) > _LONGEST or not _MASKED.fullmatch(word):
        return None
    if "*" not in word and len(word) < 4:
        return None
    shape = _MASKS.sub(lambda match: "*" * len(match[0]), word)
    visible = shape.replace("*", "")
    if visible.isupper() and len(visible) == 1 and len(shape) == 3:
        # Grades ("A**") are not insults.
        return None
    for candidate in (shape, shape.replace("***", "****", 1), shape.replace("***", "**", 1)):
        found = load_words().behind_mask(candidate)
        if found is not None:
            return found.upper() if visible.isupper() and len(visible) > 1 else word[0] + found[1:]
    return None
