"""Where results go: a file by its ending, new, or begun by an earlier run of the same scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from belowline.errors import OutputError
from belowline.scan.json_output import JsonOutput
from belowline.scan.parquet_file import load_pyarrow
from belowline.scan.parquet_output import ParquetOutput
from belowline.scan.state import State, require_same, save

FORMATS: Mapping[str, type[JsonOutput] | type[ParquetOutput]] = {
    ".jsonl": JsonOutput,
    ".ndjson": JsonOutput,
    ".parquet": ParquetOutput,
}


class Output(Protocol):
    """A file of results that an interrupted scan can go on with."""

    def written(self) -> Iterator[Mapping[str, Any]]:
        """Give the results of an earlier run, in order."""

    def write(self, results: Sequence[Mapping[str, object]]) -> None:
        """Add results."""

    def finish(self) -> None:
        """Make the output whole once every row has its result."""


def check_output(path: Path, resume: bool) -> None:
    """Refuse, before any work, what can't be written.

    Raises OutputError: `format_unknown`, `output_exists`, `output_unwritable`; InputError `extra_missing`.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(FORMATS)
        raise OutputError(f"{path} has none of the endings results are written to ({known}).", code="format_unknown")
    if kind is ParquetOutput:
        load_pyarrow()
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist.")
    if not resume and kind.begun(path):
        raise OutputError(
            f"{path} has been begun already: go on with --resume, or name another --out.", code="output_exists"
        )


@contextmanager
def open_output(path: Path, state: State, scored: Sequence[str], resume: bool) -> Iterator[Output]:
    """Open an output that `check_output` found fine.

    Raises OutputError: `resume_mismatch` where it was begun with something else, `output_unwritable`.
    """
    kind = FORMATS[path.suffix.lower()]
    try:
        if resume and kind.begun(path):
            require_same(state, path)
        else:
            save(state, path)
        output = kind(path, scored)
        try:
            yield output
        finally:
            output.close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path} can't be written ({reason}); mend that and go on with --resume.") from None
