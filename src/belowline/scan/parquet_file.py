"""Rows of a Parquet file; needs the extra `belowline[parquet]`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from belowline.errors import InputError
from belowline.scan.row import Row

# Rows held at a time.
_BATCH = 1024


def load_pyarrow() -> ModuleType:
    """Give pyarrow's Parquet module. Raises InputError `extra_missing`, saying what to install."""
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an extra, absent from most installations
    except ImportError:
        raise InputError(
            "Reading and writing Parquet needs pyarrow: pip install 'belowline[parquet]'.", code="extra_missing"
        ) from None
    module: ModuleType = parquet
    return module


class ParquetRows:
    """The rows of a Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        parquet = load_pyarrow()
        try:
            self._file = parquet.ParquetFile(path)
        except (OSError, ValueError, RuntimeError) as error:
            raise self._unreadable(error) from None
        self._total: int = self._file.metadata.num_rows
        self.columns: tuple[str, ...] | None = tuple(self._file.schema_arrow.names)

    def __iter__(self) -> Iterator[Row]:
        """Give row after row; text that is no UTF-8 spoils its own row alone."""
        batches = self._file.iter_batches(batch_size=_BATCH)
        while True:
            try:
                batch = next(batches, None)
            except (OSError, ValueError, RuntimeError) as error:
                raise self._unreadable(error) from None
            if batch is None:
                return
            for at in range(batch.num_rows):
                self._read += 1
                try:
                    yield Row(self._read, batch.slice(at, 1).to_pylist()[0])
                except UnicodeDecodeError:
                    message = "The row can't be read: it is not UTF-8 text."
                    yield Row(self._read, error=InputError(message, code="row_unreadable"))

    def share_read(self) -> float:
        """Give how much of the file has been read, 0 to 1."""
        return self._read / self._total if self._total else 0.0

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _unreadable(self, error: Exception) -> InputError:
        where = f" beyond row {self._read}" if self._read else ""
        reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        return InputError(f"{self._path} can't be read as Parquet{where}: {reason}.", code="input_unreadable")


@contextmanager
def open_parquet(path: Path) -> Iterator[ParquetRows]:
    """Open a Parquet file. Raises InputError: `extra_missing`, `input_unreadable` where it is damaged."""
    rows = ParquetRows(path)
    try:
        yield rows
    finally:
        rows.close()
