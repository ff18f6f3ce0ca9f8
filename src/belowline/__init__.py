"""Belowline judges readers' comments against a publisher's guidelines and the article, before they appear."""

from belowline.types import Article, Comment, Finding, Span, Verdict

__all__ = ["Article", "Comment", "Finding", "Span", "Verdict"]
