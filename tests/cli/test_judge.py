from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from word_judge import WordJudge

from belowline.cli import judge as command
from belowline.cli import main


@pytest.fixture(autouse=True)
def _word_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "Judge", WordJudge)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("The ferry is cancelled\n\nFrom March the last boat to the island will leave at five.\n")
    return path


def run(*args: str, stdin: str | bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, args, input=stdin)
    return result.exit_code, result.stdout, result.stderr


def test_a_rejection_says_what_why_and_by_which_words() -> None:
    code, out, _ = run("judge", "You are an idiot.")
    assert code == 0
    assert out.startswith("✗ Rejected\n")
    assert "You are an idiot." in out
    assert "No personal attacks  almost certain, 0.98" in out
    assert "classifier: a name for a person: “idiot”" in out
    assert "The relevance check did not look: there is no article." in out
    assert "Model words-1, guidelines" in out


def test_the_other_decisions() -> None:
    assert run("judge", "Well said.")[1].startswith("✓ Approved\n")
    assert run("judge", "What a dolt.")[1].startswith("? Left to a person\n")
    foreign = " ".join(run("judge", "Was für ein Spaß")[1].split())
    assert foreign.startswith("? Left to a person ")
    assert "The classifier check can't judge this comment: the model was not measured in this language (de)." in foreign


def test_a_pipe_gets_plain_text() -> None:
    out = run("judge", "You are an idiot.")[1]
    assert "\x1b" not in out
    assert not any(line.isspace() for line in out.splitlines())


def test_json_is_the_verdict(article: Path) -> None:
    code, out, _ = run("judge", "You idiot 😀", "--article", str(article), "--parent", "Who?", "--json")
    verdict = json.loads(out)
    assert code == 0
    assert verdict["decision"] == "rejected"
    assert verdict["reasons"] == ["personal_attacks"]
    assert verdict["findings"][0]["spans"] == [{"start": 4, "end": 9}]
    assert verdict["checks"][1] == {"name": "relevance", "state": "done"}


def test_standard_input_is_read_whole() -> None:
    assert "first line\n  second idiot" in run("judge", "-", stdin="first line\nsecond idiot\n")[1]


@pytest.mark.parametrize(
    ("text", "stdin", "error"),
    [
        ("", None, "comment_empty"),
        (" \n ", None, "comment_empty"),
        ("x" * 20_001, None, "comment_too_long"),
        ("-", b"x" * 2_000_000, "comment_too_long"),
        ("-", b"caf\xe9", "comment_not_text"),
        ("-", b"a\x00b", "comment_not_text"),
        ("-", b"", "comment_empty"),
    ],
)
def test_what_is_no_comment_is_refused(text: str, stdin: bytes | None, error: str) -> None:
    code, out, err = run("judge", text, stdin=stdin)
    assert (code, out) == (2, "")
    assert err.startswith("belowline: ")
    assert err.endswith(f"[{error}]\n")
    assert err.count("\n") == 1
    code, out, err = run("judge", text, "--json", stdin=stdin)
    assert (code, err) == (2, "")
    assert json.loads(out)["error"]["code"] == error


def test_articles_and_guidelines_that_cannot_be_used(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    house = tmp_path / "house"
    house.mkdir()
    (house / "profanity.toml").write_text("actoin = 'hold'\n")
    for args, error in (
        (("--article", str(tmp_path / "none.txt")), "article_missing"),
        (("--article", str(empty)), "article_empty"),
        (("--article", str(paper)), "article_not_text"),
        (("--guidelines", str(house)), "guideline_invalid"),
    ):
        code, _, err = run("judge", "hello", *args)
        assert code == 2
        assert f"[{error}]" in err


def test_a_title_needs_its_article(article: Path) -> None:
    assert run("judge", "hello", "--title", "Ferry")[0] == 2
    assert run("judge", "hello", "--title", "Ferry", "--article", str(article))[0] == 0


@pytest.mark.parametrize("control", ["\x1b[31m", "\x07", "\x9b31m", "\u202e", "\x7f"])
def test_a_comment_cannot_drive_the_terminal(control: str) -> None:
    out = run("judge", f"hello {control}there idiot")[1]
    assert control[0] not in out
    assert "“idiot”" in out
