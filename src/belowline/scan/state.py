"""What a scan was begun with, kept beside its output, so that only the same scan can go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from belowline.errors import OutputError
from belowline.types import Article

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class State:
    """Everything that decides what a scan's output holds; two scans with the same state write the same."""

    model: str
    guidelines: str
    input: str
    article: str
    columns: str


def state_path(out: Path) -> Path:
    """Give where the state of the scan that writes `out` is kept."""
    return out.with_name(f"{out.name}.state.json")


def save(state: State, out: Path) -> None:
    """Keep a state beside its output, whole or not at all."""
    path = state_path(out)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(asdict(state), indent=2) + "\n", encoding="utf-8")
    unfinished.replace(path)


def require_same(state: State, out: Path) -> None:
    """Refuse to go on with a scan that was begun with something else. Raises OutputError `resume_mismatch`."""
    path = state_path(out)
    try:
        begun = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise OutputError(
            f"{path} can't be read, so nobody knows what {out} was begun with; begin again with another --out.",
            code="resume_mismatch",
        ) from None
    changed = [name for name, value in asdict(state).items() if not isinstance(begun, dict) or begun.get(name) != value]
    if changed:
        raise OutputError(
            f"{out} was begun with another {' and '.join(changed)}; begin again with another --out.",
            code="resume_mismatch",
        )


def fingerprint_file(path: Path) -> str:
    """Sum up a file of any size by its length, first and last MiB."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        digest = hashlib.sha256(stream.read(_MIB))
        stream.seek(max(0, size - _MIB))
        digest.update(stream.read(_MIB))
    return f"{size} bytes, {digest.hexdigest()[:16]}"


def fingerprint_articles(articles: Sequence[Article]) -> str:
    """Sum up the articles all rows are judged under."""
    texts = [[article.title, article.text] for article in articles]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16] if texts else "none"
