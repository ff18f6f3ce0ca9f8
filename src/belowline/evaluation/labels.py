"""What people say of a row: which guidelines it breaks, which it keeps, and which they did not look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from belowline.errors import InputError
from belowline.scan.row import Row, Rows

_YES_NO: Mapping[object, bool] = {"0": False, "1": True, "false": False, "true": True, "no": False, "yes": True}


def read_labels(row: Row, column: str, guidelines: Collection[str]) -> dict[str, bool]:
    """Give for each guideline that was labelled whether the row breaks it.

    Either `column` lists those broken (a list, or ids between semicolons) and all others are kept, or the row has a
    column of 0 and 1 for each guideline, empty where nobody looked.
    Raises InputError: `column_missing` where there is neither, `label_unknown`.
    """
    if column in row.values:
        broken = _listed(row, column)
        for name in broken:
            if name not in guidelines:
                known = ", ".join(guidelines)
                raise _unknown(f"{column} names {name}, which is no guideline; there are {known}")
        return {name: name in broken for name in guidelines}
    named = [name for name in guidelines if name in row.values]
    if not named:
        raise InputError(f"The row has neither {column} nor a column named for a guideline.", code="column_missing")
    return {name: _yes(row, name) for name in named if row.values[name] not in (None, "")}


def require_labels(rows: Rows, column: str, guidelines: Collection[str], source: object) -> None:
    """Refuse a file without labels. Raises InputError `column_missing`."""
    if rows.columns is not None and column not in rows.columns and not set(rows.columns) & set(guidelines):
        raise InputError(
            f"{source} has neither a column {column} nor one named for a guideline; it has {', '.join(rows.columns)}.",
            code="column_missing",
        )


def _listed(row: Row, column: str) -> list[str]:
    match row.values[column]:
        case None:
            return []
        case str(text):
            names: Sequence[object] = text.split(";")
        case list(names):
            pass
        case _:
            raise _unknown(f"{column} has to be a list, or ids between semicolons")
    return [name for name in (str(name).strip() for name in names) if name]


def _yes(row: Row, column: str) -> bool:
    value = row.values[column]
    if isinstance(value, bool):
        return value
    plain = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip().lower()
    if plain not in _YES_NO:
        raise _unknown(f"{column} has to be 0 or 1, not {value}")
    return _YES_NO[plain]


def _unknown(reason: str) -> InputError:
    return InputError(f"{reason}.", code="label_unknown")
