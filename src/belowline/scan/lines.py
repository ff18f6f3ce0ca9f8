"""The lines of a file, none of which can fill the memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

# Fifty times the longest comment; a line beyond it is no row of comments.
LONGEST_LINE = 4_000_000


class LineTooLong(Exception):
    """A line is longer than any row can be; it has been passed over and reading can go on."""


class Lines:
    """Lines of bytes with a limit to their length, and how far reading has come.

    `number` is that of the line last given, from 1. `size` is the stream's length in bytes, 0 where unknown.
    """

    def __init__(self, stream: BinaryIO, size: int = 0, longest: int = LONGEST_LINE) -> None:
        self.number = 0
        self._stream = stream
        self._size = size
        self._longest = longest
        self._read = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        line = self._take()
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) < self._longest or line.endswith(b"\n"):
            return line
        while (more := self._take()) and not more.endswith(b"\n"):
            pass
        raise LineTooLong

    def share_read(self) -> float:
        """Give how much of the stream has been read, 0 to 1."""
        return min(1.0, self._read / self._size) if self._size else 0.0

    def _take(self) -> bytes:
        line = self._stream.readline(self._longest)
        self._read += len(line)
        return line
