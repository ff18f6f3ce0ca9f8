"""Rows of a JSON Lines file: one JSON object a line, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from belowline.errors import InputError
from belowline.scan.lines import Lines, LineTooLong
from belowline.scan.row import Row


class JsonRows:
    """The rows of a JSON Lines file; each names its own columns."""

    columns: tuple[str, ...] | None = None

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.share_read = lines.share_read

    def __iter__(self) -> Iterator[Row]:
        """Give row after row; a line that is no JSON object is a row with an error."""
        number = 0
        while True:
            problem = ""
            value: object = None
            try:
                line = next(self._lines)
                if not line.strip():
                    continue
                value = json.loads(line.decode("utf-8-sig"))
            except StopIteration:
                return
            except LineTooLong:
                problem = "is longer than any row can be"
            except UnicodeDecodeError:
                problem = "is not UTF-8 text"
            except (ValueError, RecursionError) as error:
                problem = f"is not JSON ({error})"
            number += 1
            if not problem and not isinstance(value, dict):
                problem = "is not a JSON object {…}"
            if isinstance(value, dict) and not problem:
                yield Row(number, value)
            else:
                message = f"Line {self._lines.number} {problem}."
                yield Row(number, error=InputError(message, code="row_unreadable"))


@contextmanager
def open_json_lines(path: Path) -> Iterator[JsonRows]:
    """Open a JSON Lines file. Raises InputError `input_unreadable` where it begins as a binary file does."""
    with path.open("rb") as stream:
        if b"\x00" in stream.read(1024):
            raise InputError(f"{path} is not a JSON Lines file: it is binary.", code="input_unreadable")
        stream.seek(0)
        yield JsonRows(Lines(stream, path.stat().st_size))
