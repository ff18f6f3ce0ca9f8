"""Everything Belowline refuses, each with a stable code; the message says what was wrong and what to do."""

from __future__ import annotations


class BelowlineError(Exception):
    """The caller gave something that can't be used; `code` never changes, `message` is for people."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class CommentError(BelowlineError):
    """A comment can't be taken: `comment_empty`, `comment_too_long`, `comment_not_text`."""

    code = "comment_refused"


class ArticleError(BelowlineError):
    """An article can't be read: `article_empty`, `article_not_text`, `article_too_long`."""

    code = "article_refused"


class GuidelineError(BelowlineError):
    """A guideline file is wrong; the message names file, key and reason: `guideline_invalid`."""

    code = "guideline_invalid"


class InputError(BelowlineError):
    """A file of rows can't be read: `input_missing`, `input_unreadable`, `column_missing`, `format_unknown`."""

    code = "input_unreadable"


class ModelError(BelowlineError):
    """The model's files are missing or are not the ones its card names: `model_invalid`."""

    code = "model_invalid"


class OutputError(BelowlineError):
    """Results can't be written: `output_exists`, `output_unwritable`, `resume_mismatch`, `format_unknown`."""

    code = "output_unwritable"
