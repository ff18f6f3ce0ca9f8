"""Where rows come from: a file by its ending, or JSON Lines on standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from belowline.errors import InputError
from belowline.scan.csv_file import open_csv
from belowline.scan.json_lines import JsonRows, open_json_lines
from belowline.scan.lines import Lines
from belowline.scan.parquet_file import open_parquet
from belowline.scan.row import Rows

STANDARD_INPUT = Path("-")
FORMATS: Mapping[str, Callable[[Path], AbstractContextManager[Rows]]] = {
    ".csv": open_csv,
    ".jsonl": open_json_lines,
    ".ndjson": open_json_lines,
    ".parquet": open_parquet,
}


def open_rows(path: Path) -> AbstractContextManager[Rows]:
    """Open a file of rows, or JSON Lines on standard input where the path is `-`.

    Raises InputError: `input_missing`, `format_unknown`, and what the format's own reader raises.
    """
    if path == STANDARD_INPUT:
        return _standard_input()
    if not path.is_file():
        what = "is a folder, not a file" if path.is_dir() else "does not exist"
        raise InputError(f"{path} {what}.", code="input_missing")
    if not os.access(path, os.R_OK):
        raise InputError(f"{path} may not be read by this user.", code="input_unreadable")
    opener = FORMATS.get(path.suffix.lower())
    if opener is None:
        known = ", ".join(FORMATS)
        raise InputError(f"{path} has none of the endings rows are read from ({known}).", code="format_unknown")
    return opener(path)


@contextmanager
def _standard_input() -> Iterator[Rows]:
    yield JsonRows(Lines(sys.stdin.buffer))
