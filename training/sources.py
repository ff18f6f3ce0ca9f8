"""Labelled text as the training reads it: one function a source, each yielding rows in one shape.

A label that a source says nothing about is left out of `Row.labels`, and the loss leaves it out too. Labels are
probabilities: a share of annotators where the source gives one.
"""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.labels import ABUSE_KINDS, GUIDELINE_LABELS, LABELS

csv.field_size_limit(10**9)

CLEAN = dict.fromkeys(LABELS, 0.0)
NO_ABUSE = dict.fromkeys(("identity_attack", *ABUSE_KINDS), 0.0)


@dataclass(slots=True)
class Row:
    """One labelled text; `spans` are (start, end, span label, share of annotators)."""

    text: str
    labels: dict[str, float]
    source: str
    weight: float = 1.0
    spans: list[tuple[int, int, str, float]] | None = None
    group: str = ""
    parent: str | None = None
    article: str = ""
    extra: dict[str, object] = field(default_factory=dict)


class DataError(Exception):
    """The data folder is missing or not what the loader knows; the message says which file and why."""


def key(text: str) -> str:
    """Give what two copies of the same comment have in common: NFKC, lower case, letters and digits."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", html.unescape(text)).lower())


def table(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """Read a table with a header line; an unreadable byte becomes U+FFFD."""
    if not path.is_file():
        raise DataError(f"{path} is missing: point --data at the folder that holds train/ and eval/")
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def number(value: str | None) -> float | None:
    """Read a fraction; an empty cell is None."""
    return float(value) if value not in (None, "") else None


SPAN_NAMES = {
    "Insult": "insult",
    "Insu": "insult",
    "Profane/Obscene": "profanity",
    "Identity based Attack": "identity_attack",
    "Identity based ": "identity_attack",
    "Threat": "threat",
    "Other Toxicity": "other",
}

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def toxic_spans(root: Path) -> Iterator[Row]:
    """News comments chosen as toxic, with the offending words; and their sentences that nobody marked, joined."""
    folder = root / "train/toxic_spans"
    comments = {r["comment_id"]: r["comment_text"] for r in table(folder / "comments.csv")}
    owner = {r["annotation"]: r["comment_id"] for r in table(folder / "annotations.csv")}
    readers = Counter(owner.values())
    marks: dict[str, dict[tuple[str, str], list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for r in table(folder / "spans.csv"):
        kind = SPAN_NAMES.get(r["type"])
        if kind and r["start"] and r["end"]:
            marks[owner[r["annotation"]]][(r["annotation"], kind)].append((int(r["start"]), int(r["end"])))
    for comment, text in comments.items():
        n = readers[comment]
        if not n:
            continue
        by_kind = Counter(kind for _, kind in marks[comment])
        anyone = len({annotation for annotation, _ in marks[comment]})
        share = {kind: min(1.0, by_kind[kind] / n) for kind in set(SPAN_NAMES.values())}
        labels = {
            "toxicity": max(0.5, anyone / n),
            "insult": share["insult"],
            "profanity": share["profanity"],
            "identity_attack": share["identity_attack"],
            "threat": share["threat"],
            "promotion": 0.0,
        }
        if share["identity_attack"] == 0:
            labels |= NO_ABUSE
        spans = [(s, e, kind, 1.0 / n) for (_, kind), places in marks[comment].items() for s, e in places]
        yield Row(text, labels, "toxic_spans", spans=spans, group=comment)
        clean = unmarked_sentences(text, spans)
        if len(clean.split()) >= 8 and len(clean) < 0.9 * len(text):
            yield Row(clean, dict(CLEAN), "toxic_spans_clean", weight=0.8, spans=[], group=comment)


def unmarked_sentences(text: str, spans: list[tuple[int, int, str, float]]) -> str:
    """Join the sentences of a comment in which no annotator marked a word."""
    kept, at = [], 0
    for sentence in SENTENCE_END.split(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        if sentence.strip() and not any(s < at and e > start for s, e, _, _ in spans):
            kept.append(sentence.strip())
    return " ".join(kept)


CIVIL_LABELS = {
    "severe_toxicity": "severe_toxicity",
    "obscene": "profanity",
    "threat": "threat",
    "insult": "insult",
    "identity_attack": "identity_attack",
    "sexual_explicit": "sexual",
}


def civil_comments(root: Path) -> Iterator[Row]:
    """News comments with shares of annotators, or with a bound on them; and disguised and lower-cased extras."""
    folder = root / "train/civil_comments"
    for r in table(folder / "civil.csv"):
        low, high = float(r["target_min"]), float(r["target_max"])
        toxic = number(r["target"])
        labels = {"promotion": 0.0}
        if r["kind"] == "fraction" and toxic is not None:
            labels["toxicity"] = toxic
            labels |= {ours: v for theirs, ours in CIVIL_LABELS.items() if (v := number(r[theirs])) is not None}
        elif r["label"] == "1":
            labels["toxicity"] = max(0.7, low)
        else:
            labels["toxicity"] = min(0.1, high)
        if labels["toxicity"] < 0.1 or (r["label"] == "0" and r["source"] == "masdeval"):
            labels = {**CLEAN, **labels}
        if labels.get("identity_attack", 1.0) < 0.1:
            labels |= dict.fromkeys(ABUSE_KINDS, 0.0)
        if labels["toxicity"] < 0.25:
            labels.setdefault("severe_toxicity", 0.0)
            labels.setdefault("threat", 0.0)
        yield Row(r["text"], labels, "civil_" + r["source"], weight=1.0 if r["kind"] == "fraction" else 0.8)
    for r in table(folder / "obfuscated.csv"):
        labels = {ours: float(r[theirs]) for theirs, ours in CIVIL_LABELS.items()} | {"toxicity": float(r["toxicity"])}
        yield Row(r["text"], labels, "civil_obfuscated", group=key(r["_original_text"]))
    for i, r in enumerate(table(folder / "sentences.csv")):
        if i % 4 == 0 and len(r["text"].split()) >= 5:
            yield Row(
                r["text"],
                {"toxicity": 0.05, "threat": 0.0, "severe_toxicity": 0.0, "promotion": 0.0},
                "civil_sentences",
                weight=0.3,
            )


JIGSAW_LABELS = {
    "toxic": "toxicity",
    "severe_toxic": "severe_toxicity",
    "obscene": "profanity",
    "threat": "threat",
    "insult": "insult",
    "identity_hate": "identity_attack",
}


def jigsaw(root: Path) -> Iterator[Row]:
    """Wikipedia talk with six labels, joined from its pieces by id."""
    seen: set[str] = set()
    for name in (
        "jigsaw_file_storage/a.csv",
        "jigsaw_file_storage/b.csv",
        "jigsaw_nlp_project/jigsaw_test.csv",
        "jigsaw_small/train.csv",
        "jigsaw_small/test_proced.csv",
    ):
        for r in table(root / "train" / name):
            if r["id"] in seen or r["toxic"] not in ("0", "1"):
                continue
            seen.add(r["id"])
            labels = {ours: float(r[theirs]) for theirs, ours in JIGSAW_LABELS.items()}
            if not labels["identity_attack"]:
                labels |= NO_ABUSE
            if not labels["toxicity"]:
                labels = {**labels, "sexual": 0.0}
            yield Row(r["comment_text"], labels, "jigsaw", extra={"six": True})


def jigsaw_binary(root: Path) -> Iterator[Row]:
    """Wikipedia talk, only toxic or not."""
    for name in ("jigsaw_air_decoding/rows.csv", "jigsaw_robtest/jigsaw_test_cur.csv"):
        path = root / "train" / name
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            for i, cells in enumerate(csv.reader(lines)):
                if (
                    len(cells) < 2
                    or cells[1] not in ("0", "1")
                    or (cells[1] == "0" and i % 3)
                    or (cells[1] == "1" and i % 2)
                ):
                    continue
                toxic = float(cells[1])
                labels = {"toxicity": toxic} if toxic else {**CLEAN, "promotion": 0.0}
                if not toxic:
                    del labels["promotion"]
                yield Row(cells[0], labels, "jigsaw_binary", weight=0.6)


def edos(root: Path) -> Iterator[Row]:
    """Sexism on Gab and Reddit; its own test split is left for measuring."""
    for r in table(root / "train/edos/edos_labelled_aggregated.csv"):
        sexist = float(r["label_sexist"] == "sexist")
        labels = {"sexism": sexist, "promotion": 0.0}
        if sexist:
            labels |= {"identity_attack": 1.0, "toxicity": 0.9}
        text = r["text"].replace("[USER]", "@user").replace("[URL]", "")
        yield Row(text, labels, "edos", weight=0.8, extra={"split": r["split"]})


def davidson(root: Path) -> Iterator[Row]:
    """Tweets; "offensive" is mostly casual slang, so it counts as profanity, and is capped."""
    offensive = 0
    for r in table(root / "train/davidson/labeled_data.csv"):
        text = re.sub(r"https?://\S+|\bRT\b|^[!\s\"]+", " ", html.unescape(r["tweet"])).strip()
        n = float(r["count"])
        if r["class"] == "1":
            offensive += 1
            if offensive % 6:
                continue
            labels = {"profanity": 0.8, "threat": 0.0}
        elif r["class"] == "0":
            labels = {"identity_attack": float(r["hate_speech"]) / n, "toxicity": 0.9}
        else:
            labels = {"identity_attack": 0.0, "toxicity": 0.1, "threat": 0.0}
        yield Row(text, labels, "davidson", weight=0.5)


TARGETS = {
    "sexism": {"wom", "blawom", "gaywom", "asiwom", "muswom", "indigwom"},
    "racism": {
        "bla",
        "blaman",
        "blawom",
        "trav",
        "indig",
        "indigwom",
        "east",
        "south",
        "mixed",
        "arab",
        "chinese",
        "non-white",
        "hispanic",
        "ethnic minority",
        "asi",
        "african",
        "asiwom",
        "jew",
        "asi.east",
        "asi.south",
        "asi.east.chin",
        "mixed.race",
        "nonwhite",
    },
    "homophobia": {"gay", "gayman", "gaywom", "trans", "gendermin", "bis", "lgbtqa"},
    "xenophobia": {
        "mus",
        "muswom",
        "jew",
        "immig",
        "for",
        "ref",
        "asylum",
        "pak",
        "pol",
        "eastern european",
        "russian",
        "hispanic",
        "asi.south",
    },
}
"""Which kinds of abuse a named target may mean; Jews and Muslims stand for descent and religion both."""


def kinds_of(targets: set[str]) -> dict[str, float]:
    """Turn named targets into labels: certain where one kind is meant, left open where several may be."""
    hit = {kind for kind, names in TARGETS.items() if targets & names}
    if not hit:
        return {}
    return dict.fromkeys(hit, 1.0) | {kind: 0.0 for kind in ABUSE_KINDS if kind not in hit}


def dghs(root: Path) -> Iterator[Row]:
    """Hate written to fool models, with its targets; its test split is left for measuring."""
    folder = root / "train/dghs"
    targets = {
        r["id"]: {name for name, v in r.items() if v in ("1", "1.0") and name not in ("id", "none", "NoTargetRecorded")}
        for r in table(folder / "dghs-targets-v0.1.csv")
    }
    for split, name in (("train", "dynabench2021_valid.csv"), ("test", "dynabench2021_test.csv")):
        for r in table(folder / name):
            if r["label"] not in ("0", "1"):
                continue
            if r["label"] == "1":
                labels = {"identity_attack": 1.0, "toxicity": 1.0, **kinds_of(targets.get(r["id"], set()))}
            else:
                labels = {**NO_ABUSE, "promotion": 0.0}
            yield Row(r["text"], labels, "dghs", extra={"split": split}, group=r["id"].rstrip("p"))


def hatemoji(root: Path) -> Iterator[Row]:
    """Contrast pairs with emoji."""
    for name in ("train.csv", "validation.csv", "test.csv"):
        for r in table(root / "train/hatemoji_build" / name):
            if r["label_gold"] == "1":
                targets = set(re.findall(r"[\w.-]+", r["target"]))
                labels = {"identity_attack": 1.0, "toxicity": 1.0, **kinds_of(targets)}
                if r["type"] == "threateninglanguage":
                    labels["threat"] = 1.0
            else:
                labels = {**NO_ABUSE, "promotion": 0.0}
            yield Row(r["text"], labels, "hatemoji", group="m" + r["matched_id"])


def misogyny(root: Path) -> Iterator[Row]:
    """Misogyny on Reddit."""
    for r in table(root / "train/misogyny/final_labels.csv"):
        if not r["body"] or len(r["body"]) < 8:
            continue
        if r["level_1"] == "Misogynistic":
            labels = {"sexism": 1.0, "identity_attack": 1.0, "toxicity": 0.9}
        else:
            labels = {"sexism": 0.0}
            if "personal_attack" in r["level_2"]:
                labels["insult"] = 1.0
        yield Row(r["body"], labels, "misogyny", weight=0.6)


def ghc(root: Path) -> Iterator[Row]:
    """Hate on Gab by what it aims at."""
    for name in ("dev.jsonl", "test.jsonl"):
        for line in (root / "train/ghc" / name).read_text(encoding="utf-8").splitlines():
            r = json.loads(line)
            yes = {k for k in ("hd", "cv", "vo", "rae", "nat", "rel", "gen", "sxo") if str(r[k]) == "1"}
            if yes & {"hd", "cv"}:
                labels = {"identity_attack": 1.0, "toxicity": 1.0}
                kinds = {
                    "rae": "racism",
                    "nat": "xenophobia",
                    "rel": "xenophobia",
                    "gen": "sexism",
                    "sxo": "homophobia",
                }
                labels |= {kind: 1.0 for mark, kind in kinds.items() if mark in yes}
                if "cv" in yes:
                    labels["threat"] = 0.8
            else:
                labels = {"identity_attack": 0.05, "threat": 0.0} | dict.fromkeys(ABUSE_KINDS, 0.0)
                if "vo" not in yes:
                    labels["toxicity"] = 0.1
            yield Row(re.sub(r"https?://\S+", "", r["Text"]), labels, "ghc", weight=0.6)


def stormfront(root: Path) -> Iterator[Row]:
    """Sentences of a hate forum; those that need their neighbours to be understood are left out."""
    for i, r in enumerate(table(root / "train/stormfront/sentences.csv")):
        if r["label"] == "hate":
            yield Row(r["text"], {"identity_attack": 1.0, "toxicity": 0.9}, "stormfront", weight=0.6)
        elif r["label"] == "noHate" and i % 3 == 0 and len(r["text"].split()) > 4:
            yield Row(r["text"], {"identity_attack": 0.05, "threat": 0.0}, "stormfront", weight=0.4)


def telegram_threats(root: Path) -> Iterator[Row]:
    """Replies to politicians: calls for violence, calls for the law, neither; noisy, so they weigh less."""
    path = root / "train/telegram_threats/Labeled_15076.json"
    for i, r in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        if i % 2 == 0:
            share = {0: 0.02, 1: 0.1, 2: 0.8}[r["Label"]]
            yield Row(r["reply"], {"threat": share, "sexism": 0.0 if share < 0.5 else 0.1}, "telegram", weight=0.4)


SWEARS = re.compile(
    r"fuck|shit|bitch|cunt|\bass\b|asshole|dick|bastard|wank|\bcum|piss|whore|slut|fag|nigg|retard", re.I
)
BITTER = {"2", "3", "11"}


def goemotions(root: Path) -> Iterator[Row]:
    """Annoyed, sad and glad lines that abuse nobody: negatives."""
    for name in ("train.tsv", "dev.tsv"):
        for i, line in enumerate((root / "train/goemotions" / name).read_text(encoding="utf-8").splitlines()):
            text, emotions, _ = line.split("\t")
            if i % 4 or SWEARS.search(text) or "[NAME]" in text[:8]:
                continue
            labels = {"threat": 0.02, "severe_toxicity": 0.0, "sexual": 0.02, "promotion": 0.0, "profanity": 0.03}
            if not set(emotions.split(",")) & BITTER:
                labels |= {"insult": 0.02, "toxicity": 0.05, **dict.fromkeys(NO_ABUSE, 0.02)}
            yield Row(text.replace("[NAME]", "Alex"), labels, "goemotions", weight=0.4)


def cat_context(root: Path) -> Iterator[Row]:
    """Wikipedia talk with the comment it answers; mostly clean."""
    for i, r in enumerate(table(root / "train/cat_context/gc.csv")):
        if r["label"] == "1" or i % 4 == 0:
            toxic = float(r["label"])
            labels = {"toxicity": 0.9} if toxic else {**CLEAN}
            yield Row(r["text"], labels, "cat_context", weight=0.5, parent=r["parent"] or None)


def unintended_bias(root: Path) -> Iterator[Row]:
    """Identity words in templates and in encyclopedia sentences."""
    folder = root / "train/unintended_bias"
    for i, r in enumerate(table(folder / "en_sentence_templates.csv")):
        if r["template"] == "name_adj" and i % 60:
            continue
        toxic = r["toxicity"] == "toxic"
        labels = {"toxicity": 0.9, "insult": 0.8} if toxic else dict(CLEAN)
        yield Row(r["phrase"], labels, "templates", weight=0.4, group="template:" + r["template"])
    for name, step in (("hist_toxicity_debiasing_data.tsv", 3), ("hist_toxicity_debiasing_data_random.tsv", 12)):
        for i, r in enumerate(table(folder / name, "\t")):
            if i % step == 0 and r["comment"]:
                yield Row(r["comment"], dict(CLEAN), "encyclopedia", weight=0.4)


TOXIGEN_KINDS = {
    "lgbtq": "homophobia",
    "bisexual": "homophobia",
    "trans": "homophobia",
    "immigrant": "xenophobia",
    "middle_east": "racism",
    "women": "sexism",
    "mexican": "racism",
    "muslim": "xenophobia",
    "black": "racism",
    "chinese": "racism",
    "asian": "racism",
    "jewish": "racism",
    "native_american": "racism",
    "latino": "racism",
}


def toxigen(root: Path) -> Iterator[Row]:
    """Implicit hate and neutral mentions of groups."""
    for r in table(root / "train/toxigen_prompts/seed_sentences.csv"):
        tone, _, group = r["file"].removesuffix("_1k").partition("_")
        if tone == "hate":
            labels = {"identity_attack": 1.0, "toxicity": 0.9}
            if kind := TOXIGEN_KINDS.get(group):
                labels[kind] = 1.0
        else:
            labels = dict(CLEAN)
        yield Row(r["sentence"], labels, "toxigen", group=group)


def yt_spam(root: Path) -> Iterator[Row]:
    """Promotion under videos, by video."""
    for path in sorted((root / "train/yt_spam/dataset").glob("*.csv")):
        for r in table(path):
            text = re.sub(r"<br\s*/?>", "\n", html.unescape(r["CONTENT"]))
            yield Row(text, {"promotion": float(r["CLASS"])}, "yt_spam", extra={"video": path.stem})


def stackexchange(root: Path) -> Iterator[Row]:
    """Civil remarks on questions: plain negatives."""
    for i, r in enumerate(table(root / "train/stackexchange_comments/comments.csv")):
        if i % 5 == 0:
            yield Row(r["text"], dict(CLEAN), "stackexchange", weight=0.4)


def authored(folder: Path) -> Iterator[Row]:
    """The comments this project wrote, with every guideline's label; `group` is the article."""
    for path in sorted((folder / "comments").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            r = json.loads(line)
            broken = set(r["breaks"])
            labels = dict(CLEAN)
            for guideline, label in GUIDELINE_LABELS.items():
                if guideline in broken:
                    labels[label] = 1.0
            if broken & set(ABUSE_KINDS):
                labels["identity_attack"] = 1.0
            harsh = broken - {"promotion", "relevance"}
            labels["toxicity"] = 1.0 if harsh else 0.0
            if harsh:
                del labels["severe_toxicity"]
            yield Row(
                r["text"],
                labels,
                "authored",
                group=path.stem,
                parent=r.get("parent"),
                article=path.stem,
                extra={"breaks": r["breaks"], "pair": r.get("pair"), "id": r.get("id")},
            )


PUBLIC = (
    toxic_spans,
    civil_comments,
    jigsaw,
    jigsaw_binary,
    edos,
    davidson,
    dghs,
    hatemoji,
    misogyny,
    ghc,
    stormfront,
    telegram_threats,
    goemotions,
    cat_context,
    unintended_bias,
    toxigen,
    yt_spam,
    stackexchange,
)
"""Every public source that shipped weights may learn from."""
