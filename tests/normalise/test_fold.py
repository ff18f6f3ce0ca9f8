from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belowline.normalise.fold import fold

DISGUISED = [
    ("stuuuupid", "stupid"),
    ("soooo good", "so good"),
    ("sh1t!", "shit!"),
    ("SH1T", "SHIT"),
    ("@$$", "ass"),
    ("5tup1d", "stupid"),
    ("fuuuck1ng", "fucking"),
    ("f*ck and F**K", "fuck and FUCK"),
    ("sh!t", "shit"),
    ("b*tch", "bitch"),
    ("an a**hole.", "an asshole."),
    ("f@ck", "fuck"),
    ("f_ck", "fuck"),
    ("“f***”", "“fuck”"),
    ("i d i o t", "idiot"),
    ("f.u.c.k", "fuck"),
    ("i-d-i-o-t", "idiot"),
    ("I f u c k y o u", "I fuck y o u"),
    ("T E L L I N G", "TELLING"),
    ("1 d 1 0 t", "idiot"),
    ("fu-ck, stu.pid", "fuck, stupid"),
    ("an іdіоt", "an idiot"),
    ("such ѕех talk", "such sex talk"),
    ("ｆｕｃｋ", "fuck"),
    ("𝓲𝓭𝓲𝓸𝓽", "idiot"),
    ("ⓘⓓⓘⓞⓣ 🅘🅳", "idiot ID"),
    ("ɪᴅɪᴏᴛ", "idiot"),
    ("i\u200bd\u00adi\u2060o\ufefft", "idiot"),
    ("\u202eidiot\u202c", "idiot"),
    ("z͒a̿l\u0336g\u0489o", "zalg\u0489o"),
    ("&amp;amp;lt;b&gt; &#117;&#x70;", "<b> up"),
    ("ﬁne", "fine"),
    ("a\u00a0b", "a b"),
    ("7h3y d0n'7 h@v3 7h3 b@ll$ f0r 17, d0 7h3y", "they don't have the balls for it, do they"),
    ("Haters_gonna_hate_you.", "Haters gonna hate you."),
    ("а lіе, іt'ѕ а lіе", "a lie, it's a lie"),
    ("neo-Nazi, stu-pid", "neo-Nazi, stupid"),
    ("goooood, coooool, tooooo, nooooo", "good, cool, too, no"),
    ("f*ing liar", "fucking liar"),
    ("bullsh** and a jacka**", "bullshit and a jackass"),
    ("lone \ud800", "lone \ufffd"),
    ("nul\x00l", "null"),
]

UNCHANGED = [
    "F16 and A320, the A55, M4A1, MP3, x86, H1N1, 5G, 4x4, B2B, R&B, AT&T, M&Ms, G20",
    "$500, £5bn, 10,000, 20%, $1.2m, the 2nd and 1st of 1984, 80s, 7pm, 100k, 3D",
    "COVID19 A$AP C3PO 2Pac Blink182 Windows10 Channel5 5miles Formula1 Route66",
    "me@sh1t.com https://sh1t.example/f*ck www.a55.com sh1t.com/a @sh1t #sh1t @a_b_c",
    "The $146 and $748 deals, so** had** note***, WWIII, XVIII, USSS, PPP, DCCC, 10,000$",
    "my_var and file_name_here.txt, the_end, jerk-off, T-shirt, neo-Nazi, half-wits",
    "In 2017 the G20 met 3 times, 15 of 20 said no to 5G, 50% of 90 agreed at 11:15",
    "4 5 5 and 7 1 7 5, call 8-0-0-8 5, $ 4 5 5 1",
    "U.S.A. and e.g. i.e. a b c d e; A. B. C.; 1 2 3 4; x - y - z; N. Y.",
    "Scunthorpe, Penistone, the cock-up, x-ray, so-so, A** at school, *really* good*",
    "I'm sure they don't; it's a well-known co-operative, isn't it? Yes/no!",
    "if (a*b) x**2 = y_1",
    "Die Straße ist überfüllt, sagte der Müller.",
    "L'été dernier, le garçon a mangé une crème brûlée à Noël. 1º, 2ª",
    "Bırakın artık, İstanbul'da çığ düştü; ışık söndü.",
    "Xelkê Kurdistanê dixwaze ku aştî û azadî hebe.",
    "Người Việt Nam nói tiếng Việt rất hay",
    "Это не статья, а позор. Где факты? Сосо хор рот",
    "Купил iPhone в COMP-магазине, а он не работает",
    "Αυτό το άρθρο είναι ντροπή, όχι δημοσιογραφία.",
    "هذا المقالُ ممتازٌ جدًّا، شُكْرًا لَكُم ـ FBI",
    "این مقاله را می‌خواهم دوباره بخوانم، کتاب‌ها خوب‌اند",
    "ئەم هەواڵە زۆر گرنگە، دەستتان خۆش بێت",
    "यह लेख बहुत अच्छा है क्\u200dष",
    "这篇文章很好 ㅋㅋㅋ 良い記事 한국어",
    "👨\u200d👩\u200d👧 🏴 👍🏽 🤷\u200d♀",
    "Wow… ½ a “fair” share – of Apple™ — that's it",
]

anything = st.text(alphabet=st.characters(codec=None, exclude_categories=()))
PIECES = "&;fuckshit10$@!*.-_ #AS5/іоѕскмИﬁａ𝓲م ی👨\u200b\u200c\u200d\u0301\u0336\u0307\ufe0f\u202e\u3164"
spiteful = st.lists(
    st.sampled_from([*PIECES, "amp;", "#38;", "#35;", "ooo", "sss", "fuck"]),
    max_size=24,
).map("".join)


@pytest.mark.parametrize(("written", "meant"), DISGUISED)
def test_disguises_are_undone(written: str, meant: str) -> None:
    assert fold(written).text == meant


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_is_no_disguise_stays(text: str) -> None:
    folded = fold(text)
    assert folded.text == text
    assert folded.changes == ()


def test_the_map_leads_back_to_what_was_written() -> None:
    original = "You stuuuupid i d i o t, f*ck 𝓽𝓱𝓲𝓼"
    folded = fold(original)
    assert folded.text == "You stupid idiot, fuck this"
    for word, written in [("stupid", "stuuuupid"), ("idiot", "i d i o t"), ("fuck", "f*ck"), ("this", "𝓽𝓱𝓲𝓼")]:
        start = folded.text.index(word)
        span = folded.span(start, start + len(word))
        assert original[span.start : span.end] == written


def test_letters_that_kept_their_place_have_their_own_spans() -> None:
    folded = fold("a sh1t")
    span = folded.span(4, 5)
    assert (span.start, span.end) == (4, 5)


def test_changes_name_the_disguise_and_its_place() -> None:
    folded = fold("sh1t, f*ck and s t u p i d")
    assert [(change.kind, change.span.start, change.span.end) for change in folded.changes] == [
        ("leet", 0, 4),
        ("masked", 6, 10),
        ("spaced", 15, 26),
    ]


@pytest.mark.parametrize("text", ["", "\u200b", "\u200b\u200b", "\x00", "\u0336"])
def test_a_copy_may_be_empty(text: str) -> None:
    folded = fold(text)
    assert folded.text == ""
    assert folded.span(0, 0).start in range(len(text) + 1)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(anything, spiteful))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(anything, spiteful), data=st.data())
def test_spans_lie_inside_the_original(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert (span.start < span.end) == (start < end)
    for change in folded.changes:
        assert 0 <= change.span.start < change.span.end <= len(text)


HEAVY = ["a", "a\u0301", "\u0301", "&amp;", "&", "&&#35;38;", "f.", "f*", "1", "i ", "\u200d", "@$", "soooo ", "sh1t ",
         "ѕех ", "ab-", "\ud800", "\x00", "𝓲", "f u c k ", "!*", "a1", "a1 ", "&#38;", "ооо", "aооо ", "x.",
         "#", "x-", "*a", "ab", "a_b*c ", "@a.", "a\u200d", "🄰", "a.com", "A-", "aaab"]  # fmt: skip


def _cost(text: str) -> float:
    """Give the processor seconds of this thread for one fold, the best of three."""
    times = []
    for _ in range(3):
        start = time.thread_time()
        fold(text)
        times.append(time.thread_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", HEAVY)
def test_cost_grows_with_length(unit: str) -> None:
    short, long = (_cost((unit * n)[:n]) for n in (5_000, 20_000))
    assert long < 9 * short + 0.01


def test_a_million_marks_are_folded() -> None:
    assert fold("a" + "\u0301" * 1_000_000).text == "a"
