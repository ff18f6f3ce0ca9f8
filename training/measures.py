"""The measures the card shows: one function a data set, each giving named figures with their 95 % intervals."""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from belowline import Article, Comment, Judge, Verdict
from belowline.normalise.fold import fold
from training import sources
from training.data import AUTHORED, Split
from training.figures import Figure, auc, macro_f1, resampled, share
from training.labels import GUIDELINE_LABELS
from training.noise import leet, look_alike, mask, misspellings, space_out, split, stretch
from training.sources import Row, table


class Bench:
    """Runs the judge over texts on two threads; what it refuses (empty rows) is left out."""

    def __init__(self, judge: Judge, limit: int | None = None) -> None:
        self.judge, self.limit = judge, limit
        self.middle = {r.id: (r.approve_below + r.reject_from) / 2 for r in judge.guidelines.rules}

    def verdicts(self, rows: Sequence[tuple[Comment, Sequence[Article]]]) -> list[Verdict]:
        """Judge all rows."""
        return list(self.judge.judge_many(rows))

    def plain(self, texts: Sequence[str]) -> list[Verdict]:
        """Judge texts without an article."""
        return self.verdicts([(Comment(t), ()) for t in texts])

    def sample(self, items: list, seed: int = 1) -> list:
        """Draw at most `limit` items, always the same ones."""
        if self.limit is None or len(items) <= self.limit:
            return items
        return random.Random(seed).sample(items, self.limit)


BROKEN_SHARE = 0.2
"""Share of comments under news that break some rule, as newspapers report it."""


def news_weights(rows: Sequence[Row]) -> np.ndarray:
    """Weigh rows so that BROKEN_SHARE of them break some rule."""
    broken = np.array([max(row.labels.values()) >= 0.5 for row in rows])
    weight = np.array([row.weight for row in rows])
    weight[broken] *= BROKEN_SHARE / weight[broken].sum()
    weight[~broken] *= (1 - BROKEN_SHARE) / weight[~broken].sum()
    return weight * len(rows)


def breaks(row: Row, guideline: str) -> bool:
    """Say whether an authored row breaks a guideline; abuse is the general kind of four others."""
    broken = set(row.extra["breaks"])
    return guideline in broken or (guideline == "abuse" and bool(broken & set(ABUSE)))


ABUSE = ("sexism", "racism", "homophobia", "xenophobia", "abuse")


def top(verdict: Verdict, guidelines: Sequence[str]) -> float:
    """Give the highest score among guidelines."""
    return max((verdict.scores[g] or 0.0) for g in guidelines)


def usable(text: str | None) -> bool:
    """Say whether a row holds a comment at all."""
    return bool(text and text.strip() and len(text) <= 20_000 and "\x00" not in text and any(c.isalnum() for c in text))


def constructive(bench: Bench, root: Path) -> Iterator[Figure]:
    """eval/c3: news comments readers found constructive and civil."""
    texts = [
        r["comment_text"]
        for r in table(root / "eval/c3/C3_anonymized.csv")
        if float(r["constructive"] or 0) >= 0.8
        and float(r["crowd_toxicity_level"] or 9) <= 1.2
        and usable(r["comment_text"])
    ]
    found = bench.plain(bench.sample(texts))
    yield share("constructive news comments rejected (c3)", [v.decision == "rejected" for v in found], "<= 0.5 %")
    yield share("constructive news comments left to a person (c3)", [v.decision == "pending" for v in found], "<= 6 %")
    for rule in bench.judge.guidelines.rules:
        flags = [rule.id in v.reasons for v in found]
        if any(flags):
            yield share(f"… of these for {rule.id}", flags)


def healthy(bench: Bench, root: Path) -> Iterator[Figure]:
    """eval/ucc: comments judged healthy, and hostile ones."""
    rows = [r for name in ("val.csv", "test.csv") for r in table(root / "eval/ucc" / name) if usable(r["comment"])]
    good = bench.sample([r["comment"] for r in rows if r["healthy"] == "1" and float(r["healthy:confidence"]) > 0.7])
    found = bench.plain(good)
    yield share("healthy comments rejected (ucc)", [v.decision == "rejected" for v in found], "<= 1 %")
    yield share("healthy comments left to a person (ucc)", [v.decision == "pending" for v in found])
    hostile = bench.plain(bench.sample([r["comment"] for r in rows if r["hostile"] == "1"]))
    yield share("hostile comments approved (ucc)", [v.decision == "approved" for v in hostile])


def authored_rows(rows: Sequence[Row]) -> list[tuple[Comment, list[Article]]]:
    """Give authored rows with their articles."""
    articles: dict[str, Article] = {}
    out = []
    for row in rows:
        if row.article not in articles:
            a = sources.json.loads((AUTHORED / "articles" / f"{row.article}.json").read_text(encoding="utf-8"))
            articles[row.article] = Article(a["text"], a["title"], a["id"])
        out.append((Comment(row.text, str(row.extra["id"]), row.parent), [articles[row.article]]))
    return out


def authored(bench: Bench, split_: Split) -> Iterator[Figure]:
    """training/authored, the articles set aside."""
    rows = [row for row in split_.held if row.source == "authored"]
    found = bench.verdicts(authored_rows(rows))
    broken = [set(row.extra["breaks"]) for row in rows]
    harm = [b - {"relevance"} for b in broken]
    yield share(
        "authored: broken rule approved",
        [v.decision == "approved" for v, b in zip(found, broken, strict=True) if b],
        "<= 6 %",
    )
    yield share(
        "authored: kept rules rejected",
        [v.decision == "rejected" for v, b in zip(found, broken, strict=True) if not b],
        "<= 2 %",
    )
    yield share(
        "authored: kept rules left to a person",
        [v.decision == "pending" for v, b in zip(found, broken, strict=True) if not b],
    )
    yield share(
        "authored: broken rule left to a person",
        [v.decision == "pending" for v, b in zip(found, broken, strict=True) if b],
    )
    yield share(
        "authored: right rule named (of those not approved)",
        [bool(set(v.reasons) & b) for v, b in zip(found, broken, strict=True) if b and v.decision != "approved"],
        ">= 88 %",
    )
    for rule in bench.judge.guidelines.rules:
        truth = [float(breaks(row, rule.id)) for row in rows]
        scores = [v.scores[rule.id] or 0.0 for v in found]
        if 0 < sum(truth) < len(truth):
            yield auc(f"authored: {rule.id}, AUC", truth, scores)
    yield auc(
        "authored: any rule but relevance, AUC",
        [float(bool(h)) for h in harm],
        [max(s or 0 for g, s in v.scores.items() if g != "relevance") for v in found],
    )


def disguised(bench: Bench, split_: Split, root: Path) -> Iterator[Figure]:
    """Authored bad rows disguised ten ways: recall lost against the same rows plain."""
    rows = [r for r in split_.held if r.source == "authored" and set(r.extra["breaks"]) - {"relevance", "promotion"}]
    rows = rows[:200] if bench.limit is None else rows[: min(200, bench.limit)]
    slips = misspellings(root)
    words = re.compile(r"[^\W\d_]{4,}")

    def every(slip: Callable[[str, random.Random], str], part: float) -> Callable[[str, random.Random], str]:
        return lambda text, rng: words.sub(lambda m: slip(m[0], rng) if rng.random() < part else m[0], text)

    manners: dict[str, Callable[[str, random.Random], str]] = {
        "leet": every(leet, 0.4),
        "look-alikes": every(look_alike, 0.4),
        "masked": every(mask, 0.25),
        "stretched": every(stretch, 0.4),
        "spaced out": every(space_out, 0.2),
        "split": every(split, 0.25),
        "upper case": lambda text, rng: text.upper(),
        "invisible": every(lambda w, rng: "\u200b".join(w), 0.5),
        "misspelled": every(lambda w, rng: rng.choice(slips.get(w.lower()) or [w]), 0.5),
        "wide letters": every(lambda w, rng: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in w), 0.5),
    }
    caught = [v.decision != "approved" for v in bench.plain([r.text for r in rows])]
    yield share("disguise: plain, not approved", caught)
    lost = []
    for name, manner in manners.items():
        rng = random.Random(7)
        found = [v.decision != "approved" for v in bench.plain([manner(r.text, rng) for r in rows])]
        yield share(f"disguise: {name}, not approved", found)
        lost.append(sum(caught) / len(caught) - sum(found) / len(found))
    yield Figure(
        "disguise: mean recall lost", float(np.mean(lost)), len(rows) * 10, min(lost), max(lost), "<= 3 points"
    )


def jigsaw(bench: Bench, split_: Split) -> Iterator[Figure]:
    """Jigsaw rows set aside: mean AUC over the six labels, on the labels themselves."""
    rows = [r for r in split_.held if r.source == "jigsaw" and usable(r.text)]
    encoder = bench.judge.encoder
    readings = [encoder.read(fold(r.text[:20_000]).text) for r in rows]
    areas = []
    for label in sources.JIGSAW_LABELS.values():
        truth = [r.labels[label] for r in rows]
        if sum(truth) >= 5:
            areas.append(roc_auc_score(truth, [x.labels[label] for x in readings]))
    yield Figure(
        f"Jigsaw, mean AUC over {len(areas)} labels",
        float(np.mean(areas)),
        len(rows),
        min(areas),
        max(areas),
        ">= 0.980",
    )


def insults(bench: Bench, root: Path) -> Iterator[Figure]:
    """eval/impermium: insults at somebody in the conversation."""
    rows = [
        r
        for name in ("train.csv", "test_with_solutions.csv", "impermium_verification_labels.csv")
        for r in table(root / "eval/impermium" / name)
        if r["Insult"] in ("0", "1")
    ]
    rows = bench.sample([r for r in rows if usable(r["Comment"])])
    texts = [r["Comment"].strip('"').replace("\\\\n", "\n").replace("\\n", "\n").replace("\\xa0", " ") for r in rows]
    rows = [r for r, t in zip(rows, texts, strict=True) if usable(t)]
    found = bench.plain([t for t in texts if usable(t)])
    yield auc(
        "insults (impermium), AUC",
        [float(r["Insult"]) for r in rows],
        [top(v, ("personal_attacks", "profanity", "abuse", "vulgarity")) for v in found],
        ">= 0.93",
    )


def hate(bench: Bench, root: Path) -> Iterator[Figure]:
    """eval/ethos: hate, not learned from."""
    lines = (root / "eval/ethos/ethos/ethos_data/Ethos_Dataset_Binary.csv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.rsplit(";", 1) for line in lines]
    pairs = bench.sample([(t, float(h) >= 0.5) for t, h in pairs if usable(t)])
    found = bench.plain([t for t, _ in pairs])
    harmful = ("threats", *ABUSE)
    marked = [any((v.scores[g] or 0) >= bench.middle[g] for g in harmful) for v in found]
    truth = np.array([h for _, h in pairs], float)
    yield resampled(
        "hate (ethos), F1 at the bands' middle",
        truth,
        np.array(marked, float),
        lambda t, m: float(f1_score(t, m)),
        ">= 0.80",
    )
    yield auc("hate (ethos), AUC", truth.tolist(), [top(v, harmful) for v in found])


def own_splits(bench: Bench, split_: Split) -> Iterator[Figure]:
    """The test splits that two training sources keep."""
    for source, guidelines, label, target in (
        ("edos", ("sexism",), "sexism", ">= 0.82"),
        ("dghs", ABUSE, "identity_attack", ">= 0.72"),
    ):
        rows = bench.sample([r for r in split_.held if r.source == source and usable(r.text)])
        found = bench.plain([r.text for r in rows])
        marked = [any((v.scores[g] or 0) >= bench.middle[g] for g in guidelines) for v in found]
        truth = [r.labels[label] >= 0.5 for r in rows]
        yield macro_f1(f"{source}, own test split, macro F1 at the bands' middle", truth, marked, target)
        yield auc(f"{source}, AUC", truth, [top(v, guidelines) for v in found])


def identity_words(bench: Bench, root: Path) -> Iterator[Figure]:
    """eval/unintended_bias: clean sentences with identity words."""
    rows = [r["Text"] for r in table(root / "eval/unintended_bias/bias_madlibs_77k.csv") if r["Label"] == "NOT_BAD"]
    rows = random.Random(3).sample(rows, min(6000, bench.limit or 6000))
    found = bench.plain(rows)
    yield share(
        "identity words in clean sentences rejected (madlibs)", [v.decision == "rejected" for v in found], "<= 1 %"
    )
    yield share("identity words in clean sentences not approved (madlibs)", [v.decision != "approved" for v in found])
    by_word: dict[str, list[bool]] = defaultdict(list)
    groups = [
        "gay",
        "lesbian",
        "transgender",
        "black",
        "white",
        "muslim",
        "jewish",
        "christian",
        "american",
        "mexican",
        "chinese",
        "blind",
        "deaf",
        "old",
        "female",
        "male",
    ]
    for text, v in zip(rows, found, strict=True):
        for word in groups:
            if re.search(rf"\b{word}\b", text, re.IGNORECASE):
                by_word[word].append(v.decision == "rejected")
    shares = {w: sum(f) / len(f) for w, f in by_word.items() if len(f) > 20}
    if shares:
        yield Figure(
            "largest difference between groups (madlibs)",
            max(shares.values()) - min(shares.values()),
            len(rows),
            0,
            0,
            "<= 1 point",
        )


def promotion(bench: Bench, split_: Split, root: Path) -> Iterator[Figure]:
    """Spam under a video that was left out, and under others."""
    left_out = [r for r in split_.held if r.source == "yt_spam" and usable(r.text)]
    extra = [
        Row(r["CONTENT"], {"promotion": float(r["TAG"])}, "extra")
        for path in sorted((root / "eval/yt_spam_extra").glob("*.csv"))
        for r in table(path)
        if usable(r["CONTENT"]) and r["TAG"] in ("0", "1")
    ]
    for name, rows in (("one video left out", left_out), ("other videos", extra)):
        found = bench.plain([r.text for r in rows])
        truth = [r.labels["promotion"] >= 0.5 for r in rows]
        scores = [v.scores["promotion"] or 0.0 for v in found]
        right = [(s >= bench.middle["promotion"]) == t for s, t in zip(scores, truth, strict=True)]
        yield share(f"promotion, {name}, accuracy", right, ">= 95 %" if rows is left_out else "")
        yield auc(f"promotion, {name}, AUC", truth, scores)


def marks(bench: Bench, root: Path) -> Iterator[Figure]:
    """Offending words: character F1 on the SemEval test rows of toxic_spans, as that task counts it."""
    encoder = bench.judge.encoder
    threshold = encoder.card["span_threshold"]
    scores = []
    for r in bench.sample(list(table(root / "train/toxic_spans/tsd_test.csv"))):
        truth = {int(i) for i in re.findall(r"\d+", r["spans"])}
        folded = fold(r["text"])
        reading = encoder.read(folded.text)
        marked: set[int] = set()
        last = None
        for i in np.flatnonzero(reading.words.max(1) >= threshold) if len(reading.offsets) else []:
            place = folded.span(*reading.offsets[i])
            start = last if last is not None and place.start - last <= 1 else place.start
            marked |= set(range(start, place.end))
            last = place.end
        both = len(marked & truth)
        scores.append(2 * both / (len(marked) + len(truth)) if marked or truth else 1.0)
    mean, half = float(np.mean(scores)), 1.96 * float(np.std(scores)) / np.sqrt(len(scores))
    yield Figure("offending words (SemEval), character F1", mean, len(scores), mean - half, mean + half, ">= 0.64")


def relevance(bench: Bench, root: Path) -> Iterator[Figure]:
    """eval/neutralnews: a comment with its own article against the same comment with another one."""
    csv.field_size_limit(10**9)
    stories = {
        r["id"]: Article(r["text"], r["title"], r["id"])
        for r in table(root / "eval/neutralnews/articles.csv")
        if r["text"].strip()
    }
    comments = [
        r
        for r in table(root / "eval/neutralnews/kept_comments.csv")
        if len(r["content"]) > 60 and usable(r["content"]) and r["submissionId"] in stories
    ]
    comments = bench.sample(comments)
    when = {r["id"]: float(r["created"]) for r in table(root / "eval/neutralnews/articles.csv")}
    ids = sorted(stories)
    encoder = bench.judge.encoder
    titles = np.stack([encoder.read(fold(stories[i].title).text).vector for i in ids])
    near = titles @ titles.T
    np.fill_diagonal(near, -1)
    place = {name: i for i, name in enumerate(ids)}
    days = np.array([when[i] for i in ids]) / 86400
    rng = random.Random(5)

    def other(kind: str, own: str) -> str:
        row = near[place[own]]
        if kind == "a random one":
            return rng.choice([i for i in (rng.choice(ids), rng.choice(ids)) if i != own])
        if kind == "the same week's most similar":
            row = np.where(np.abs(days - days[place[own]]) <= 7, row, -1)
        return ids[int(row.argmax())]

    def scores(names: Sequence[str]) -> list[float]:
        rows = [(Comment(c["content"]), [stories[n]]) for c, n in zip(comments, names, strict=True)]
        return [1 - (v.scores["relevance"] or 0.0) for v in bench.verdicts(rows)]

    own = scores([c["submissionId"] for c in comments])
    for kind, target in (
        ("a random one", ">= 0.90"),
        ("the most similar title", ">= 0.74"),
        ("the same week's most similar", ""),
    ):
        others = scores([other(kind, c["submissionId"]) for c in comments])
        yield auc(
            f"relevance: own article against {kind}, AUC", [1.0] * len(own) + [0.0] * len(own), own + others, target
        )
    rules = {r.id: r for r in bench.judge.guidelines.rules}
    yield share(
        "relevance: own article, left to a person as off topic",
        [1 - s >= rules["relevance"].approve_below for s in own],
    )


def calibration(bench: Bench, split_: Split) -> Iterator[Figure]:
    """Expected calibration error on the authored articles set aside, weighed to the share broken under news."""
    rows = [row for row in split_.held if row.source == "authored"]
    found = bench.verdicts(authored_rows(rows))
    weight = news_weights(rows)
    for guideline in GUIDELINE_LABELS:
        truth = np.array([breaks(row, guideline) for row in rows], float)
        scores = np.array([v.scores[guideline] or 0.0 for v in found])
        bins = np.minimum((scores * 10).astype(int), 9)
        error = (
            sum(
                weight[bins == b].sum()
                * abs(np.average(scores[bins == b] - truth[bins == b], weights=weight[bins == b]))
                for b in set(bins.tolist())
            )
            / weight.sum()
        )
        yield Figure(f"calibration error, {guideline}", float(error), len(rows), 0, 0, "<= 0.03")
