"""What a comment is written under, read once: one article, or several that tell the same story."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np

from belowline.intake.article import PreparedArticle, clean_article
from belowline.judge.encoder import Encoder, Floats, Reading
from belowline.normalise.fold import fold
from belowline.types import Article

# Short paragraphs are read together: one sentence alone says little of what a story is about.
_PASSAGE_WORDS = 60
# The rest of a very long article adds time and no subject; nor does the rest of a title that is a whole page.
_MOST_PASSAGES = 64
_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Story:
    """An article's subject as the encoder sees it.

    `passages`: unit embeddings, one a row; `titles` likewise. `tokens`: every vocabulary id that stands in it.
    """

    passages: Floats
    titles: Floats
    tokens: frozenset[int]


class Coverage:
    """The articles that tell one story: cleaned at once, read by the encoder when a check first asks.

    Raises ArticleError. Safe to use from several threads.
    """

    def __init__(self, articles: Sequence[Article], encoder: Encoder) -> None:
        self._prepared = [clean_article(article) for article in articles]
        self._encoder = encoder
        self._story: Story | None = None
        self._lock = Lock()

    def story(self) -> Story:
        """Give what the encoder makes of the articles, read now or before."""
        with self._lock:
            if self._story is None:
                self._story = _read(self._prepared, self._encoder)
                self._prepared = []
            return self._story


def read_story(articles: Sequence[Article], encoder: Encoder) -> Story:
    """Clean and read articles that tell one story. Raises ArticleError."""
    return Coverage(articles, encoder).story()


def _read(articles: Sequence[PreparedArticle], encoder: Encoder) -> Story:
    titles: list[Reading] = []
    passages: list[Reading] = []
    for article in articles:
        if article.title:
            titles.append(encoder.read(fold(article.title[:_LONGEST_TITLE]).text))
        passages += [encoder.read(fold(p).text) for p in islice(_joined(article.passages), _MOST_PASSAGES)]
    passages = passages or titles
    return Story(
        passages=np.stack([p.vector for p in passages]),
        titles=np.stack([t.vector for t in titles or passages[:1]]),
        tokens=frozenset(token for reading in (*titles, *passages) for token in reading.tokens),
    )


def _joined(passages: Sequence[str]) -> list[str]:
    """Join neighbours until each has enough words to have a subject."""
    joined: list[str] = []
    short = False
    for passage in passages:
        if short:
            joined[-1] += " " + passage
        else:
            joined.append(passage)
        short = len(joined[-1].split()) < _PASSAGE_WORDS
    return joined


class StoryShelf:
    """Keeps the stories asked for last, so that an article is read once however many comments it has."""

    def __init__(self, encoder: Encoder, size: int = 256) -> None:
        self._encoder = encoder
        self._size = size
        self._shelf: OrderedDict[bytes, Coverage] = OrderedDict()
        self._lock = Lock()

    def get(self, articles: Sequence[Article]) -> Coverage:
        """Give the coverage made of these articles, now or before. Raises ArticleError."""
        name = hashlib.sha256()
        for article in articles:
            name.update(repr((article.title, article.text)).encode())
        key = name.digest()
        with self._lock:
            if key in self._shelf:
                self._shelf.move_to_end(key)
                return self._shelf[key]
        coverage = Coverage(articles, self._encoder)
        with self._lock:
            # Another thread may have come first; then both use its.
            coverage = self._shelf.setdefault(key, coverage)
            if len(self._shelf) > self._size:
                self._shelf.popitem(last=False)
        return coverage
