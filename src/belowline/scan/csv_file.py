"""Rows of a CSV file with a heading, in UTF-8; cells may span lines."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from belowline.errors import InputError
from belowline.scan.lines import LONGEST_LINE, Lines, LineTooLong
from belowline.scan.row import Row

_BOM = "\ufeff"


class CsvRows:
    """The rows under a CSV file's heading.

    Quoting is read strictly and every row needs as many cells as the heading: a comment that lost its end to a
    stray quotation mark or comma would be judged by its beginning.
    """

    def __init__(self, lines: Lines, path: Path) -> None:
        # The csv module's own limit, 131,072, is below what a cell may hold before its row is reported.
        csv.field_size_limit(LONGEST_LINE)
        self._lines = _RowLines(lines)
        self.share_read = lines.share_read
        heading = self._lines.peek()
        if "\x00" in heading or not heading.strip():
            what = "is empty" if not heading else "is not a CSV file: it does not begin with a heading in UTF-8 text"
            raise InputError(f"{path} {what}.", code="input_unreadable")
        separator = max(",;\t", key=heading.count)
        self._reader = csv.reader(self._lines, delimiter=separator, strict=True)
        try:
            names = next(self._reader)
            "".join(names).encode()
        except (csv.Error, LineTooLong, UnicodeEncodeError) as error:
            reason = "not UTF-8 text" if isinstance(error, UnicodeEncodeError) else str(error)
            raise InputError(f"The heading of {path} can't be read: {reason}.", code="input_unreadable") from None
        self.columns: tuple[str, ...] | None = tuple(name.strip() for name in names)

    def __iter__(self) -> Iterator[Row]:
        """Give row after row; one that can't be read costs none of the lines after its first."""
        columns = self.columns or ()
        number = 0
        while True:
            self._lines.begin_row()
            problem = ""
            cells: list[str] = []
            try:
                cells = next(self._reader)
                "".join(cells).encode()
            except StopIteration:
                return
            except LineTooLong:
                problem = "it is longer than any row can be"
            except UnicodeEncodeError:
                problem = "it is not UTF-8 text"
            except csv.Error as error:
                self._lines.give_back()
                problem = str(error)
            else:
                if not cells:
                    continue
                if len(cells) != len(columns):
                    problem = f"it has {len(cells)} cells where the heading has {len(columns)}"
            number += 1
            if problem:
                yield Row(number, error=InputError(f"The row can't be read: {problem}.", code="row_unreadable"))
            else:
                yield Row(number, dict(zip(columns, cells, strict=True)))


class _RowLines:
    """Decoded lines that remember which of them the current row took, so that they can be read again."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._decode(next(self._lines))
        self._taken.append(line)
        return line

    def peek(self) -> str:
        """Give the first line without taking it, "" where there is none."""
        try:
            self._waiting.append(self._decode(next(self._lines)))
        except (StopIteration, LineTooLong):
            return ""
        return self._waiting[0]

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self._taken.clear()

    def give_back(self) -> None:
        """Have all lines of the current row but its first read again, as rows of their own."""
        self._waiting.extendleft(reversed(self._taken[1:]))

    def _decode(self, line: bytes) -> str:
        # Bytes that are no UTF-8 become lone surrogates, which the row they stand in can't be encoded with.
        text = line.decode("utf-8", "surrogateescape")
        return text.removeprefix(_BOM) if self._lines.number == 1 else text


@contextmanager
def open_csv(path: Path) -> Iterator[CsvRows]:
    """Open a CSV file. Raises InputError `input_unreadable` where it is binary, empty or has no readable heading."""
    with path.open("rb") as stream:
        yield CsvRows(Lines(stream, path.stat().st_size), path)
