from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from word_judge import WordJudge

from belowline.cli import main
from belowline.evaluation import run as evaluation_run


@pytest.fixture(autouse=True)
def _word_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_run, "Judge", WordJudge)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(
        "text,breaks\nyou idiot,personal_attacks\nfine,\na dolt,personal_attacks\nthe idiot's guide,\nx,no\n"
    )
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, args), "--workers", "1"])


def test_the_tables(rows: Path) -> None:
    result = run(rows)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    first = next(line for line in lines if line.startswith("personal_attacks"))
    assert " ".join(first.split()) == "personal_attacks 4 2 0.50 0.09–0.91 0.50 0.09–0.91 0.625"
    assert "1 row could not be used" in result.stdout
    assert "[label_unknown]" in result.stdout
    assert "…" not in result.stdout


def test_the_figures_as_json(rows: Path) -> None:
    found = json.loads(run(rows, "--json").stdout)
    assert found["guidelines"]["personal_attacks"]["recall"]["share"] == 0.5
    assert found["overall"]["rows"] == 4
    assert len(found["errors"]) == 1


def test_the_picture(rows: Path, tmp_path: Path) -> None:
    result = run(rows, "--plot", tmp_path / "a.png")
    assert result.exit_code == 0
    assert (tmp_path / "a.png").stat().st_size > 10_000


def test_mistakes(rows: Path, tmp_path: Path) -> None:
    assert "[input_missing]" in run(tmp_path / "none.csv").stderr
    assert "[column_missing]" in run(rows, "--labels-column", "labels").stderr
    assert run(rows, "--article", "x", "--article-column", "y").exit_code == 2
