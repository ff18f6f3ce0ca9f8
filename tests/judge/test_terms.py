"""Word lists: whole words, phrases, other scripts and languages, use told from quotation."""

from __future__ import annotations

from time import perf_counter
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.guidelines import load_guidelines
from belowline.judge.encoder import Encoder
from belowline.judge.subject import Subject
from belowline.judge.terms import TermsCheck
from belowline.normalise.fold import fold
from belowline.normalise.language import Language
from belowline.types import Finding, Guideline, Guidelines, TermList

SHIPPED = TermsCheck(load_guidelines())


def house(*lists: TermList) -> TermsCheck:
    rule = Guideline("house", "House", "A rule.", 0.2, 0.8, terms=lists)
    return TermsCheck(Guidelines((rule,), "", {"house": rule}))


def words(*entries: str, score: float = 0.9, quoted: float = 0.1, language: str = "") -> TermList:
    return TermList(entries, score, quoted, language)


def look(check: TermsCheck, text: str, language: str = "en") -> tuple[Finding, ...]:
    # Word lists never ask the encoder anything.
    subject = Subject(fold(text), Language(language, 1.0), cast(Encoder, None))
    return check.run(subject).findings


def found(check: TermsCheck, text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for finding in look(check, text, language) for span in finding.spans]


def scores(check: TermsCheck, text: str, language: str = "en") -> dict[str, float]:
    ascending = sorted(look(check, text, language), key=lambda finding: finding.score)
    return {finding.guideline: finding.score for finding in ascending}


@pytest.mark.parametrize(
    "text",
    [
        "I grew up in Scunthorpe.",
        "The assistant will assess the class assignment.",
        "A cocktail at the Hancock hotel",
        "Mishit shot, then a Matsushita radio",
        "Penistone is a town, and so is Lightwater.",
        "The retardant held the fire for an hour.",
        "Niggardly is an old word for mean.",
        "Raccoons got into the tycoon's tent.",
        "Japan and Pakistan signed on Tuesday.",
        "a homogeneous poofy dress from Spicer",
    ],
)
def test_no_word_is_found_inside_another(text: str) -> None:
    assert found(SHIPPED, text) == []


@pytest.mark.parametrize(
    ("entry", "text", "hit"),
    [
        ("daft", "How DAFT!", "DAFT"),
        ("daft", "daft", "daft"),
        ("daft", "(daft)", "daft"),
        ("daft", "daft's", "daft"),
        ("daft*", "what daftness is this", "daftness"),
        ("daft brush", "you daft\n  brush", "daft\n  brush"),
        ("daft brush", "a daft-brush idea", "daft-brush"),
        ("daft brush*", "daft brushes", "daft brushes"),
        ("you're daft", "You’re daft", "You’re daft"),
        ("дурень", "Вот ДУРЕНЬ!", "ДУРЕНЬ"),
        ("أحمق", "يا أحمق، اسكت", "أحمق"),
        ("کله پوک", "ای کله‌پوک", "کله‌پوک"),
        ("笨蛋", "你是笨蛋吗", "笨蛋"),
        ("바보*", "바보같은", "바보같은"),
        ("σκουπίδι", "Είναι σκουπίδι.", "σκουπίδι"),
        ("🤡", "well done 🤡👍", "🤡"),
        ("müll", "so ein MÜLL", "MÜLL"),
        ("mu\u0308ll", "so ein Müll", "Müll"),
    ],
)
def test_words_and_phrases_are_found_where_they_stand(entry: str, text: str, hit: str) -> None:
    assert found(house(words(entry)), text) == [hit]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("daft", "daftness"),
        ("daft", "undaft"),
        ("daft*", "undaft"),
        ("daft brush", "daft, brush"),
        ("daft brush", "daft old brush"),
        ("дурень", "дуренька"),
        ("ابن", "ابنة"),
        ("कुत", "कुत्ता"),
        ("daft", "daft2"),
        ("4 gone", "14 gone"),
    ],
)
def test_words_and_phrases_are_not_found_where_they_do_not_stand(entry: str, text: str) -> None:
    assert found(house(words(entry)), text) == []


def test_a_letter_of_another_script_ends_a_word() -> None:
    assert found(house(words("daft")), "так daftный") == ["daft"]


@pytest.mark.parametrize(
    "text", ["You are a fucking disgrace", "f*ck this paper", "F u c k this", "what a load of sh1t", "Fuuuuuuck off"]
)
def test_swearing_is_sure_to_be_rejected_disguised_or_not(text: str) -> None:
    assert scores(SHIPPED, text)["profanity"] >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        'He called the referee a "fucking cheat" and got a ban.',
        "He called the referee a “fucking cheat” and got a ban.",
        "Er nannte den Trainer „fucking useless“ und flog raus.",
        "Il a crié « fuck » devant les enfants.",
        "They printed 'fuck' on the front page, in large letters.",
        "> fuck this paper\nThat is no way to talk to the editors.",
    ],
)
def test_a_word_in_quotation_marks_is_not_the_writers(text: str) -> None:
    assert scores(SHIPPED, text)["profanity"] == 0.3


@pytest.mark.parametrize(
    "text",
    [
        "You can't call people faggots and expect to keep the job.",
        "My son was called a faggot on the bus.",
        "Somebody shouted faggot from the stand.",
        "The word faggot has no place in a stadium.",
        "Stop using faggot as a joke.",
        "Faggot is a slur, whatever the club says.",
        "He called her a filthy faggot.",
    ],
)
def test_a_word_that_is_reported_or_objected_to_is_not_the_writers(text: str) -> None:
    assert scores(SHIPPED, text)["homophobia"] == 0.3


@pytest.mark.parametrize(
    "text",
    [
        '"You fucking cheat"',
        "'fuck off'",
        '"Fuck you all!" :)',
        'I read the "news" here and it is fucking useless',
        "I'd call you a fucking cheat",
        "the word is you are fucking useless",
        "Don't you shout at me. He was called to the office. Fuck that.",
        "\"Free\" press my arse, fuck off, it's five o'clock and 6'2\" of nothing",
    ],
)
def test_quotation_is_no_hiding_place(text: str) -> None:
    assert scores(SHIPPED, text)["profanity"] == 0.95


def test_a_longer_harmless_phrase_shields_the_word_in_it() -> None:
    check = house(words("coon"), words("maine coon*", score=0.0, quoted=0.0))
    assert found(check, "Two Maine Coons and a coon") == ["coon"]


def test_hits_within_hits_count_once() -> None:
    check = house(words("piece of junk"), words("junk", score=0.5))
    assert [(f.score, len(f.spans)) for f in look(check, "junk, a piece of junk")] == [(0.9, 1), (0.5, 1)]


def test_a_list_counts_in_its_own_language_and_in_none_that_is_known() -> None:
    check = house(words("murks", language="de"), words("quatsch"))
    text = "murks quatsch"
    assert found(check, text, "de") == ["murks", "quatsch"]
    assert found(check, text, "de-AT") == ["murks", "quatsch"]
    assert found(check, text, "und") == ["murks", "quatsch"]
    assert found(check, text, "en") == ["quatsch"]


def test_turkish_capitals_are_turkish() -> None:
    assert scores(SHIPPED, "PİÇ KURUSU", "tr") == {"profanity": 0.6}
    assert found(house(words("sik", language="tr")), "SIK SIK olur", "tr") == []
    assert found(house(words("sik", language="tr")), "SİK", "tr") == ["SİK"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Du Arschloch, halt die Fresse"),
        ("fr", "Ferme ta gueule, connard"),
        ("es", "Eres un hijo de puta"),
        ("it", "Vaffanculo, stronzo"),
        ("nl", "Wat een klootzak"),
        ("pt", "Vai tomar no cu"),
        ("pl", "Kurwa mać"),
        ("ru", "Иди на хуй"),
        ("tr", "orospu çocuğu"),
        ("ar", "يا ابن القحبة"),
        ("fa", "کس‌کش بی‌ناموس"),
        ("fi", "Haista vittu"),
        ("ko", "씨발놈아"),
        ("hi", "तू चूतिया है"),
    ],
)
def test_swearing_in_other_languages_is_left_to_a_person(language: str, text: str) -> None:
    assert scores(SHIPPED, text, language)["profanity"] == 0.6


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der dicke Mist am Fahrrad ist doch klar, die Art des Anfangs"),
        ("fr", "Une bite d'amarrage sur le port, les pros et les cons"),
        ("sv", "Det är slut, fart och fan"),
        ("es", "El negro mate es más elegante"),
        ("en", "magna cum laude from Kut in Iraq, a Sikh temple in Troon"),
        ("fa", "هر کس که منی نمی‌کند، سوپرمارکت باز است"),
        ("ar", "نيك كليغ خول الوزير"),
        ("ru", "Жидкий суп, какая разница"),
        ("tr", "Sık sık malı göster"),
        ("und", "Selam heval, kut got û çû"),
    ],
)
def test_harmless_words_of_one_language_are_no_swearing_in_another(language: str, text: str) -> None:
    assert found(SHIPPED, text, language) == []


@pytest.mark.parametrize("rule", load_guidelines().rules, ids=lambda rule: rule.id)
def test_no_list_condemns_a_near_miss(rule: Guideline) -> None:
    for example in rule.keeps:
        for finding in look(SHIPPED, example.text):
            assert finding.score <= 0.3, (finding, example.text)


def test_a_house_guideline_in_two_languages_without_any_label() -> None:
    check = house(words("the murderer is", language="en"), words("der mörder ist*", language="de"))
    assert check.covers == {"house"}
    assert scores(check, "The murderer is the gardener") == {"house": 0.9}
    assert scores(check, "Der Mörder ist immer der Gärtner", "de") == {"house": 0.9}
    assert scores(check, "We never learn who the murderer was") == {}


@given(st.text(alphabet="daft brush-\n'\"“”\u200c\u0301İé笨蛋 ", max_size=60), st.sampled_from(["en", "und", "tr"]))
def test_spans_always_hold_what_was_found(text: str, language: str) -> None:
    check = house(words("daft", "daft brush", "笨蛋"), words("brush*", language="tr"))
    for finding in look(check, text, language):
        for span in finding.spans:
            piece = text[span.start : span.end].lower()
            assert piece.startswith(("daft", "d", "brush", "b", "笨蛋"))
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("unit", ["fuck ", 'fuck" ', "'a ", "kill ", "fuck", "a  ", "called her a ", "“", "> "])
def test_cost_grows_with_length_and_no_faster(unit: str) -> None:
    def cost(length: int) -> float:
        folded = fold((unit * length)[:length])
        subject = Subject(folded, Language("und", 0.0), cast(Encoder, None))
        times = []
        for _ in range(3):
            start = perf_counter()
            SHIPPED.run(subject)
            times.append(perf_counter() - start)
        return min(times)

    # Four times the text; sixteen times the cost would be quadratic.
    assert cost(20_000) < 9 * cost(5_000) + 0.01
