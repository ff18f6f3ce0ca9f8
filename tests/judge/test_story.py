"""Articles read once, however many comments they have, and a shelf that does not grow for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from tiny_model import VOCABULARY

from belowline.errors import ArticleError
from belowline.intake.article import PreparedArticle, clean_article
from belowline.judge.checks import Judge
from belowline.judge.encoder import Encoder, Reading
from belowline.judge.story import Coverage, StoryShelf, read_story
from belowline.types import Article, Comment

FERRY = Article("The ferry to the island will not run in winter. The boat will stop at the harbour.", "Ferry to stop")
BUDGET = Article("The minister said that the tax will not be in the budget. The vote is out.", "Tax vote")


class CountingEncoder(Encoder):
    """Keeps every text it was given to read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.texts: list[str] = []

    def read(self, text: str) -> Reading:
        self.texts.append(text)
        return super().read(text)


@pytest.fixture
def counting(tiny: Path) -> CountingEncoder:
    return CountingEncoder(tiny)


def test_a_story_has_passages_titles_and_tokens(encoder: Encoder) -> None:
    story = read_story([FERRY], encoder)
    assert story.passages.shape == (1, encoder.background.vectors.shape[1])
    assert story.titles.shape == (1, encoder.background.vectors.shape[1])
    assert {VOCABULARY.index(word) for word in ("ferry", "island", "stop")} <= story.tokens
    assert VOCABULARY.index("budget") not in story.tokens


def test_several_articles_are_one_story(encoder: Encoder) -> None:
    both = read_story([FERRY, BUDGET], encoder)
    each = [read_story([article], encoder) for article in (FERRY, BUDGET)]
    assert (both.passages == np.concatenate([story.passages for story in each])).all()
    assert (both.titles == np.concatenate([story.titles for story in each])).all()
    assert both.tokens == each[0].tokens | each[1].tokens


def test_short_paragraphs_are_read_together_and_long_ones_alone(counting: CountingEncoder) -> None:
    long = "The ferry to the island will not run in winter, said the council. " * 6
    read_story([Article(f"{long}\n\nShame.\n\nShame again.\n\nAnd so they said.")], counting)
    assert counting.texts == [long.strip(), "Shame. Shame again. And so they said."]


def test_a_story_without_title_takes_its_first_passage_for_one(encoder: Encoder) -> None:
    story = read_story([Article(FERRY.text)], encoder)
    assert (story.titles == story.passages[:1]).all()


def test_an_article_of_which_only_the_title_is_left(encoder: Encoder) -> None:
    story = read_story([Article("Ferry to stop", "Ferry to stop")], encoder)
    assert story.passages.shape == story.titles.shape


def test_a_very_long_article_and_title_cost_no_more_than_enough(counting: CountingEncoder) -> None:
    sentence = "The ferry to the island will not run in winter, said the council on its day {}. "
    paragraphs = "\n\n".join((sentence * 6).format(*range(at, at + 6)) for at in range(400))
    read_story([Article(paragraphs, "The ferry stops again " * 5000)], counting)
    assert len(counting.texts) == 65
    assert max(map(len, counting.texts)) < 1500


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "%PDF-1.7 obj"])
def test_what_is_no_article_is_refused_before_anything_is_read(counting: CountingEncoder, text: str) -> None:
    with pytest.raises(ArticleError):
        StoryShelf(counting).get([FERRY, Article(text)])
    assert counting.texts == []


def test_nothing_is_read_until_it_is_asked_for(counting: CountingEncoder) -> None:
    coverage = StoryShelf(counting).get([FERRY])
    assert counting.texts == []
    assert coverage.story() is coverage.story()
    assert len(counting.texts) == 2


def test_the_shelf_knows_articles_by_what_they_say(counting: CountingEncoder) -> None:
    shelf = StoryShelf(counting)
    first = shelf.get([FERRY])
    assert shelf.get([Article(FERRY.text, FERRY.title, id="other")]) is first
    assert shelf.get([Article(FERRY.text)]) is not first
    assert shelf.get([Article(FERRY.text + " So it is.", FERRY.title)]) is not first
    assert shelf.get([FERRY, BUDGET]) is not shelf.get([BUDGET, FERRY])


def test_the_shelf_forgets_the_story_not_asked_for_longest(encoder: Encoder) -> None:
    shelf = StoryShelf(encoder, size=2)
    ferry, budget = shelf.get([FERRY]), shelf.get([BUDGET])
    assert shelf.get([FERRY]) is ferry
    shelf.get([FERRY, BUDGET])
    assert shelf.get([FERRY]) is ferry
    assert shelf.get([BUDGET]) is not budget


def test_the_shelf_never_holds_more_than_its_size(encoder: Encoder) -> None:
    shelf = StoryShelf(encoder, size=3)
    for at in range(30):
        shelf.get([Article(f"The ferry number {at}")])
    assert len(shelf._shelf) == 3


def test_threads_that_come_at_once_read_an_article_once(counting: CountingEncoder) -> None:
    shelf = StoryShelf(counting)
    with ThreadPoolExecutor(8) as pool:
        stories = list(pool.map(lambda _: shelf.get([FERRY]).story(), range(64)))
    assert all(story is stories[0] for story in stories)
    assert len(counting.texts) == 2


def test_threads_that_both_come_first_use_the_same_coverage(
    counting: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Barrier(2, timeout=60)

    def clean_together(article: Article) -> PreparedArticle:
        meeting.wait()
        return clean_article(article)

    monkeypatch.setattr("belowline.judge.story.clean_article", clean_together)
    shelf = StoryShelf(counting)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: shelf.get([FERRY]), range(2))
    assert one is other


def test_a_reading_that_failed_is_tried_again(counting: CountingEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    coverage = Coverage([FERRY], counting)
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_run", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            coverage.story()
    assert coverage.story().passages.shape == (1, 4)


def test_many_comments_read_their_article_once(counting: CountingEncoder, tiny: Path) -> None:
    judge = Judge(model=tiny)
    judge._shelf = StoryShelf(counting)
    comments = [Comment(f"The ferry is {word}") for word in ("old", "new", "out")]
    assert len(list(judge.judge_many((comment, FERRY) for comment in comments))) == 3
    assert len(counting.texts) == 2
