"""HTML entities that a page or an archive left in a comment."""

from __future__ import annotations

import html
import re
from html.entities import html5

from belowline.normalise.copy import Edit

# `&amp;amp;lt;` is an entity that was escaped twice; all its layers come off at once.
_ENTITY = re.compile(r"&(?:amp;|#38;|#[xX]26;)*(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")


def find(text: str) -> list[Edit]:
    """Find entities with their closing semicolon; a bare `&` or `&copy=2` in a link is none."""
    if "&" not in text or ";" not in text:
        return []
    edits: list[Edit] = []
    for match in _ENTITY.finditer(text):
        name = match[1]
        if name is None or (name[0] != "#" and f"{name};" not in html5):
            # Only the layers, if any, are entities; what follows them stays as it is.
            layers = match.end(0) if name is None else match.start(1)
            plain, end = "&", layers
        else:
            plain, end = html.unescape(f"&{name};"), match.end()
        if end - match.start() > 1:
            edits.append(Edit(match.start(), end, plain, "entity"))
    return edits
