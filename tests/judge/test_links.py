"""Links and contact details: sources stay free, shops and invitations do not."""

from __future__ import annotations

import socket
from time import perf_counter
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.guidelines import load_guidelines
from belowline.judge.contacts import find_contacts
from belowline.judge.encoder import Encoder
from belowline.judge.links import LinksCheck
from belowline.judge.subject import Subject
from belowline.normalise.fold import fold
from belowline.normalise.language import Language
from belowline.types import Finding, Guideline, Guidelines

CHECK = LinksCheck(load_guidelines())


def subject(text: str) -> Subject:
    # The links check never asks the encoder anything.
    return Subject(fold(text), Language("en", 1.0), cast(Encoder, None))


def look(text: str, check: LinksCheck = CHECK) -> tuple[Finding, ...]:
    return check.run(subject(text)).findings


def score(text: str) -> float:
    return max((finding.score for finding in look(text)), default=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "See https://www.ons.gov.uk/economy/inflation?utm_source=twitter for the figures.",
        "It stands in en.wikipedia.org/wiki/Offside_(association_football), read it.",
        "www.bbc.co.uk/news/uk-1 reported it, and nytimes.com too.",
        "The paper is at https://doi.org/10.1038/s41586-020-2649-2",
        "The university says so: https://www.cs.ox.ac.uk/report.pdf",
        "sante.gouv.fr and www.bmi.gv.at and www.met.police.uk",
        "https://news.harvard.edu/story, sign up for the lecture there",
    ],
)
def test_a_source_is_no_promotion(text: str) -> None:
    assert look(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I said.it is enough. We won.So what?",
        "e.g. the U.S.A. and 3.5 million, i.e. a lot...",
        "From 2019-2020 it was 1,250,000 and 10 000 000 000 in 1914-1918.",
        "On 12.05.2024 18:30 and 2024-11-21 it rained, 192.168.0.1 answered.",
        "ISBN 978-3-16-148410-0, pages 123-456",
        "It cost $4200000000 or 0800 lives",
        "@Anna: I agree. @Tom no.",
        "Follow the money, @Peter, it was in the paper",
        "He lost 3-1 6-4 7-6 after 1500 2000 2500 metres",
    ],
)
def test_what_only_looks_like_a_contact_is_none(text: str) -> None:
    assert look(text) == ()


@pytest.mark.parametrize(
    ("text", "note", "least", "most"),
    [
        ("Read smallvillage-times.com/story", "link to an unknown site", 0.1, 0.19),
        ("My own blog has more: smallvillage-times.com/story", "link to an unknown site", 0.5, 0.79),
        ("Sign up at fastcoin.example.com, use code WIN for 20% off", "link to an unknown site", 0.8, 0.97),
        ("quickgadgets.shop has them", "link to a shop", 0.5, 0.79),
        ("https://www.amazon.de/dp/B000 get it", "link to a shop", 0.5, 0.79),
        ("Order now at shop.gadget.com/cart", "link to a shop", 0.8, 0.97),
        ("https://somesite.org/a?x=1&ref=peter", "link with an affiliate mark", 0.5, 0.79),
        ("bit.ly/2abc", "shortened link", 0.5, 0.79),
        ("Join us at t.me/valleynews", "link to a messenger", 0.8, 0.97),
        ("https://chat.whatsapp.com/AbCdEf", "link to a messenger", 0.6, 0.97),
        ("youtube.com/@hillside", "link to a channel or profile", 0.5, 0.79),
        ("Subscribe to my channel youtube.com/@hillside", "link to a channel or profile", 0.8, 0.97),
        ("https://www.youtube.com/watch?v=abc shows the goal", "link to a video or post", 0.1, 0.19),
        ("https://youtu.be/abc shows the goal", "link to a video or post", 0.1, 0.19),
        ("gofundme.com/f/roof", "link to a campaign or donation page", 0.6, 0.97),
        ("sign the petition change.org/p/roof", "link to a campaign or donation page", 0.8, 0.97),
        ("editor@smallvillage-times.com", "mail address", 0.1, 0.19),
        ("Passive income, free consultation: joe@winmail.example.com", "mail address", 0.8, 0.97),
        ("Call 0171 234 5678", "telephone number", 0.2, 0.5),
        ("+49 171 2345678", "telephone number", 0.2, 0.5),
        ("(202) 555-0178 free quote", "telephone number", 0.8, 0.97),
        ("202-555-0178", "telephone number", 0.2, 0.5),
        ("WhatsApp: 07700 900123, results guaranteed", "telephone number", 0.8, 0.97),
        ("DM me @coinqueen", "handle", 0.6, 0.97),
        ("find her on telegram @coinqueen", "handle", 0.6, 0.97),
        ("send to 0x52908400098527886E0F7030069857D2E4169EE7", "wallet address", 0.5, 0.79),
        ("giveaway bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh", "wallet address", 0.8, 0.97),
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "wallet address", 0.5, 0.79),
    ],
)
def test_contacts_are_scored_by_what_they_are(text: str, note: str, least: float, most: float) -> None:
    findings = look(text)
    assert [(finding.guideline, finding.check, finding.note) for finding in findings] == [("promotion", "links", note)]
    assert least <= findings[0].score <= most


def test_spans_lie_on_the_contact_and_the_inviting_words() -> None:
    text = "😀 Great piece! Subscribe to my channel: youtube.com/@hillside, thanks"
    (finding,) = look(text)
    assert [text[span.start : span.end] for span in finding.spans] == [
        "Subscribe",
        "my channel",
        "youtube.com/@hillside",
    ]


def test_inviting_words_far_away_do_not_count() -> None:
    assert score("Sign up, free trial! " + "word " * 60 + "smallvillage-times.com") == 0.15


def test_the_publishers_own_pages_are_no_promotion() -> None:
    text = "Subscribe: www.valleypost.com/abo or news.valleypost.com, write to desk@valleypost.com"
    assert look(text) != ()
    assert look(text, LinksCheck(load_guidelines(), own_hosts=["www.valleypost.com"])) == ()
    assert look("evilvalleypost.com", LinksCheck(load_guidelines(), own_hosts=["valleypost.com"])) != ()


def test_only_guidelines_that_ask_for_links_get_them() -> None:
    rules = (Guideline("a", "A", "a", 0.2, 0.8), Guideline("b", "B", "b", 0.2, 0.8, links=True))
    check = LinksCheck(Guidelines(rules, "", {rule.id: rule for rule in rules}))
    assert check.covers == {"b"}
    assert [finding.guideline for finding in look("bit.ly/x", check)] == ["b"]


def test_a_link_longer_than_a_token_is_found_once() -> None:
    assert len(find_contacts("https://example.com/" + "a.com/" * 300)) == 1


def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert look("never-seen-before.example.co.uk/x") != ()


@given(st.text(alphabet="ab.@:/+(0159)-? \n£😀\u200b&;=#", max_size=80))
def test_spans_always_lie_inside_the_comment(text: str) -> None:
    for finding in look(text):
        assert all(0 <= span.start < span.end <= len(text) for span in finding.spans)


@pytest.mark.parametrize(
    "unit",
    [
        "a.com/(",
        "http://",
        "a@a.co ",
        "a.co ",
        "www.",
        "1 ",
        "12 34 ",
        "+1(",
        "call 1",
        "@a",
        "dm @abc ",
        "my new my new ",
        "earn $",
        "1aA",
        "bc1",
        "check out my a.co ",
        "?ref=",
        "/",
        "(",
    ],
)
def test_cost_grows_with_length_and_no_faster(unit: str) -> None:
    def cost(length: int) -> float:
        asked = subject((unit * length)[:length])
        times = []
        for _ in range(3):
            start = perf_counter()
            CHECK.run(asked)
            times.append(perf_counter() - start)
        return min(times)

    # Four times the text; sixteen times the cost would be quadratic.
    assert cost(20_000) < 9 * cost(5_000) + 0.01
