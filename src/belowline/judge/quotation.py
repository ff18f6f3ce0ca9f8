"""Tells a word that is used from one that is quoted, reported or objected to."""

from __future__ import annotations

import re
from bisect import bisect_right

# A mark that is never closed must not cost a walk to the end for each one, hence the limit.
_LONGEST = 600
_PAIRS = (
    ('"', '"'),
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
)
_MARKS = re.compile(
    "|".join(
        [rf"{re.escape(a)}[^{re.escape(a)}{re.escape(b)}]{{1,{_LONGEST}}}{re.escape(b)}" for a, b in _PAIRS]
        # A straight single quote is an apostrophe unless it stands outside a word at both ends.
        + [rf"(?<!\w)'(?=\w)[^'\n]{{1,{_LONGEST}}}(?:(?<=\w)'(?=\w)[^'\n]{{1,{_LONGEST}}}){{0,4}}'(?!\w)"]
        + [r"^>[^\n]*$"]
    ),
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")
_FEWEST_WORDS_OUTSIDE = 3

_PERSON = (
    r"(?:me|him|her|us|them|people|someone|somebody|anyone|anybody|each other|(?:my|his|her|our|their|the|a|an) \w+)"
)
_BEFORE = re.compile(
    r"\b(?:"
    r"(?:words?|terms?|slurs?|insults?|phrase|expression|name)(?: like| such as| is| was)?"
    rf"|(?:call|calls|called|calling) {_PERSON}"
    r"|(?:was|were|been|being|got|get|getting|be|am|are) called"
    r"|(?:shouted|shouting|yelled|yelling|screamed|screaming|chanted|chanting|scrawled|sprayed|hissed)"
    r"|(?:told|tells|telling) (?:me|him|her|us|them|people|someone|somebody)(?: to)?"
    r"|(?:can't|cannot|can not|don't|do not|shouldn't|should not|mustn't|must not|stop|never)"
    r" (?:use|using|write|writing)"
    r")[\s,:]{1,3}(?!you\b|your\b)(?:(?!you\b|your\b|u\b)[\w'-]+\s){0,2}[\s'\"“„«‘]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^['\"”“»’]?,? (?:"
    r"(?:is|was|are|isn't) (?:not |never |just |still )?(?:a |an |such a )?(?:\w+ )?"
    r"(?:slur|insult|word|term|acceptable|okay|ok|offensive|unacceptable|language|hate speech)\b"
    r"|as an? (?:insult|slur|swear word)\b"
    r")",
    re.IGNORECASE,
)
_REACH = 60


class Quotations:
    """Where one text speaks in somebody else's words.

    Marks around the whole text are no quotation: the writer says it, with quotation marks.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        stretches = [match.span() for match in _MARKS.finditer(text)]
        inside = sum(len(_WORD.findall(text, start, end)) for start, end in stretches)
        if len(_WORD.findall(text)) - inside < _FEWEST_WORDS_OUTSIDE:
            stretches = []
        self._starts = [start for start, _ in stretches]
        self._ends = [end for _, end in stretches]

    def cover(self, start: int, end: int) -> bool:
        """Say whether a stretch is quoted, reported or objected to rather than said."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self._ends[index]:
            return True
        before = self._text[max(0, start - _REACH) : start]
        after = self._text[end : end + _REACH]
        return bool(_BEFORE.search(before) or _AFTER.match(after))
