from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from word_judge import WordJudge

from belowline.cli import main
from belowline.cli.demo import page


@pytest.fixture
def _word_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "Judge", WordJudge)


@pytest.mark.usefixtures("_word_judge")
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_fits_the_terminal(width: int) -> None:
    result = CliRunner().invoke(main, ["demo"], env={"COLUMNS": str(width)})
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(map(cell_len, lines)) <= min(width, 100)
    assert "Island of Stennick loses its evening ferry" in lines
    assert sum(line.startswith("▌ ") and line.rstrip().endswith("✗ Rejected") for line in lines) == 1
    assert "18 comments in" in result.stdout


def test_answers_know_what_they_answer() -> None:
    article, samples = page.read_page(page.FOLDER)
    assert article.title == "Island of Stennick loses its evening ferry"
    answering = [sample for sample in samples if sample.answers]
    assert answering
    assert all(sample.comment.parent for sample in answering)
    assert answering[0].comment.parent.startswith("Eleven on average")  # type: ignore[union-attr]


@pytest.mark.usefixtures("_word_judge")
def test_the_verdicts_as_json_lines() -> None:
    result = CliRunner().invoke(main, ["demo", "--json"])
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [verdict["id"] for verdict in verdicts] == [str(n) for n in range(1, 19)]


def test_the_page_shows_what_the_shipped_model_is_for() -> None:
    result = CliRunner().invoke(main, ["demo", "--json"])
    decisions = [json.loads(line)["decision"] for line in result.stdout.splitlines()]
    _, samples = page.read_page(page.FOLDER)
    welcome = {"Marit", "Old Pilot", "Jonas K.", "Rosalind", "Priya", "Tormod", "Ines"}
    doubted = []
    for sample, decision in zip(samples, decisions, strict=True):
        if sample.name in welcome:
            assert decision != "rejected", sample.comment.text
            doubted += [sample.name] * (decision != "approved")
        else:
            assert decision != "approved", sample.comment.text
    assert len(doubted) <= 1
    assert decisions.count("rejected") >= 4
