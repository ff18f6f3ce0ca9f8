from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from word_judge import WordJudge

from belowline.cli import main
from belowline.scan import run as scan_run


@pytest.fixture(autouse=True)
def _word_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_run, "Judge", WordJudge)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text("nr,body\n1,you idiot\n2,fine\n3,a dolt\n4, \n")
    return path


def run(*args: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["scan", *map(str, args), "--workers", "1"], input=stdin)


def test_a_scan_ends_with_its_summary(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run(rows, "--out", out, "--text-column", "body", "--id-column", "nr")
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["1", "2", "3", "4"]
    for line in ("✓ Approved", "✗ Rejected", "? Left to a person", "! Could not be judged"):
        assert any(row.startswith(line) and row.rstrip().endswith("25.0%") for row in result.stdout.splitlines())
    assert "row 4: The comment has no visible characters; write something. [comment_empty]" in result.stdout
    assert "4 rows; " in result.stdout
    assert result.stderr == ""


def test_the_summary_as_json_and_a_resumed_scan(rows: Path, tmp_path: Path) -> None:
    args = (rows, "--out", tmp_path / "out.jsonl", "--text-column", "body", "--json")
    first = json.loads(run(*args).stdout)
    assert (first["rows"], first["approved"], first["rejected_for"]) == (4, 1, {"personal_attacks": 1})
    again = run(*args)
    assert again.exit_code == 2
    assert json.loads(again.stdout)["error"]["code"] == "output_exists"
    assert json.loads(run(*args, "--resume").stdout)["resumed"] == 4


def test_standard_input_is_json_lines(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("-", "--out", out, stdin='{"text": "you idiot"}\n{"text": "fine"}\n')
    assert result.exit_code == 0
    assert len(out.read_text().splitlines()) == 2
    assert "[resume_mismatch]" in run("-", "--out", out, "--resume", stdin="").stderr


def test_one_article_for_all(rows: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The ferry is cancelled\n\nFrom March the last boat will leave at five.\n")
    result = run(rows, "--out", tmp_path / "out.jsonl", "--text-column", "body", "--article", article)
    assert result.exit_code == 0
    assert '{"name": "relevance", "state": "done"}' in (tmp_path / "out.jsonl").read_text()
    assert run(rows, "--out", tmp_path / "o.jsonl", "--article", article, "--article-column", "x").exit_code == 2


def test_mistakes_are_one_line(rows: Path, tmp_path: Path) -> None:
    for args, code in (
        ((tmp_path / "none.csv", "--out", tmp_path / "out.jsonl"), "input_missing"),
        ((rows, "--out", tmp_path / "out.jsonl"), "column_missing"),
        ((rows, "--out", tmp_path / "out.txt"), "format_unknown"),
    ):
        result = run(*args)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert result.stderr.endswith(f"[{code}]\n")
        assert not (tmp_path / "out.jsonl").exists()
