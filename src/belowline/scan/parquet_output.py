"""Results as Parquet: parts in a folder while the scan runs, joined into one file at its end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from belowline.scan.parquet_file import load_pyarrow

# Rows in a part; those of an unfinished part are judged again after a kill.
PART = 2048
# Parts in one row group of the joined file.
_GROUP = 16


class ParquetOutput:
    """A Parquet file that stands there whole or not at all; `OUT.parts/` holds what has been judged so far."""

    def __init__(self, path: Path, scored: Sequence[str]) -> None:
        self._path = path
        self._parquet = load_pyarrow()
        self._schema = _schema(scored)
        self._folder = _parts_folder(path)
        self._buffer: list[Mapping[str, object]] = []
        if not path.exists():
            self._folder.mkdir(exist_ok=True)

    @staticmethod
    def begun(path: Path) -> bool:
        """Say whether an earlier scan has written here."""
        return path.exists() or _parts_folder(path).exists()

    def written(self) -> Iterator[Mapping[str, Any]]:
        """Give the results of an earlier run, in order."""
        for path in [self._path] if self._path.exists() else self._parts():
            with self._parquet.ParquetFile(path) as file:
                for batch in file.iter_batches():
                    yield from batch.to_pylist()

    def write(self, results: Sequence[Mapping[str, object]]) -> None:
        """Add results; every 2,048 become a part."""
        self._buffer += results
        while len(self._buffer) >= PART:
            self._write_part(self._buffer[:PART])
            del self._buffer[:PART]

    def finish(self) -> None:
        """Join the parts into the output and remove them."""
        if not self._path.exists():
            if self._buffer:
                self._write_part(self._buffer)
                self._buffer = []
            self._join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """Leave the parts for a later run; rows of an unfinished part are judged again."""

    def _parts(self) -> list[Path]:
        """Give the parts in order, each of which was moved into place whole."""
        named = (self._folder / f"part-{number:07}.parquet" for number in count())
        parts = []
        for path in named:
            if not path.exists():
                break
            parts.append(path)
        return parts

    def _write_part(self, rows: Sequence[Mapping[str, object]]) -> None:
        path = self._folder / f"part-{len(self._parts()):07}.parquet"
        unfinished = path.with_suffix(".tmp")
        self._parquet.write_table(self._table(rows), unfinished)
        unfinished.replace(path)

    def _table(self, rows: Sequence[Mapping[str, object]]) -> Any:
        import pyarrow  # noqa: PLC0415 - an extra, absent from most installations

        # Parquet holds no lone surrogates.
        named = [{**row, "id": str(row["id"]).encode("utf-8", "backslashreplace").decode()} for row in rows]
        return pyarrow.Table.from_pylist(named, schema=self._schema)

    def _join(self) -> None:
        import pyarrow  # noqa: PLC0415 - an extra, absent from most installations

        unfinished = self._folder / "joined.tmp"
        parts = self._parts()
        with self._parquet.ParquetWriter(unfinished, self._schema) as writer:
            for at in range(0, len(parts), _GROUP):
                tables = [self._parquet.read_table(part) for part in parts[at : at + _GROUP]]
                writer.write_table(pyarrow.concat_tables(tables))
        unfinished.replace(self._path)


def _parts_folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.parts")


def _schema(scored: Sequence[str]) -> Any:
    """Give a verdict's one shape in Parquet's words, with the row and the error of rows that have no verdict."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, absent from most installations

    text, real = pa.string(), pa.float64()
    span = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    finding = [("guideline", text), ("check", text), ("score", real), ("spans", pa.list_(span)), ("note", text)]
    return pa.schema(
        [
            ("id", text),
            ("row", pa.int64()),
            ("decision", text),
            ("reasons", pa.list_(text)),
            ("scores", pa.struct([(name, real) for name in scored])),
            ("findings", pa.list_(pa.struct(finding))),
            ("checks", pa.list_(pa.struct([("name", text), ("state", text), ("reason", text)]))),
            ("language", text),
            ("language_confidence", real),
            ("model", text),
            ("guidelines", text),
            ("error", pa.struct([("code", text), ("message", text)])),
        ]
    )
