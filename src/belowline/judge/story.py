"""What a comment is written under, read once: one article, or several that tell the same story."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np

from belowline.intake.article import clean_article
from belowline.judge.encoder import Encoder, Floats, Reading
from belowline.normalise.fold import fold
from belowline.types import Article

# Short paragraphs are read together: one sentence alone says little of what a story is about.
_PASSAGE_WORDS = 60
# The rest of a very long article adds time and no subject.
_MOST_PASSAGES = 64


@dataclass(frozen=True, slots=True)
class Story:
    """An article's subject as the encoder sees it.

    `passages`: unit embeddings, one a row; `titles` likewise. `tokens`: every vocabulary id that stands in it.
    """

    passages: Floats
    titles: Floats
    tokens: frozenset[int]


def read_story(articles: Sequence[Article], encoder: Encoder) -> Story:
    """Clean and read articles that tell one story. Raises ArticleError."""
    titles: list[Reading] = []
    passages: list[Reading] = []
    for article in articles:
        prepared = clean_article(article)
        if prepared.title:
            titles.append(encoder.read(fold(prepared.title).text))
        passages += [encoder.read(fold(p).text) for p in islice(_joined(prepared.passages), _MOST_PASSAGES)]
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
    """Keeps the stories read last, so that an article is read once however many comments it has."""

    def __init__(self, encoder: Encoder, size: int = 256) -> None:
        self._encoder = encoder
        self._size = size
        self._stories: OrderedDict[bytes, Story] = OrderedDict()
        self._lock = Lock()

    def get(self, articles: Sequence[Article]) -> Story:
        """Give the story of these articles, read now or before. Raises ArticleError."""
        name = hashlib.sha256()
        for article in articles:
            name.update(repr((article.title, article.text)).encode("utf-8", "replace"))
        key = name.digest()
        with self._lock:
            if key in self._stories:
                self._stories.move_to_end(key)
                return self._stories[key]
        story = read_story(articles, self._encoder)
        with self._lock:
            self._stories[key] = story
            if len(self._stories) > self._size:
                self._stories.popitem(last=False)
        return story
