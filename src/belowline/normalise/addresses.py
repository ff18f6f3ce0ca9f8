"""Links, e-mail addresses, file names and tags: what stands in them is a name and no disguise."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"://|^www\.|\S@[^\s@]+\.\w|^[\W_]*#\w|"
    r"\w\.(?:com|org|net|edu|gov|info|biz|io|co|uk|de|fr|es|it|nl|eu|us|ca|au|ru|ir|iq|krd|tr|tv|me|ly|be|gg|app|dev|"
    r"news|blog|shop|site|xyz|online|html?|php|pdf|txt|docx?|jpe?g|png|mp4)(?:[/?:#]|\W*$)",
    re.IGNORECASE,
)


def is_address(token: str) -> bool:
    """Say whether a token, which has no white space, is or contains an address, a file's name or a tag."""
    return _ADDRESS.search(token) is not None
