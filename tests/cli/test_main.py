from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from belowline.cli import main

TESTS = Path(__file__).parents[1]

# The real command line in a process of its own, with a judge that needs no model.
_PROGRAM = """
from functools import partial
from belowline.cli import main
from belowline.cli.demo import page
from belowline.scan import run
from word_judge import WordJudge

page.Judge = WordJudge
run.Judge = partial(WordJudge, slow=0.01)
if __name__ == "__main__":
    main(prog_name="belowline")
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    path = tmp_path / "program.py"
    path.write_text(_PROGRAM)
    return [sys.executable, str(path)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(TESTS), **more}


def test_the_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"belowline {version('belowline')}\n"


def test_the_commands_are_listed_in_order() -> None:
    out = CliRunner().invoke(main, ["--help"]).stdout
    places = [out.index(f"\n  {name} ") for name in ("judge", "scan", "evaluate", "guidelines", "demo")]
    assert places == sorted(places)


def test_a_reader_that_stops_early_sees_no_complaint(program: list[str]) -> None:
    process = subprocess.Popen(
        [*program, "demo", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert complaint == b""


def test_interrupting_a_scan_says_how_to_go_on(program: list[str], tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"text": "fine"}\n' * 200_000)
    process = subprocess.Popen(
        [*program, "scan", str(source), "--out", str(out), "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    for _ in range(6000):
        if out.exists() and out.stat().st_size:
            break
        time.sleep(0.01)
    # A terminal interrupts the whole group, workers too.
    os.killpg(process.pid, signal.SIGINT)
    printed, complaint = process.communicate()
    assert process.returncode == 130
    assert printed == b""
    assert complaint.decode().strip() == (
        f"Stopped; what was judged is kept. Go on with: belowline scan {source} --out {out} --resume"
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_the_signs_gets_others(program: list[str], encoding: str) -> None:
    result = subprocess.run(
        [*program, "demo"], capture_output=True, env=environment(PYTHONIOENCODING=encoding), check=False
    )
    assert result.returncode == 0
    assert result.stderr == b""
    assert b"? Rejected" in result.stdout


def test_no_color_leaves_no_colour(program: list[str]) -> None:
    coloured = environment(FORCE_COLOR="1", TERM="xterm-256color")
    coloured.pop("NO_COLOR", None)
    for variables, expected in ((coloured, True), ({**coloured, "NO_COLOR": "1"}, False)):
        out = subprocess.run([*program, "demo"], capture_output=True, env=variables, check=True).stdout.decode()
        assert ("\x1b[31m" in out or "\x1b[1;31m" in out) == expected
