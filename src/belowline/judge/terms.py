"""Word lists: whole words and phrases of the guidelines, found in the judging copy."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from belowline.judge.quotation import Quotations
from belowline.judge.subject import Looked, Subject
from belowline.types import Finding, Guidelines, Span, TermList

# Written without spaces between words, so that a word's edge can't be seen.
_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"})
# "I" is not the capital of "i" there, and the wrong one turns "SIK" (often) into an obscenity.
_DOTTED = frozenset({"tr", "az"})
_UNKNOWN = frozenset({"", "und"})
_JOINTS = {ord(mark): " " for mark in "-‐‑‒–—_\t\n\r\f\v\u00a0\u2009\u202f\u200c"} | {ord("’"): "'", ord("ʼ"): "'"}
_GAP = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class _Term:
    guideline: str
    list_: TermList
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    guideline: str
    start: int
    end: int
    score: float


class _Words:
    """All words of one casing, searched for at once."""

    def __init__(self, terms: Iterable[tuple[str, _Term]], dotted: bool) -> None:
        by_pattern: dict[str, list[_Term]] = defaultdict(list)
        for word, term in terms:
            by_pattern[_searchable(unicodedata.normalize("NFC", word), dotted)].append(term)
        self._dotted = dotted
        self._terms = list(by_pattern.values())
        self._automaton = AhoCorasick(list(by_pattern)) if by_pattern else None

    def find(self, text: str, language: str) -> Iterable[tuple[_Term, int, int]]:
        """Give each whole word or phrase that stands in the text, with its start and end there."""
        if self._automaton is None:
            return
        hay, starts = _squeeze(_searchable(text, self._dotted))
        for index, start, end in self._automaton.find_matches_as_indexes(hay, overlapping=True):
            terms = [term for term in self._terms[index] if _speaks(term.list_.language, language)]
            if not terms or (start > 0 and _continues(hay[start - 1], hay[start])):
                continue
            closed = end == len(hay) or not _continues(hay[end], hay[end - 1])
            for term in terms:
                if closed or term.open_end:
                    last = end if closed else _end_of_word(hay, end)
                    yield term, _place(starts, start), _place(starts, last - 1) + 1


class TermsCheck:
    """Finds the words and phrases that guidelines list, told apart by whether they are used or quoted.

    A list with a language counts only in comments of that language or of an undetermined one.
    """

    name = "terms"

    def __init__(self, guidelines: Guidelines) -> None:
        plain: list[tuple[str, _Term]] = []
        dotted: list[tuple[str, _Term]] = []
        for rule in guidelines.rules:
            for list_ in rule.terms:
                words = dotted if list_.language in _DOTTED else plain
                for word in list_.words:
                    words.append((word.removesuffix("*"), _Term(rule.id, list_, word.endswith("*"))))
        self._plain = _Words(plain, dotted=False)
        self._dotted = _Words(dotted, dotted=True)
        self._order = [rule.id for rule in guidelines.rules]
        self.covers = frozenset(rule.id for rule in guidelines.rules if rule.terms)

    def run(self, subject: Subject) -> Looked:
        """Give one finding for each guideline and score, with a span for every word found."""
        folded = subject.folded
        code = subject.language.code.partition("-")[0]
        found = [*self._plain.find(folded.text, code)]
        if code in _DOTTED | _UNKNOWN:
            found += self._dotted.find(folded.text, code)
        if not found:
            return Looked()
        quotations = Quotations(folded.text)
        hits = [
            _Hit(
                guideline=term.guideline,
                start=start,
                end=end,
                score=term.list_.quoted_score if quotations.cover(start, end) else term.list_.score,
            )
            for term, start, end in found
        ]
        spans: dict[tuple[str, float], list[Span]] = defaultdict(list)
        for hit in _outermost(hits):
            spans[hit.guideline, hit.score].append(folded.span(hit.start, hit.end))
        ordered = sorted(spans, key=lambda key: (self._order.index(key[0]), -key[1]))
        return Looked(
            tuple(Finding(guideline, self.name, score, tuple(spans[guideline, score])) for guideline, score in ordered)
        )


def _outermost(hits: Iterable[_Hit]) -> list[_Hit]:
    """Drop hits that lie inside another of the same guideline; so a harmless phrase shields the word in it."""
    kept: list[_Hit] = []
    furthest: dict[str, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, -hit.score)):
        if hit.end > furthest.get(hit.guideline, -1):
            furthest[hit.guideline] = hit.end
            kept.append(hit)
    return [hit for hit in kept if hit.score > 0]


def _speaks(wanted: str, language: str) -> bool:
    return not wanted or wanted == language or language in _UNKNOWN


def _searchable(text: str, dotted: bool) -> str:
    """Lower a text and turn joints between words into spaces, character for character."""
    if dotted:
        text = text.replace("I", "ı").replace("İ", "i")
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(character.lower()[0] for character in text)
    return lowered.translate(_JOINTS)


def _squeeze(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Make every gap one space wide; the list says from which place on how many characters are gone."""
    if "  " not in text:
        return text, []
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []
    done = length = 0
    for gap in _GAP.finditer(text):
        pieces.append(text[done : gap.start() + 1])
        length += gap.start() + 1 - done
        done = gap.end()
        shifts.append((length, done - length))
    pieces.append(text[done:])
    return "".join(pieces), shifts


def _place(shifts: list[tuple[int, int]], at: int) -> int:
    """Turn a place in the squeezed text into one in the text before."""
    low, high = 0, len(shifts)
    while low < high:
        middle = (low + high) // 2
        if shifts[middle][0] <= at:
            low = middle + 1
        else:
            high = middle
    return at + shifts[low - 1][1] if low else at


def _end_of_word(text: str, at: int) -> int:
    while at < len(text) and _continues(text[at], text[at - 1]):
        at += 1
    return at


@lru_cache(maxsize=4096)
def _continues(character: str, neighbour: str) -> bool:
    """Say whether a character goes on with the word of its neighbour: a mark, a digit, a letter of the same script."""
    if not _in_word(neighbour) or not _in_word(character):
        return False
    if "L" in (unicodedata.category(character)[0], unicodedata.category(neighbour)[0]):
        script, other = _script(character), _script(neighbour)
        return script not in _UNSPACED and (not script or not other or script == other)
    return True


def _in_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def _script(letter: str) -> str:
    """Name the script of a letter by the first word of its Unicode name; empty for marks and digits."""
    return unicodedata.name(letter, "").partition(" ")[0] if unicodedata.category(letter)[0] == "L" else ""
