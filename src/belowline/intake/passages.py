"""Paragraphs of an article: those that stand twice, and long ones split into passages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

MOST_WORDS = 120

# Text without spaces (Chinese, Thai) is measured by its letters.
_LETTERS_A_WORD = 8

_SENTENCE_END = re.compile(r"(?<=[.!?…؟۔])[\"”’»)\]]*\s+|(?<=[。！？])")
_WORD = re.compile(r"\w+")

# A paragraph that stands inside another is known by its first words; the shortest that can be.
_KEY_WORDS = 6
_MOST_PLACES = 16


def normal_words(paragraph: str) -> tuple[str, ...]:
    """Give a paragraph's words without case, spacing and punctuation."""
    return tuple(_WORD.findall(paragraph.casefold()))


def find_repeats(paragraphs: Sequence[str]) -> list[int]:
    """Give the places of paragraphs that stand earlier too, or that are a part of another one."""
    words = [normal_words(paragraph) or (paragraph,) for paragraph in paragraphs]
    first: dict[tuple[str, ...], int] = {}
    for at, own in enumerate(words):
        first.setdefault(own, at)
    distinct = sorted(first.values())
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for at in distinct:
        for offset in range(len(words[at]) - _KEY_WORDS + 1):
            found = places[words[at][offset : offset + _KEY_WORDS]]
            if len(found) < _MOST_PLACES:
                found.append((at, offset))
    kept = set(distinct)
    for at in distinct:
        own = words[at]
        if len(own) < _KEY_WORDS:
            continue
        for other, offset in places[own[:_KEY_WORDS]]:
            if other != at and words[other][offset : offset + len(own)] == own:
                kept.discard(at)
                break
    return [at for at in range(len(words)) if at not in kept]


def split_passages(paragraphs: Sequence[str], most_words: int = MOST_WORDS) -> tuple[str, ...]:
    """Split paragraphs of more than `most_words` words at sentence ends, or failing these between words."""
    return tuple(passage for paragraph in paragraphs for passage in _split(paragraph, most_words))


def _split(paragraph: str, most_words: int) -> list[str]:
    if _size(paragraph) <= most_words:
        return [paragraph]
    passages: list[str] = []
    current: list[str] = []
    room = most_words
    for piece in _pieces(paragraph, most_words):
        size = _size(piece)
        if current and size > room:
            passages.append("".join(current).strip())
            current, room = [], most_words
        current.append(piece)
        room -= size
    passages.append("".join(current).strip())
    return [passage for passage in passages if passage]


def _pieces(paragraph: str, most_words: int) -> list[str]:
    """Cut a paragraph into sentences with the space after them; a sentence that is too long is cut as well."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(paragraph)), len(paragraph)]
    pieces: list[str] = []
    for start, end in pairwise(cuts):
        sentence = paragraph[start:end]
        if _size(sentence) <= most_words:
            pieces.append(sentence)
            continue
        for word in re.findall(r"\S+\s*", sentence):
            step = most_words * _LETTERS_A_WORD
            pieces += [word[at : at + step] for at in range(0, len(word), step)]
    return pieces


def _size(text: str) -> int:
    return max(len(text.split()), len(text) // _LETTERS_A_WORD)
