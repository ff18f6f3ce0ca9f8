from __future__ import annotations

import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belowline.errors import ArticleError
from belowline.intake.article import clean_article, read_article
from belowline.types import Article

FIRST = "The harbour board voted on Tuesday to close the old ferry pier for two years of repairs."
SECOND = "“Nobody asked the islanders,” said Mette Dahl, who runs the only shop on Lille Holm."
THIRD = "The board expects the work to cost 40 million; the ministry pays half of it."

BOILERPLATE = [
    ("World", "label"),
    ("News / Europe", "label"),
    ("Sign up for our weekly newsletter", "newsletter"),
    ("Get the day's top stories delivered to your inbox every morning.", "newsletter"),
    ("Follow us on Facebook and Twitter", "newsletter"),
    ("Share", "share"),
    ("Facebook Twitter WhatsApp Email", "share"),
    ("Share this article on Telegram", "share"),
    ("Read more: Islanders fear for their only link", "read more"),
    ("Related articles", "read more"),
    ("Lesen Sie auch: Fähre fällt aus", "read more"),
    ("اقرأ أيضا: إغلاق الميناء", "read more"),
    ("Advertisement", "advertising"),
    ("Story continues below", "advertising"),
    ("This website uses cookies to improve your visit. Accept all cookies", "cookie notice"),
    ("© 2024 Harbour Post. All rights reserved.", "copyright"),
    ("By Anna Holm", "byline"),
    ("By Anna Holm and Per Krog, political correspondents", "byline"),
    ("With Post wires", "byline"),
    ("Reporting by Anna Holm; editing by Per Krog", "byline"),
    ("Published 3 March 2024, 10:15", "date"),
    ("March 3, 2024", "date"),
    ("5 min read", "date"),
    ("The ferry at the old pier in January. Photo: Anna Holm / AFP", "caption"),
    ("Minister Lars Bruun at the harbour (Reuters)", "caption"),
    ("Minister Lars BruunAP", "caption"),
    ("FILE - A ferry leaves the old pier in this January 2020 photo", "caption"),
    ("https://harbour.example/pier", "share"),
    ("Updated at 8:25 a.m. ET Monday", "date"),
    ("* * *", "label"),
    ("Comments (12)", "comment section"),
    ("Be the first to comment", "comment section"),
]

STORY = [
    "Comments by the minister angered the islanders, and the board was asked to explain them.",
    "By Tuesday evening the ferry had stopped.",
    "Share prices fell.",
    "Related claims were rejected by the court on appeal, which saw no reason to reopen the case.",
    "The photo: nobody could say where it had been taken, when, or by whom; experts doubted the date and the place.",
    "He posted a comment.",
    "“We use whatever cookies we find in the tin,” he joked.",
    "The plan was first reported by Reuters.",
    "Sports clubs on the island will lose half of their members.",
    "Why it matters",
    "2016: 3/4",
    "In this book the photo of the pier is the only one.",
]


@pytest.mark.parametrize(("paragraph", "reason"), BOILERPLATE)
def test_boilerplate_is_left_out_with_its_reason(paragraph: str, reason: str) -> None:
    prepared = clean_article(Article(text=f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{paragraph}"))
    assert prepared.passages == (FIRST, SECOND, THIRD)
    assert [(d.text, d.reason) for d in prepared.dropped] == [(paragraph, reason)]


@pytest.mark.parametrize("paragraph", STORY)
def test_sentences_of_the_story_stay(paragraph: str) -> None:
    assert clean_article(Article(text=f"{FIRST}\n\n{paragraph}")).passages == (FIRST, paragraph)


def test_a_caption_without_credit_goes_with_its_twin() -> None:
    text = f"{FIRST}\n\nMinister Lars Bruun\nMinister Lars BruunAP\n\n{SECOND}"
    assert clean_article(Article(text=text)).passages == (FIRST, SECOND)


def test_lines_are_paragraphs_where_there_are_no_blank_lines() -> None:
    assert clean_article(Article(text=f"{FIRST}\n{SECOND}\r\n{THIRD}")).passages == (FIRST, SECOND, THIRD)


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "\n".join(textwrap.wrap(f"{FIRST} {SECOND}", 70))
    assert clean_article(Article(text=f"{wrapped}\n\n{THIRD}")).passages == (f"{FIRST} {SECOND}", THIRD)


def test_paragraphs_that_stand_twice_stay_once() -> None:
    again = FIRST.upper().replace(" ", "\u00a0")
    prepared = clean_article(Article(text="\n".join([FIRST, SECOND, again, THIRD, SECOND])))
    assert prepared.passages == (FIRST, SECOND, THIRD)
    assert [(d.text, d.reason) for d in prepared.dropped] == [(FIRST.upper(), "repeated"), (SECOND, "repeated")]


def test_a_paragraph_inside_another_is_left_out() -> None:
    whole = f"{FIRST} {SECOND} {THIRD}"
    assert clean_article(Article(text=f"{SECOND}\n\n{whole}")).passages == (whole,)


def test_the_title_is_not_repeated_among_the_passages() -> None:
    prepared = clean_article(Article(text=f"Ferry pier closes\n\n{FIRST}", title="Ferry pier closes "))
    assert prepared.title == "Ferry pier closes"
    assert prepared.passages == (FIRST,)
    assert prepared.dropped[0].reason == "title"


def test_the_page_below_the_comments_heading_is_left_out() -> None:
    text = "\n".join([FIRST, SECOND, THIRD, FIRST[:40], "Comments", "Nice story, thanks for writing about us"])
    prepared = clean_article(Article(text=text))
    assert prepared.dropped[-1].reason == "comment section"
    assert prepared.passages[:3] == (FIRST, SECOND, THIRD)


def test_a_heading_called_comments_early_on_drops_only_itself() -> None:
    prepared = clean_article(Article(text="\n".join([FIRST, "Comments", SECOND, THIRD])))
    assert prepared.passages == (FIRST, SECOND, THIRD)


def test_long_paragraphs_are_split_at_sentence_ends() -> None:
    sentences = [f"Sentence number {n} says a little more about the pier." for n in range(40)]
    passages = clean_article(Article(text=" ".join(sentences))).passages
    assert " ".join(passages) == " ".join(sentences)
    assert len(passages) > 1
    assert all(len(passage.split()) <= 120 and passage.endswith(".") for passage in passages)


def test_a_sentence_without_end_is_split_between_words() -> None:
    passages = clean_article(Article(text="pier " * 500)).passages
    assert all(len(passage.split()) <= 120 for passage in passages)
    assert sum(len(passage.split()) for passage in passages) == 500


def test_text_without_spaces_is_split_too() -> None:
    passages = clean_article(Article(text="港" * 5_000)).passages
    assert "".join(passages) == "港" * 5_000
    assert len(passages) > 4


def test_an_article_of_nothing_but_labels_is_kept() -> None:
    assert clean_article(Article(text="World\n\nPolitics")).passages == ("World", "Politics")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "article_empty"),
        (" \n\u200b\ufeff", "article_empty"),
        ("%PDF-1.7\n1 0 obj", "article_not_text"),
        ("\x00\x01\x02PNG\x1a" * 5, "article_not_text"),
        ("\ufffd" * 10 + "text", "article_not_text"),
        ("\ud800\ud801 x", "article_not_text"),
        ("a" * 1_000_001, "article_too_long"),
    ],
)
def test_what_is_no_article_is_refused(text: str, code: str) -> None:
    with pytest.raises(ArticleError) as refused:
        clean_article(Article(text=text))
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@settings(max_examples=200, deadline=None)
@given(
    text=st.one_of(
        st.text(st.characters(codec=None, exclude_categories=())),
        st.lists(
            st.sampled_from([FIRST, SECOND, "Comments", "World", "\n", "\n\n", "\r", " ", "%PDF", "AP", "x" * 900])
        ).map("".join),
    ),
    title=st.text(),
)
def test_any_article_is_prepared_or_refused_by_name(text: str, title: str) -> None:
    try:
        prepared = clean_article(Article(text=text, title=title))
    except ArticleError as error:
        assert error.code in {"article_empty", "article_not_text", "article_too_long"}
    else:
        assert prepared.passages or prepared.title
        assert all(passage.strip() == passage and passage for passage in prepared.passages)


@pytest.mark.parametrize("unit", ["a ", "a\n", "word pier. ", "a b c d e f g\n", "Comments\n", "x", "\n", "Share "])
def test_cost_grows_with_length(unit: str) -> None:
    costs = []
    for length in (50_000, 200_000):
        start = time.thread_time()
        clean_article(Article(text="x\n" + (unit * length)[:length]))
        costs.append(time.thread_time() - start)
    assert costs[1] < 10 * costs[0] + 0.05


def test_a_file_is_read_with_its_headline(tmp_path: Path) -> None:
    file = tmp_path / "pier.txt"
    file.write_text(f"\ufeffWorld\r\n\r\nFerry pier closes\r\n\r\n{FIRST}\r\n\r\n{SECOND}", "utf-8")
    assert read_article(file) == Article(text=f"{FIRST}\n\n{SECOND}", title="Ferry pier closes", id="pier")


def test_a_file_without_headline_has_no_title(tmp_path: Path) -> None:
    file = tmp_path / "pier.txt"
    file.write_text(f"{FIRST}\n{SECOND}", "utf-8")
    assert read_article(str(file)) == Article(text=f"{FIRST}\n{SECOND}", id="pier")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "article_empty"),
        (b"%PDF-1.4\xff\xfe", "article_not_text"),
        (b"caf\xe9 au lait", "article_not_text"),
        (b"\x89PNG\r\n\x1a\n\x00", "article_not_text"),
        (b"a" * 1_000_001, "article_too_long"),
        ("é".encode() * 3_000_000, "article_too_long"),
    ],
)
def test_a_file_that_is_no_article_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    with pytest.raises(ArticleError) as refused:
        read_article(file)
    assert refused.value.code == code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.txt", tmp_path, "nul\x00"):
        with pytest.raises(ArticleError, match="can't be read") as refused:
            read_article(missing)
        assert refused.value.code == "article_missing"
