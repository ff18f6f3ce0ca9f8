"""The rules of the house are read, laid over each other and fingerprinted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.errors import GuidelineError
from belowline.guidelines import LABELS, check_folder, load_guidelines
from belowline.guidelines.load import DEFAULT_ORDER, fingerprint
from belowline.types import Guideline, TermList

HOUSE = """
title = "No spoilers"
text = "Please do not give away the end."
action = "hold"

[bands]
approve_below = 0.3
reject_from = 0.9

[[terms]]
words = ["the murderer is", "dies in the end"]
score = 0.95
language = "en"

[[terms]]
words = ["der mörder ist*"]
score = 0.95
quoted_score = 0.2
language = "de"

[examples]
article = "A review of a crime novel."
breaks = ["The murderer is the gardener.", { text = "Yes, he dies in the end.", parent = "Does he live?" }]
keeps = ["I cried in the end."]
"""


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def test_the_eleven_defaults_stand_in_their_order() -> None:
    house = load_guidelines()
    assert tuple(rule.id for rule in house.rules) == DEFAULT_ORDER
    assert dict(house.by_id) == {rule.id: rule for rule in house.rules}
    assert [rule.id for rule in house.rules if rule.heading == "Abuse"] == list(DEFAULT_ORDER[4:9])
    assert [rule.id for rule in house.rules if rule.action == "hold"] == ["relevance"]
    assert [rule.id for rule in house.rules if rule.links] == ["promotion"]
    assert [rule.id for rule in house.rules if rule.repeats] == ["promotion"]
    assert [rule.id for rule in house.rules if rule.relevance] == ["relevance"]


@pytest.mark.parametrize("rule", load_guidelines().rules, ids=lambda rule: rule.id)
def test_every_default_has_its_text_and_enough_examples_of_its_own(rule: Guideline) -> None:
    assert len(rule.text.split()) >= 20
    assert len(rule.breaks) >= 12
    assert len(rule.keeps) >= 12
    texts = [example.text for example in rule.breaks + rule.keeps + rule.missed]
    assert len(set(texts)) == len(texts)
    if rule.relevance:
        assert all(len(example.article.split()) > 80 for example in rule.breaks + rule.keeps)


def test_no_example_stands_under_two_guidelines() -> None:
    texts = [example.text for rule in load_guidelines().rules for example in rule.breaks + rule.keeps]
    assert len(set(texts)) == len(texts)


def test_a_house_guideline_of_terms_and_examples_alone(tmp_path: Path) -> None:
    rule = load_guidelines(write(tmp_path, spoilers=HOUSE)).by_id["spoilers"]
    assert rule.labels == ()
    assert [(list_.language, list_.quoted_score) for list_ in rule.terms] == [("en", 0.475), ("de", 0.2)]
    assert rule.breaks[1].parent == "Does he live?"
    assert {example.article for example in rule.breaks + rule.keeps} == {"A review of a crime novel."}
    checked = check_folder(tmp_path)
    assert (checked.replaced, checked.added, checked.switched_off) == ((), ("spoilers",), ())


def test_a_file_of_a_default_changes_only_the_keys_it_gives(tmp_path: Path) -> None:
    before = load_guidelines().by_id["profanity"]
    after = load_guidelines(write(tmp_path, profanity="[bands]\napprove_below = 0.05\n")).by_id["profanity"]
    assert (after.approve_below, after.reject_from) == (0.05, before.reject_from)
    assert (after.title, after.labels, after.terms, after.breaks) == (
        before.title,
        before.labels,
        before.terms,
        before.breaks,
    )
    assert check_folder(tmp_path).replaced == ("profanity",)


def test_examples_and_terms_are_replaced_whole_and_more_terms_come_on_top(tmp_path: Path) -> None:
    before = load_guidelines().by_id["profanity"]
    write(
        tmp_path,
        profanity='[[more_terms]]\nwords = ["flipping heck"]\nscore = 0.5\n[examples]\nbreaks = ["Flipping heck!"]\n',
        sexism='[[terms]]\nwords = ["doll"]\nscore = 0.5\n',
    )
    after = load_guidelines(tmp_path)
    assert after.by_id["profanity"].terms[:-1] == before.terms
    assert after.by_id["profanity"].terms[-1].words == ("flipping heck",)
    assert [example.text for example in after.by_id["profanity"].breaks] == ["Flipping heck!"]
    assert after.by_id["profanity"].keeps == ()
    assert [list_.words for list_ in after.by_id["sexism"].terms] == [("doll",)]


def test_one_line_switches_a_default_off(tmp_path: Path) -> None:
    house = load_guidelines(write(tmp_path, relevance="enabled = false\n"))
    assert "relevance" not in house.by_id
    assert len(house.rules) == len(DEFAULT_ORDER) - 1
    assert check_folder(tmp_path).switched_off == ("relevance",)


def test_a_word_list_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("# towns\nSomewhere\n\n  Nowhere  \n", encoding="utf-8")
    write(tmp_path, profanity='[[terms]]\nwords = ["here"]\nfile = "words.txt"\nscore = 0.5\n')
    assert load_guidelines(tmp_path).by_id["profanity"].terms[0].words == ("here", "Somewhere", "Nowhere")


def test_the_fingerprint_follows_what_can_change_a_verdict_and_nothing_else(tmp_path: Path) -> None:
    plain = load_guidelines().fingerprint
    assert len(plain) == 16
    assert plain == load_guidelines().fingerprint
    write(tmp_path, profanity='# a note\ntitle = "Mind your language"\n[examples]\nbreaks = ["Darn"]\n')
    assert load_guidelines(tmp_path).fingerprint == plain
    seen = {plain}
    for content in (
        'action = "hold"',
        "[bands]\nreject_from = 0.81",
        '[reads]\nlabels = ["profanity", "insult"]',
        "[reads]\nrepeats = true",
        '[[more_terms]]\nwords = ["darn"]\nscore = 0.5',
        '[[more_terms]]\nwords = ["darn"]\nscore = 0.6',
        '[[more_terms]]\nwords = ["darn"]\nscore = 0.6\nlanguage = "en"',
        "enabled = false",
    ):
        seen.add(load_guidelines(write(tmp_path, profanity=content)).fingerprint)
    assert len(seen) == 9


@given(st.permutations(["a", "b", "c d"]))
def test_the_order_of_words_does_not_change_the_fingerprint(words: list[str]) -> None:
    def rule(order: list[str]) -> Guideline:
        return Guideline("x", "X", "x", 0.2, 0.8, terms=(TermList(tuple(order), 0.5, 0.1),))

    assert fingerprint([rule(words)]) == fingerprint([rule(["a", "b", "c d"])])


@pytest.mark.parametrize(
    ("content", "key", "reason"),
    [
        ("title = \n", "", "is not valid TOML: Invalid value (at line 1, column 9)"),
        ('tilte = "x"', "tilte", "is not a known key; did you mean title?"),
        ("[reads]\nlink = true", "reads.link", "is not a known key; did you mean links?"),
        ("title = 3", "title", "must be text that is not empty, not a number"),
        ('title = " "', "title", "must be text that is not empty, not empty text"),
        ('enabled = "no"', "enabled", "must be true or false, not text"),
        ("bands = 0.5", "bands", "must be a table [bands], not a number"),
        ("[bands]\nreject_from = true", "bands.reject_from", "must be a number, not true or false"),
        ("[bands]\nreject_from = 1.5", "bands.reject_from", "must be above 0 and at most 1, not 1.5"),
        ("[bands]\nreject_from = nan", "bands.reject_from", "must be above 0 and at most 1, not nan"),
        (
            "[bands]\napprove_below = 0.9\nreject_from = 0.8",
            "bands.approve_below",
            "(0.9) must not be above bands.reject_from (0.8)",
        ),
        ('id = "profane"', "id", "is profane, but the file's name says profanity"),
        ('action = "delete"', "action", "must be reject or hold, not delete"),
        (
            '[reads]\nlabels = ["insults"]',
            "reads.labels[0]",
            "names insults, which the model does not know; did you mean",
        ),
        ('[reads]\nlabels = "insult"', "reads.labels", "must be a list of texts, not text"),
        ("[reads]\nlabels = [1]", "reads.labels[0]", "must be text that is not empty, not a number"),
        ("[terms]\nscore = 1", "terms", "must be tables headed [[terms]]"),
        ("[[terms]]\nwords = []\nscore = 0.5", "terms[0].words", "has no words"),
        ('[[terms]]\nwords = ["..."]\nscore = 0.5', "terms[0].words", "holds '...', which has neither letter"),
        ('[[terms]]\nwords = ["a*b"]\nscore = 0.5', "terms[0].words", "holds 'a*b', but a * may only stand at the end"),
        ('[[terms]]\nwords = ["a"]', "terms[0].score", "is missing"),
        ('[[terms]]\nwords = ["a"]\nscore = 2', "terms[0].score", "must lie between 0 and 1, not 2.0"),
        (
            '[[terms]]\nwords = ["a"]\nscore = 0.3\nquoted_score = 0.4',
            "terms[0].quoted_score",
            "must lie between 0 and the score (0.3), not 0.4",
        ),
        (
            '[[terms]]\nwords = ["a"]\nscore = 0.3\nlanguage = "English"',
            "terms[0].language",
            "must be a language code such as en, not 'English'",
        ),
        ('[[terms]]\nfile = "none.txt"\nscore = 0.3', "terms[0].file", "names none.txt, which can't be read"),
        ('[[terms]]\nfile = "../none.txt"\nscore = 0.3', "terms[0].file", "must name a file in the same folder"),
        ("[examples]\nbreaks = [3]", "examples.breaks[0]", "must be text that is not empty, not a number"),
        ('[examples]\nkeeps = [{ parent = "x" }]', "examples.keeps[0]", "has no text"),
        ('[examples]\nkeeps = [{ text = "x", url = "y" }]', "examples.keeps[0].url", "is not a known key"),
    ],
)
def test_a_mistake_is_named_once_with_file_key_and_reason(tmp_path: Path, content: str, key: str, reason: str) -> None:
    mistakes = check_folder(write(tmp_path, profanity=content)).mistakes
    assert len(mistakes) == 1, mistakes
    assert mistakes[0].code == "guideline_invalid"
    where = f"{tmp_path / 'profanity.toml'}: {key} " if key else f"{tmp_path / 'profanity.toml'} "
    assert mistakes[0].message.startswith(where + reason)
    assert mistakes[0].message[-1] in ".?"
    with pytest.raises(GuidelineError, match=r"profanity\.toml"):
        load_guidelines(tmp_path)


def test_all_mistakes_are_gathered(tmp_path: Path) -> None:
    write(tmp_path, profanity='tilte = "x"\naction = "maybe"\n', spoilers="title = 1\n", Bad="")
    messages = [mistake.message for mistake in check_folder(tmp_path).mistakes]
    assert any("Bad.toml must be named in small letters" in message for message in messages)
    named = {message.split(": ", 1)[1].split()[0] for message in messages if ": " in message}
    assert named == {"tilte", "action", "title", "text", "bands.approve_below", "bands.reject_from", "reads"}
    with pytest.raises(GuidelineError, match=r"And 7 more"):
        load_guidelines(tmp_path)


def test_folders_that_are_none(tmp_path: Path) -> None:
    for folder, reason in (
        (tmp_path / "gone", "does not exist"),
        (tmp_path, r"holds no guideline file \(NAME.toml\)"),
        (Path(__file__), "is not a folder"),
    ):
        with pytest.raises(GuidelineError, match=reason):
            load_guidelines(folder)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "profanity.toml").write_bytes('title = "Flüche"'.encode("latin-1"))
    with pytest.raises(GuidelineError, match=r"profanity.toml is not UTF-8 text \(byte 11\)"):
        load_guidelines(tmp_path)


def test_nothing_may_be_left_unjudged(tmp_path: Path) -> None:
    write(tmp_path, **dict.fromkeys(DEFAULT_ORDER, "enabled = false\n"))
    with pytest.raises(GuidelineError, match="switches every guideline off"):
        load_guidelines(tmp_path)


def test_switching_off_what_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(GuidelineError, match=r"profanty.toml: enabled switches off a guideline that is not there"):
        load_guidelines(write(tmp_path, profanty="enabled = false\n"))


def test_labels_are_those_of_the_model_at_hand() -> None:
    mistakes = check_folder(labels=tuple(label for label in LABELS if label != "threat")).mistakes
    assert len(mistakes) == 1
    assert "threats.toml: reads.labels[0] names threat, which the model does not know" in mistakes[0].message
