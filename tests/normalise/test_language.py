from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belowline.normalise import language
from belowline.normalise.language import Language, detect

# Lines on which the rules were made.
LINES = [
    ("en", "well said"),
    ("en", "lol"),
    ("en", "Shame on them!"),
    ("en", "Thanks"),
    ("en", "So true"),
    ("en", "Hear hear"),
    ("en", "Shame on you"),
    ("en", "LOL"),
    ("en", "Exactly this"),
    ("en", "Great article, thanks for writing it"),
    ("en", "Trump is a lier and a theif"),
    ("en", "WHAT A JOKE"),
    ("en", "U R a idi0t"),
    ("en", "ur so dumb smh"),
    ("en", "No."),
    ("en", "Yes!"),
    ("en", "Fake news"),
    ("en", "Agreed 100%"),
    ("en", "Nope"),
    ("en", "Who cares?"),
    ("en", "Zelensky is right"),
    ("en", "Barzani should resign"),
    ("en", "this artcle is completly wrong an you shuld be ashmed"),
    ("en", "gr8 point m8"),
    ("en", "Boo hoo"),
    ("en", "Rubbish"),
    ("en", "Can't believe it"),
    ("en", "c'mon man"),
    ("en", "omg wtf"),
    ("en", "Thx"),
    ("en", "Sad."),
    ("en", "RIP"),
    ("en", "God bless Kurdistan"),
    ("en", "Long live Kurdistan"),
    ("en", "Erdogan must go"),
    ("en", "Ridiculous"),
    ("en", "f*** off"),
    ("en", "You're an idiot"),
    ("en", "Peshmerga are heroes"),
    ("en", "gonna be lit fam"),
    ("en", "Lame duck"),
    ("en", "Bravo!"),
    ("en", "In my opinion the council has made the wrong decision here and should reconsider."),
    ("de", "Danke für den Artikel"),
    ("de", "Das ist doch Unsinn"),
    ("de", "So ein Quatsch!"),
    ("de", "Genau"),
    ("de", "Gut gesagt"),
    ("de", "Die Regierung hat völlig versagt und niemand übernimmt Verantwortung."),
    ("de", "Schämt euch"),
    ("de", "Ich bin anderer Meinung"),
    ("fr", "Merci pour cet article"),
    ("fr", "C'est honteux"),
    ("fr", "Tout à fait d'accord"),
    ("fr", "N'importe quoi"),
    ("fr", "Quelle honte !"),
    ("fr", "Le gouvernement ne fait rien pour les citoyens, comme toujours."),
    ("fr", "Bien dit"),
    ("es", "Qué vergüenza"),
    ("es", "Muy bien dicho"),
    ("es", "Gracias por el artículo"),
    ("es", "No estoy de acuerdo con esto"),
    ("es", "El gobierno no hace nada por la gente"),
    ("es", "Totalmente de acuerdo"),
    ("it", "Che vergogna"),
    ("it", "Grazie per l'articolo"),
    ("it", "Non sono d'accordo"),
    ("it", "Il governo non fa niente per i cittadini"),
    ("it", "Sono tutti uguali"),
    ("it", "Ben detto"),
    ("nl", "Wat een schande"),
    ("nl", "Goed artikel, bedankt"),
    ("nl", "Dit is gewoon belachelijk"),
    ("nl", "Helemaal mee eens"),
    ("nl", "De regering doet niets voor de mensen"),
    ("nl", "Goed gezegd"),
    ("tr", "Yazıklar olsun"),
    ("tr", "Çok doğru"),
    ("tr", "Teşekkürler"),
    ("tr", "Bu haber tamamen yalan"),
    ("tr", "Allah rahmet eylesin"),
    ("tr", "Hükümet halk için hiçbir şey yapmıyor"),
    ("tr", "cok guzel bir haber"),
    ("ar", "شكرا لكم"),
    ("ar", "هذا عيب"),
    ("ar", "كلام جميل"),
    ("ar", "الحكومة لا تفعل شيئا للشعب"),
    ("ar", "الله يرحمه"),
    ("ar", "خبر كاذب"),
    ("ku", "دەستخۆش"),
    ("ku", "زۆر باشە"),
    ("ku", "ئەم هەواڵە ڕاست نییە"),
    ("ku", "بژی کوردستان"),
    ("ku", "حکومەت هیچ بۆ خەڵک ناکات"),
    ("ku", "سوپاس"),
    ("ku", "شەرم بکەن"),
    ("ku", "Dest xweş"),
    ("ku", "Gelek spas"),
    ("ku", "Bijî Kurdistan"),
    ("ku", "Ev nûçe ne rast e"),
    ("ku", "Hikûmet ji bo gel tiştekî nake"),
    ("ku", "Mala we ava be"),
    ("ku", "Şerm bikin"),
    ("fa", "ممنون از شما"),
    ("fa", "خیلی خوب بود"),
    ("fa", "این خبر دروغ است"),
    ("fa", "دولت هیچ کاری برای مردم نمی\u200cکند"),
    ("fa", "شرم بر شما"),
    ("fa", "درود بر شما"),
    ("ru", "Спасибо за статью"),
    ("ru", "Позор"),
    ("ru", "Это неправда"),
    ("ru", "Полностью согласен"),
    ("ru", "Правительство ничего не делает для людей"),
    ("ru", "Бред какой-то"),
    ("uk", "Це неправда, дякую за статтю"),
    ("el", "Ντροπή σας"),
    ("he", "כל הכבוד"),
    ("zh", "说得好"),
    ("ja", "ありがとう"),
    ("zxx", "👍👍👍"),
    ("zxx", "!!! ??? 123"),
    ("zxx", "https://example.com/a"),
    ("zxx", "@user #1"),
]

# Lines that no rule was made for.
FURTHER_LINES = [
    ("en", "Nicely put"),
    ("en", "Hogwash"),
    ("en", "Typical."),
    ("en", "About time!"),
    ("en", "what a load of crap"),
    ("en", "Couldnt agree more"),
    ("en", "Lets go brandon"),
    ("en", "Kurds deserve better"),
    ("en", "y r they so mad lol"),
    ("en", "Disgusting behaviour"),
    ("en", "this gvt is usless"),
    ("en", "Not my president"),
    ("en", "Barham Salih 2024"),
    ("en", "Prayers for the victims"),
    ("en", "lmaooo"),
    ("en", "Source?"),
    ("de", "Endlich sagt es jemand"),
    ("de", "Armes Deutschland"),
    ("de", "Typisch Politiker"),
    ("de", "Völliger Blödsinn"),
    ("de", "Wer bezahlt das alles?"),
    ("fr", "Encore des mensonges"),
    ("fr", "Bravo à toute l'équipe"),
    ("fr", "Quel scandale"),
    ("fr", "Rien ne change"),
    ("es", "Menuda tontería"),
    ("es", "Siempre lo mismo"),
    ("es", "Pobre gente"),
    ("es", "Felicidades a todos"),
    ("it", "Finalmente qualcuno lo dice"),
    ("it", "Povera Italia"),
    ("it", "Solita storia"),
    ("nl", "Eindelijk iemand die het zegt"),
    ("nl", "Wat een onzin"),
    ("nl", "Arm Nederland"),
    ("tr", "Ne saçma bir yorum"),
    ("tr", "Allah belanızı versin"),
    ("tr", "Helal olsun size"),
    ("tr", "Haklısınız"),
    ("ar", "ما شاء الله"),
    ("ar", "هذا كلام فارغ"),
    ("ar", "اللهم احفظ العراق"),
    ("ar", "لا حول ولا قوة إلا بالله"),
    ("ku", "بەڕاستی شەرمە"),
    ("ku", "خوا لێی خۆش بێت"),
    ("ku", "هەر بژی پێشمەرگە"),
    ("ku", "Her bijî Pêşmerge"),
    ("ku", "Ev rast e"),
    ("ku", "Pir xweş e"),
    ("ku", "Heyf û mixabin"),
    ("fa", "خدا رحمتش کند"),
    ("fa", "واقعا متاسفم"),
    ("fa", "حرف مفت نزن"),
    ("fa", "چقدر زیبا"),
    ("ru", "Какой ужас"),
    ("ru", "Молодцы ребята"),
    ("ru", "Опять врут"),
    ("ru", "Чушь собачья"),
]

LONG = [
    ("en", "The minister promised a new ferry, but nobody has seen the plans and the islanders are tired of waiting."),
    ("de", "Der Minister hat eine neue Fähre versprochen, aber niemand hat die Pläne gesehen, und alle warten."),
    ("fr", "Le ministre a promis un nouveau ferry, mais personne n'a vu les plans et les habitants attendent."),
    ("es", "El ministro prometió un nuevo barco, pero nadie ha visto los planes y los vecinos siguen esperando."),
    ("it", "Il ministro ha promesso un nuovo traghetto, ma nessuno ha visto i piani e gli abitanti aspettano."),
    ("nl", "De minister heeft een nieuwe veerboot beloofd, maar niemand heeft de plannen gezien en iedereen wacht."),
    ("tr", "Bakan yeni bir vapur sözü verdi ama kimse planları görmedi ve adalılar beklemekten yoruldu."),
    ("ar", "وعد الوزير بعبارة جديدة لكن أحدا لم ير الخطط والسكان تعبوا من الانتظار"),
    ("fa", "وزیر قول یک کشتی جدید داد اما هیچ کس نقشه‌ها را ندیده است و مردم از انتظار خسته شده‌اند"),
    ("ku", "وەزیر بەڵێنی کەشتییەکی نوێی دا، بەڵام کەس پلانەکانی نەبینیوە و خەڵک لە چاوەڕوانی ماندوون"),
    ("ku", "Wezîr soza keştiyeke nû da, lê kesî plan nedîtine û gel ji bendewariyê westiyaye."),
    ("ru", "Министр обещал новый паром, но планов никто не видел, и жители устали ждать."),
]


def _share_right(lines: list[tuple[str, str]], *, hinted: bool = False) -> float:
    right = sum(detect(text, hint=code if hinted else None).code == code for code, text in lines)
    return right / len(lines)


@pytest.mark.parametrize("text", [text for code, text in LINES if code == "en"])
def test_short_english_is_english(text: str) -> None:
    assert detect(text).code == "en"


@pytest.mark.parametrize(("code", "text"), LONG)
def test_a_whole_sentence_is_known_for_sure(code: str, text: str) -> None:
    found = detect(text)
    assert found.code == code
    assert found.confidence >= 0.6


def test_most_short_lines_are_right() -> None:
    assert _share_right(LINES) >= 0.95
    assert _share_right(FURTHER_LINES) >= 0.8


def test_a_hint_settles_most_of_the_rest() -> None:
    assert _share_right(LINES + FURTHER_LINES, hinted=True) >= 0.97


def test_an_english_hint_turns_no_foreign_line_into_english() -> None:
    foreign = [(code, text) for code, text in LINES + FURTHER_LINES if code not in ("en", "zxx")]
    decided = [text for code, text in foreign if detect(text).code == code]
    assert len(decided) > 80
    assert [text for text in decided if detect(text, hint="en").code == "en"] == []


def test_a_hint_in_another_script_is_not_heard() -> None:
    assert detect("Позор", hint="en").code == "ru"
    assert detect("Kaka", hint="ar").code != "ar"


def test_words_without_language_are_told_from_undecided_ones() -> None:
    assert detect("👍 12:30 @user https://example.com/the-news") == Language("zxx", 1.0)
    assert detect("Qwrtz vbnmx").code == "und"


def test_plain_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(language, "_identifier", fail)
    assert detect("This is a fair point, thank you for writing about it!").code == "en"
    assert detect("Ντροπή σας").code == "el"


def test_threads_give_the_same_answers() -> None:
    texts = [text for _, text in LINES] * 4
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(detect, texts)) == [detect(text) for text in texts]


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(st.characters(codec=None, exclude_categories=())),
    hint=st.one_of(st.none(), st.sampled_from(["en", "ku", "ar", "en-GB", "xx", ""])),
)
def test_any_text_has_an_answer(text: str, hint: str | None) -> None:
    found = detect(text, hint)
    assert found == detect(text, hint)
    assert 0.0 <= found.confidence <= 1.0
    assert found.code


@pytest.mark.parametrize(
    ("code", "text"),
    [("de", "#Ausländerraus"), ("tr", "#ölümYahudilere"), ("en", "#BringBackTheFerry"), ("zxx", "#1 @Ausländer")],
)
def test_hashtags_alone_are_what_is_said(code: str, text: str) -> None:
    assert detect(text).code == code


def test_a_long_text_is_told_to_its_end() -> None:
    english = "The council decided on Tuesday to end the subsidy, which is a shame for the people on the island. " * 30
    turkish = (
        "Belediye meclisi salı günü kış seferlerinin desteğini kesmeye karar verdi, insanlar için çok yazık. " * 30
    )
    assert detect(english * 2).code == "en"
    assert detect(turkish * 2).code == "tr"
    assert detect(english + turkish).code == "und"
    assert detect("https://example.com/a " * 100 + english).code == "en"
