"""Results as JSON Lines, added row by row; a killed scan leaves whole lines and at most one torn one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_BLOCK = 1 << 20


class JsonOutput:
    """A JSON Lines file that grows. A line counts as written once its newline is."""

    def __init__(self, path: Path, scored: Sequence[str]) -> None:
        del scored  # each line names its own
        _cut_torn_line(path)
        self._path = path
        self._stream = path.open("ab")

    @staticmethod
    def begun(path: Path) -> bool:
        """Say whether an earlier scan has written here."""
        return path.exists()

    def written(self) -> Iterator[Mapping[str, Any]]:
        """Give the results of an earlier run, in order."""
        with self._path.open("rb") as stream:
            for line in stream:
                yield json.loads(line)

    def write(self, results: Sequence[Mapping[str, object]]) -> None:
        """Add results and hand them to the operating system, so that a killed process loses none."""
        # A lone surrogate in an id becomes the escape that JSON has for it.
        lines = (json.dumps(result, ensure_ascii=False).encode("utf-8", "backslashreplace") for result in results)
        self._stream.write(b"".join(line + b"\n" for line in lines))
        self._stream.flush()

    def finish(self) -> None:
        """Nothing is left to do: what was written is the output."""

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("r+b") as stream:
        end = stream.seek(0, 2)
        while end > 0:
            start = max(0, end - _BLOCK)
            stream.seek(start)
            newline = stream.read(end - start).rfind(b"\n")
            if newline >= 0:
                stream.truncate(start + newline + 1)
                return
            end = start
        stream.truncate(0)
