"""`belowline guidelines check` and `show`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from belowline.cli.guidelines import guidelines
from belowline.guidelines import load_guidelines


def run(*arguments: str) -> Result:
    return CliRunner().invoke(guidelines, arguments)


def test_the_defaults_are_fine() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.output == f"Fine: 11 guidelines in force, fingerprint {load_guidelines().fingerprint}.\n"


def test_check_says_what_a_folder_changes(tmp_path: Path) -> None:
    (tmp_path / "relevance.toml").write_text("enabled = false\n")
    (tmp_path / "profanity.toml").write_text('action = "hold"\n')
    (tmp_path / "spoilers.toml").write_text(
        'title = "No spoilers"\ntext = "x"\n[bands]\napprove_below = 0.2\nreject_from = 0.8\n'
        '[[terms]]\nwords = ["dies in the end"]\nscore = 0.9\n'
    )
    result = run("check", str(tmp_path))
    assert result.exit_code == 0
    assert result.output.splitlines()[1:] == ["Changed: profanity.", "Added: spoilers.", "Switched off: relevance."]
    answer = json.loads(run("check", str(tmp_path), "--json").output)
    assert (answer["mistakes"], answer["replaced"], answer["added"]) == ([], ["profanity"], ["spoilers"])


def test_check_reports_every_mistake_and_fails(tmp_path: Path) -> None:
    (tmp_path / "profanity.toml").write_text('tilte = "x"\naction = "maybe"\n')
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert len(lines) == 3
    assert "profanity.toml: tilte is not a known key; did you mean title?" in lines[0]
    assert "profanity.toml: action must be reject or hold, not maybe." in lines[1]
    assert lines[2] == "2 mistakes."
    answer = run("check", str(tmp_path), "--json")
    assert answer.exit_code == 1
    assert len(json.loads(answer.output)["mistakes"]) == 2


def test_show_prints_text_reads_and_bands_of_all() -> None:
    result = run("show")
    assert result.exit_code == 0
    for rule in load_guidelines().rules:
        assert rule.title in result.output
    assert "links and contact details" in result.output
    relevance = load_guidelines().by_id["relevance"]
    bands = f"Approved below {relevance.approve_below:g}, held for a person from {relevance.approve_below:g}."
    assert bands in " ".join(result.output.split())
    assert load_guidelines().fingerprint in result.output


def test_show_one_prints_its_examples() -> None:
    output = " ".join(run("show", "relevance").output.split())
    rule = load_guidelines().by_id["relevance"]
    for example in rule.breaks + rule.keeps:
        assert " ".join(example.text.split()) in output
    assert f"(in answer to: {rule.keeps[-1].parent})" in output


def test_show_as_json() -> None:
    answer = json.loads(run("show", "threats", "--json").output)
    assert answer["guidelines"] == load_guidelines().fingerprint
    assert [rule["id"] for rule in answer["rules"]] == ["threats"]
    assert answer["rules"][0]["labels"] == ["threat"]


def test_show_refuses_what_is_not_there(tmp_path: Path) -> None:
    result = run("show", "manners")
    assert result.exit_code == 1
    assert "There is no guideline manners; there are profanity, threats," in result.output
    result = run("show", "--guidelines", str(tmp_path / "gone"))
    assert result.exit_code == 1
    assert "does not exist" in result.output
