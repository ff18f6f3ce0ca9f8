"""Belowline judges readers' comments against a publisher's guidelines and the article, before they appear."""

from belowline.guidelines import load_guidelines
from belowline.judge import Judge
from belowline.types import Article, Comment, Finding, Span, Verdict

__all__ = ["Article", "Comment", "Finding", "Judge", "Span", "Verdict", "load_guidelines"]
