from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belowline.errors import InputError
from belowline.scan.lines import LONGEST_LINE, Lines
from belowline.scan.row import Row, require_columns
from belowline.scan.source import open_rows


def read(path: Path) -> list[Row]:
    with open_rows(path) as rows:
        return list(rows)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def codes(rows: list[Row]) -> list[str | None]:
    return [row.error.code if row.error else None for row in rows]


def test_csv_cells_keep_line_breaks_commas_and_quotes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\r\n1,"two\nlines, ""quoted"""\r\n\r\n2,plain\r\n')
    assert read(path) == [
        Row(1, {"id": "1", "text": 'two\nlines, "quoted"'}),
        Row(2, {"id": "2", "text": "plain"}),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_separators_are_told_by_the_heading(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path / "a.csv", f"id{separator}text\n7{separator}hello\n")
    assert read(path)[0].values == {"id": "7", "text": "hello"}


def test_csv_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b'\xef\xbb\xbf"text",id\nhi,1\n')
    assert read(path)[0].values == {"text": "hi", "id": "1"}


def test_csv_row_with_a_comma_too_many_is_not_judged_by_its_beginning(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,text\n1,You are right, you idiot\n2,fine\n3\n4,fine\n")
    rows = read(path)
    assert codes(rows) == ["row_unreadable", None, "row_unreadable", None]
    assert "3 cells where the heading has 2" in rows[0].error.message  # type: ignore[union-attr]


def test_csv_stray_quotation_mark_costs_only_its_own_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,"never closed\n2,fine\n3,fine\n4,"closed" badly\n5,fine\n')
    rows = read(path)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert codes(rows) == ["row_unreadable", None, None, "row_unreadable", None]


def test_csv_bytes_that_are_no_utf8_spoil_one_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b"id,text\n1,caf\xe9\n2,caf\xc3\xa9\n")
    rows = read(path)
    assert codes(rows) == ["row_unreadable", None]
    assert rows[1].text("text") == "café"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 500, b"PK\x03\x04\x00\x00\x00", "id,text\n".encode("utf-16"), b'"never closed', b"t\xe9xt\nhi\n"],
    ids=["empty", "NUL", "zip", "utf-16", "torn heading", "latin-1 heading"],
)
def test_what_is_no_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as caught, open_rows(write(tmp_path / "a.csv", content)):
        pass
    assert caught.value.code == "input_unreadable"
    assert str(tmp_path) in caught.value.message


def test_a_line_of_any_length_is_one_row_with_an_error(tmp_path: Path) -> None:
    long = "x" * (LONGEST_LINE * 2)
    table = write(tmp_path / "a.csv", f"id,text\n1,{long}\n2,fine\n")
    lines = write(tmp_path / "a.jsonl", f'{{"text": "{long}"}}\n{{"text": "fine"}}\n')
    for path in (table, lines):
        rows = read(path)
        assert codes(rows) == ["row_unreadable", None]
        assert rows[1].text("text") == "fine"


def test_json_lines_that_are_no_objects_are_reported_by_line(tmp_path: Path) -> None:
    deep = "[" * 100_000
    content = f'{{"text": "a"}}\n\n{{"text": \n[1]\n"x"\n{deep}\n{{"text": "b"}}'
    rows = read(write(tmp_path / "a.jsonl", content))
    assert codes(rows) == [None, *["row_unreadable"] * 4, None]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert "Line 3 is not JSON" in rows[1].error.message  # type: ignore[union-attr]


def test_json_lines_that_are_no_utf8_spoil_one_row(tmp_path: Path) -> None:
    rows = read(write(tmp_path / "a.jsonl", b'{"text": "\xff"}\n{"text": "b"}\n'))
    assert codes(rows) == ["row_unreadable", None]


def test_parquet_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"id": [1, 2, 3], "text": ["a", None, "c"]})
    pyarrow.parquet.write_table(table, path)
    rows = read(path)
    assert [row.values for row in rows] == table.to_pylist()
    assert rows[1].text("text") == ""


def test_parquet_text_that_is_no_utf8_spoils_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    raw = pyarrow.array([b"fine", b"caf\xe9", b"fine"], pyarrow.binary())
    pyarrow.parquet.write_table(pyarrow.table({"text": raw.cast(pyarrow.string(), safe=False)}), path)
    assert codes(read(path)) == [None, "row_unreadable", None]


def test_truncated_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a"] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError) as caught, open_rows(path):
        pass
    assert caught.value.code == "input_unreadable"


def test_without_pyarrow_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'belowline\[parquet\]'") as caught:
        open_rows(write(tmp_path / "a.parquet", b"PAR1")).__enter__()
    assert caught.value.code == "extra_missing"


def test_missing_files_and_unknown_endings(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "none.csv", "input_missing"),
        (tmp_path, "input_missing"),
        (write(tmp_path / "a.xlsx", "x"), "format_unknown"),
    ):
        with pytest.raises(InputError) as caught:
            open_rows(path)
        assert caught.value.code == code


def test_a_missing_column_names_those_there_are(tmp_path: Path) -> None:
    with open_rows(write(tmp_path / "a.csv", "id,body\n1,x\n")) as rows:
        with pytest.raises(InputError, match="no column text; it has id, body") as caught:
            require_columns(rows, ("text",), "a.csv")
        assert caught.value.code == "column_missing"


@pytest.mark.parametrize(
    ("value", "code"), [(5, "value_invalid"), (["a"], "value_invalid"), (b"\xff", "value_invalid")]
)
def test_values_that_are_no_text_are_refused(value: object, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Row(1, {"text": value}).text("text")
    assert caught.value.code == code


def test_share_read_grows_to_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "a"}\n' * 10)
    with open_rows(path) as rows:
        shares = [rows.share_read() for _ in rows]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), max_size=5))
def test_any_text_comes_back_from_json_lines(tmp_path: Path, texts: list[str]) -> None:
    path = write(tmp_path / "a.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in texts))
    assert [row.text("text") for row in read(path)] == texts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_crash_the_readers(tmp_path: Path, content: bytes) -> None:
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        try:
            rows = read(write(tmp_path / name, content))
        except InputError as error:
            assert error.code == "input_unreadable"
        else:
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))


def test_lines_pass_over_what_is_too_long() -> None:
    from io import BytesIO

    from belowline.scan.lines import LineTooLong

    lines = Lines(BytesIO(b"short\n" + b"x" * 95 + b"\nend"), longest=10)
    assert next(lines) == b"short\n"
    with pytest.raises(LineTooLong):
        next(lines)
    assert list(lines) == [b"end"]
