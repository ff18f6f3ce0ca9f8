"""One row of a file: its number and values, or why it can't be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from belowline.errors import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """A row's values by column; `number` counts rows of data from 1, the heading and empty lines left out."""

    number: int
    values: Mapping[str, object] = field(default_factory=dict)
    error: InputError | None = None

    def text(self, column: str) -> str:
        """Give the text in a column, "" where the cell is empty.

        Raises InputError: `column_missing` where the row has no such value, `value_invalid` where it is no text.
        """
        if column not in self.values:
            raise InputError(f"The row has no {column}.", code="column_missing")
        match self.values[column]:
            case str(text):
                return text
            case None:
                return ""
            case bytes(raw):
                try:
                    return raw.decode("utf-8")
                except UnicodeDecodeError:
                    raise InputError(f"The row's {column} is not UTF-8 text.", code="value_invalid") from None
            case other:
                kind = type(other).__name__
                raise InputError(f"The row's {column} has to be text, not {kind}.", code="value_invalid")


class Rows(Protocol):
    """The rows of one open file, in its order; `columns` is None where every row names its own."""

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Give the columns that every row has."""

    def __iter__(self) -> Iterator[Row]:
        """Give row after row, in constant memory. Raises InputError where the file can't be read any further."""

    def share_read(self) -> float:
        """Give how much of the file has been read, 0 to 1."""


def require_columns(rows: Rows, wanted: tuple[str, ...], source: object) -> None:
    """Refuse a file whose heading lacks a column. Raises InputError `column_missing`, naming those there are."""
    if rows.columns is None:
        return
    missing = [column for column in wanted if column not in rows.columns]
    if missing:
        raise InputError(
            f"{source} has no column {missing[0]}; it has {', '.join(rows.columns)}.",
            code="column_missing",
        )
