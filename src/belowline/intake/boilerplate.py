"""What a page prints around and between the paragraphs of an article, told by its wording."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

# A longer paragraph is told in full sentences and belongs to the article.
_LONGEST = 600
_MOST_WORDS = 60


@lru_cache(maxsize=1)
def _wording() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    """Read the wording of each reason, and what an agency's credit at the end of a caption looks like."""
    table = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text("utf-8"))
    parts = table["parts"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        return re.compile(pattern, re.IGNORECASE)

    reasons = tuple((reason, compiled(pattern)) for reason, group in table["reasons"].items() for pattern in group)
    return reasons, compiled(r"[\s/|(–—,-]*{agencies}\)?$")


def name_boilerplate(paragraph: str) -> str | None:
    """Give the kind of boilerplate that a paragraph is, a key of `boilerplate.toml`, or None where it is none."""
    if len(paragraph) > _LONGEST or len(paragraph.split()) > _MOST_WORDS:
        return None
    reasons, _ = _wording()
    return next((reason for reason, pattern in reasons if pattern.search(paragraph)), None)


def drop_credit(caption: str) -> str:
    """Give a caption without the agency at its end, to know its twin that has none."""
    _, credit = _wording()
    return credit.sub("", caption)
