"""A comment's text at the door: taken as it is or refused, never changed."""

from __future__ import annotations

from belowline.errors import CommentError
from belowline.normalise.fold import fold

LONGEST_COMMENT = 20_000


def accept(text: object, longest: int = LONGEST_COMMENT) -> str:
    """Give `text` back unchanged if it can be a comment of at most `longest` code points.

    Raises CommentError: `comment_not_text`, `comment_too_long`, `comment_empty`.
    """
    if not isinstance(text, str):
        raise CommentError(
            f"A comment has to be text, not {type(text).__name__}; send it as a string.", code="comment_not_text"
        )
    # Length comes first: nothing below should have to read a text of any size.
    if len(text) > longest:
        raise CommentError(
            f"The comment has {len(text):,} characters and {longest:,} are allowed; shorten it or send it in parts.",
            code="comment_too_long",
        )
    if "\x00" in text:
        raise CommentError("The comment contains a NUL character; send it without.", code="comment_not_text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CommentError(
            f"The comment contains half a character (a lone surrogate) at position {error.start}; send valid Unicode.",
            code="comment_not_text",
        ) from None
    if not fold(text).text.strip():
        raise CommentError("The comment has no visible characters; write something.", code="comment_empty")
    return text
