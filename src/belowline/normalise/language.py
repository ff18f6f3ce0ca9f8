"""The language of a comment, told from its script, its words and py3langid, and how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from belowline.normalise.function_words import FUNCTION_WORDS, SHARED_WITH_ENGLISH
from belowline.normalise.words import load_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDECIDED, NO_LANGUAGE = "und", "zxx"

# More text does not make the answer better, only slower; a longer one is told stretch by stretch.
_ENOUGH = 2_000
# The end of a longer text that is shorter than this tells nothing new.
_TOO_LITTLE = 200

# Below this nobody should rely on the answer. Short Persian and Kurdish lines without a letter of their own look
# like Arabic, which therefore has to be surer. What a hint settles is as good as even.
_SURE_ENOUGH = 0.3
_SURE_OF_ARABIC = 0.85
_BY_HINT = 0.5

_ASIDE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|[@#]\w+")
_HASHTAG = re.compile(r"#(\w+)")
_NEXT_WORD = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

# The first word of a letter's Unicode name is its script; these scripts have one language worth naming.
_ONE_LANGUAGE = {
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "KHMER": "km",
    "LAO": "lo",
    "TAMIL": "ta",
    "TELUGU": "te",
    "MALAYALAM": "ml",
    "KANNADA": "kn",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "BENGALI": "bn",
    "SINHALA": "si",
    "ETHIOPIC": "am",
    "CJK": "zh",
}
_SCRIPT_OF = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "sd", "ckb"), "ARABIC"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt"), "CYRILLIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    **{code: script for script, code in _ONE_LANGUAGE.items()},
}

_ENDINGS = ("s", "ed", "ing", "ly", "er", "ers", "ist", "ists")

# Letters that Sorani writes and its neighbours do not; Persian has the last two groups' letters but Arabic none.
_SORANI = re.compile("[ێۆڵڕڤە]")
_SORANI_ONLY = re.compile("[ێۆڵڕ]")
_PERSIAN = re.compile("[پچژگکی]")
_URDU = re.compile("[ٹڈڑےںھہ]")

# py3langid's labels for the same languages, and for dialects that are written as them.
_SAME = {"sdh": "ku", "ckb": "ku", "kmr": "ku", "arz": "ar", "ary": "ar", "nn": "no", "nb": "no"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language as ISO 639-1 code, `und` where nobody could tell, `zxx` where there are no words."""

    code: str
    confidence: float


def detect(text: str, hint: str | None = None) -> Language:
    """Tell the language of `text` and how sure that is, 0 to 1.

    Give the judging copy where there is one, because disguised words count for no language. `hint` is the code
    of the language around it, such as the article's; it settles what is undecided and is written in the same
    script. Both Kurdish orthographies are `ku`. A long text of several languages is undecided.
    """
    stretches = [text[at : at + _ENOUGH] for at in range(0, max(1, len(text) - _TOO_LITTLE), _ENOUGH)]
    told = [language for stretch in stretches if (language := _detect(stretch, hint)).code != NO_LANGUAGE]
    if not told:
        return Language(NO_LANGUAGE, 1.0)
    least = min(told, key=lambda language: language.confidence)
    return least if len({language.code for language in told}) == 1 else Language(UNDECIDED, least.confidence)


def _detect(text: str, hint: str | None) -> Language:
    tags = _HASHTAG.findall(text)
    text = _ASIDE.sub(" ", text)
    words = _WORD.findall(text)
    if not words and tags:
        # Beside a sentence they are asides; alone they are what is said.
        text = _NEXT_WORD.sub(" ", " ".join(tags))
        words = _WORD.findall(text)
    if not words:
        return Language(NO_LANGUAGE, 1.0)
    words = [word.lower().replace("’", "'") for word in words]
    scripts = Counter(_script(char) for word in words for char in word)
    script, letters = scripts.most_common(1)[0]
    share = letters / sum(scripts.values())
    if script in ("CJK", "HIRAGANA", "KATAKANA") and scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return Language("ja", 0.99)
    if script in _ONE_LANGUAGE:
        return Language(_ONE_LANGUAGE[script], round(0.99 * share, 4))
    hint = hint.partition("-")[0].lower() if hint else None
    if hint and _SAME.get(hint, hint) != "ku" and _SCRIPT_OF.get(hint, "LATIN") != script:
        hint = None
    if script == "LATIN":
        return _latin(text, words, _SAME.get(hint, hint) if hint else None)
    if script == "ARABIC":
        return _arabic(text, words, _SAME.get(hint, hint) if hint else None)
    return _weigh(text, words, hint)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").split()[0]


def _latin(text: str, words: list[str], hint: str | None) -> Language:
    """English is told by its words alone, which is quick and right for `lol`; the rest is weighed."""
    english = sum(map(_is_english, words)) / len(words)
    foreign = sum(not word.isascii() or word in _foreign() for word in words) / len(words)
    if english >= 0.6 and foreign <= 0.2 and english - foreign >= 0.5:
        return Language("en", round(min(0.99, english - foreign / 2 - 0.3 / len(words)), 4))
    return _weigh(text, words, hint, english=max(english - foreign, 0.0))


def _arabic(text: str, words: list[str], hint: str | None) -> Language:
    letters = sum(map(len, words))
    sorani = len(_SORANI.findall(text))
    if (_SORANI_ONLY.search(text) and sorani * 25 >= letters) or sorani * 8 >= letters:
        return Language("ku", 0.98)
    if _URDU.search(text) or not _PERSIAN.search(text):
        return _weigh(text, words, hint)
    return _weigh(text, words, hint, persian=True)


def _weigh(text: str, words: list[str], hint: str | None, *, english: float = 0.0, persian: bool = False) -> Language:
    """Add up py3langid's probabilities and the share of each language's function words, and ask the hint if unsure."""
    scores: defaultdict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(text):
        scores[_SAME.get(code, code)] += probability
    scores.pop(NO_LANGUAGE, None)
    for code, function_words in FUNCTION_WORDS.items():
        scores[code] += sum(word in function_words for word in words) / len(words)
    scores["en"] += 0.6 * english
    if persian:
        scores["ar"] = 0.0
        scores["fa"] += 0.3
    code, best = max(scores.items(), key=lambda item: (item[1], item[0]))
    confidence = round(min(best / sum(scores.values()), 0.99), 4)
    if confidence >= _SURE_ENOUGH and not (code == "ar" and len(words) < 4 and confidence < _SURE_OF_ARABIC):
        return Language(code, confidence)
    if hint and (hint != "en" or all(map(str.isascii, words))):
        return Language(hint, _BY_HINT)
    if any(load_words().is_everyday(word) for word in words if word not in SHARED_WITH_ENGLISH) and english:
        return Language("en", confidence)
    return Language(code if confidence >= _SURE_ENOUGH else UNDECIDED, confidence)


def _is_english(word: str) -> bool:
    """Say whether an English line may have this word, in any of its forms."""
    if word in _foreign():
        return False
    known = load_words().known
    stem = word.removesuffix("'s").replace("'", "")
    return known(stem) or any(
        len(stem) > len(end) + 2 and stem.endswith(end) and known(stem[: -len(end)]) for end in _ENDINGS
    )


@lru_cache(maxsize=1)
def _foreign() -> frozenset[str]:
    """Give the function words of other languages that no English sentence has."""
    others = (words for code, words in FUNCTION_WORDS.items() if code != "en")
    return frozenset().union(*others) - SHARED_WITH_ENGLISH - FUNCTION_WORDS["en"]


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Load py3langid's model on first need: most comments under an English article never do."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
