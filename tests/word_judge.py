"""A judge without a model: it knows one insult, and lets everything else pass."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from belowline.decide import decide
from belowline.guidelines import load_guidelines
from belowline.intake.article import clean_article
from belowline.intake.text import accept
from belowline.types import Article, CheckState, Comment, Finding, Guidelines, Span, Verdict


class WordJudge:
    """Rejects "idiot", leaves "dolt" to a person, approves the rest; `slow` seconds a comment."""

    model = "words-1"

    def __init__(self, guidelines: Path | Guidelines | None = None, slow: float = 0.0) -> None:
        self.guidelines = guidelines if isinstance(guidelines, Guidelines) else load_guidelines(guidelines)
        self.slow = slow

    def judge(self, comment: Comment | str, articles: Article | Sequence[Article] = ()) -> Verdict:
        comment = Comment(comment) if isinstance(comment, str) else comment
        text = accept(comment.text)
        if "crash the judge" in text:
            raise ZeroDivisionError
        for article in (articles,) if isinstance(articles, Article) else articles:
            clean_article(article)
        time.sleep(self.slow)
        found = tuple(
            Finding("personal_attacks", "classifier", score, (Span(at, at + len(word)),), "a name for a person")
            for word, score in (("idiot", 0.98), ("dolt", 0.5))
            if (at := text.find(word)) >= 0
        )
        scores: dict[str, float | None] = dict.fromkeys(self.guidelines.by_id, 0.01)
        scores["personal_attacks"] = max((f.score for f in found), default=0.01)
        scores["relevance"] = 0.02 if articles else None
        foreign = "ß" in text
        checks = (
            CheckState("classifier", "abstained", "the model was not measured in this language (de)")
            if foreign
            else CheckState("classifier", "done"),
            CheckState("relevance", "done") if articles else CheckState("relevance", "skipped", "there is no article"),
        )
        decision, reasons = decide(self.guidelines, scores, checks)
        return Verdict(
            comment.id,
            decision,
            reasons,
            scores,
            found,
            checks,
            "de" if foreign else "en",
            0.99,
            self.model,
            self.guidelines.fingerprint,
        )
