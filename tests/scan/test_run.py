from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from word_judge import WordJudge

from belowline.errors import ArticleError, BelowlineError, InputError, OutputError
from belowline.scan.parquet_output import PART
from belowline.scan.run import Columns, Summary, scan
from belowline.types import Article

TESTS = Path(__file__).parents[1]


def write_jsonl(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def many(path: Path, count: int) -> Path:
    texts = ("you idiot", "a dolt perhaps", "well said", "", "thanks for this")
    return write_jsonl(path, [{"id": f"c{n}", "text": texts[n % 5]} for n in range(count)])


def results(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
        return rows
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


run = partial(scan, make_judge=WordJudge, workers=1)


def test_every_row_has_its_result_in_order(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerows(
            [["id", "text"], ["a", "you idiot"], ["b", "  "], ["c", "well\nsaid"], ["d", "x" * 30_000], ["e", "dolt"]]
        )
    summary = run(path, tmp_path / "out.jsonl")
    found = results(tmp_path / "out.jsonl")
    assert [row["id"] for row in found] == ["a", "b", "c", "d", "e"]
    assert [row.get("decision") for row in found] == ["rejected", None, "approved", None, "pending"]
    assert found[1]["row"] == 2
    assert [row["error"]["code"] for row in found if "error" in row] == ["comment_empty", "comment_too_long"]
    assert found[0]["findings"][0]["spans"] == [{"start": 4, "end": 9}]
    assert summary.as_dict() | {"seconds": 0, "rate": 0} == {
        "rows": 5,
        "approved": 1,
        "rejected": 1,
        "pending": 1,
        "unread": 2,
        "rejected_for": {"personal_attacks": 1},
        "pending_for": {"personal_attacks": 1},
        "errors": {"comment_empty": 1, "comment_too_long": 1},
        "resumed": 0,
        "seconds": 0,
        "rate": 0,
    }


def test_rows_that_upset_anything_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    rows = [
        '{"id": 1, "text": "fine"}',
        "not json",
        '{"id": 3}',
        '{"id": 4, "text": 7}',
        '{"id": 5, "text": "\\ud800"}',
    ]
    rows += ['{"id": "\\ud800", "text": "fine"}', '{"text": "crash the judge"}', '{"text": null}', '{"text": "fine"}']
    path.write_text("\n".join(rows), encoding="utf-8")
    for out in (tmp_path / "out.jsonl", tmp_path / "out.parquet"):
        summary = run(path, out)
        found = results(out)
        assert [(row.get("error") or {}).get("code") for row in found] == [
            None,
            "row_unreadable",
            "column_missing",
            "value_invalid",
            "comment_not_text",
            None,
            "judge_failed",
            "comment_empty",
            None,
        ]
        assert [row["row"] for row in found if row.get("error")] == [2, 3, 4, 5, 7, 8]
        assert [row["id"] for row in found][-3:] == ["7", "8", "9"]
        assert summary.errors.total() == 6
        assert len(summary.first_errors) == 5


def test_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    source = many(tmp_path / "in.jsonl", 300)
    run(source, tmp_path / "one.jsonl")
    run(source, tmp_path / "two.jsonl", workers=2)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert len(results(tmp_path / "two.jsonl")) == 300


def test_parquet_and_json_lines_hold_the_same(tmp_path: Path) -> None:
    source = many(tmp_path / "in.jsonl", 40)
    run(source, tmp_path / "out.jsonl")
    run(source, tmp_path / "out.parquet")
    for plain, columnar in zip(results(tmp_path / "out.jsonl"), results(tmp_path / "out.parquet"), strict=True):
        for key, value in plain.items():
            if key not in ("findings", "checks"):
                assert columnar[key] == value
        if "error" not in plain:
            assert [f["spans"] for f in columnar["findings"]] == [f["spans"] for f in plain["findings"]]
    assert not (tmp_path / "out.parquet.parts").exists()


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_no_rows_give_an_empty_output(tmp_path: Path, ending: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,text\n")
    assert run(source, tmp_path / f"out.{ending}").rows == 0
    assert results(tmp_path / f"out.{ending}") == []


@pytest.mark.parametrize("cut", [0, 1, 30, 500])
def test_a_torn_last_line_is_judged_again(tmp_path: Path, cut: int) -> None:
    source, whole, torn = many(tmp_path / "in.jsonl", 50), tmp_path / "whole.jsonl", tmp_path / "torn.jsonl"
    run(source, whole)
    run(source, torn)
    content = torn.read_bytes()
    torn.write_bytes(content[: len(content) // 2 - cut])
    summary = run(source, torn, resume=True)
    assert torn.read_bytes() == whole.read_bytes()
    assert summary.rows == 50
    assert 0 < summary.resumed < 50
    assert summary.judged == 50 - summary.resumed
    assert summary.decisions == {"approved": 20, "rejected": 10, "pending": 10}


def test_a_file_that_is_one_torn_line_begins_again(tmp_path: Path) -> None:
    source, out = many(tmp_path / "in.jsonl", 5), tmp_path / "out.jsonl"
    run(source, out)
    whole = out.read_bytes()
    out.write_bytes(whole[:20])
    run(source, out, resume=True)
    assert out.read_bytes() == whole


def test_resuming_what_is_finished_changes_nothing(tmp_path: Path) -> None:
    source = many(tmp_path / "in.jsonl", 20)
    for out in (tmp_path / "out.jsonl", tmp_path / "out.parquet"):
        first = run(source, out, resume=True)
        content = out.read_bytes()
        again = run(source, out, resume=True)
        assert out.read_bytes() == content
        assert again.decisions == first.decisions
        assert again.judged == 0


def test_an_output_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    source, out = many(tmp_path / "in.jsonl", 5), tmp_path / "out.jsonl"
    out.write_text("precious\n")
    with pytest.raises(OutputError) as caught:
        run(source, out)
    assert caught.value.code == "output_exists"
    with pytest.raises(OutputError) as caught:
        run(source, out, resume=True)
    assert caught.value.code == "resume_mismatch"
    assert out.read_text() == "precious\n"


class OtherModel(WordJudge):
    model = "words-2"


def _append(source: Path) -> None:
    with source.open("a") as stream:
        stream.write('{"text": "one more"}\n')


@pytest.mark.parametrize(
    ("changed", "options", "prepare"),
    [
        ("model", {"make_judge": OtherModel}, None),
        ("article", {"articles": [Article("A ferry was cancelled.")]}, None),
        ("columns", {"columns": Columns(parent="text")}, None),
        ("input", {}, _append),
    ],
)
def test_only_the_same_scan_can_be_resumed(
    tmp_path: Path, changed: str, options: dict[str, Any], prepare: Callable[[Path], None] | None
) -> None:
    source, out = many(tmp_path / "in.jsonl", 5), tmp_path / "out.jsonl"
    run(source, out)
    content = out.read_bytes()
    if prepare:
        prepare(source)
    with pytest.raises(OutputError, match=f"another {changed}") as caught:
        run(source, out, **{"resume": True, **options})
    assert caught.value.code == "resume_mismatch"
    assert out.read_bytes() == content


def test_other_guidelines_are_another_scan(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "profanity.toml").write_text("enabled = false\n")
    source, out = many(tmp_path / "in.jsonl", 5), tmp_path / "out.jsonl"
    run(source, out)
    with pytest.raises(OutputError, match="another guidelines"):
        run(source, out, resume=True, make_judge=partial(WordJudge, folder))


@pytest.mark.parametrize(
    ("name", "code"), [("out.csv", "format_unknown"), ("out", "format_unknown"), ("no/out.jsonl", "output_unwritable")]
)
def test_outputs_that_cannot_be(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(OutputError) as caught:
        run(many(tmp_path / "in.jsonl", 1), tmp_path / name)
    assert caught.value.code == code


def test_mistakes_are_found_before_anything_is_written(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,body\n1,hello\n")
    with pytest.raises(InputError):
        run(source, tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == [source]


def fail_to_make() -> WordJudge:
    raise ArticleError("no such judge", code="article_empty")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_judge_that_cannot_be_made_is_the_callers_error(tmp_path: Path, workers: int) -> None:
    with pytest.raises(BelowlineError, match="no such judge") as caught:
        run(many(tmp_path / "in.jsonl", 1), tmp_path / "out.jsonl", make_judge=fail_to_make, workers=workers)
    assert caught.value.code == "article_empty"
    assert not (tmp_path / "out.jsonl").exists()


def die() -> WordJudge:
    os._exit(3)


def test_a_dead_worker_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BelowlineError) as caught:
        run(many(tmp_path / "in.jsonl", 1), tmp_path / "out.jsonl", make_judge=die, workers=2)
    assert caught.value.code == "worker_died"


def test_each_row_is_judged_under_its_own_article_and_parent(tmp_path: Path) -> None:
    rows = [
        {"text": "fine", "story": "The ferry to the island was cancelled on Thursday."},
        {"text": "fine", "story": " "},
        {"text": "fine"},
    ]
    source = write_jsonl(tmp_path / "in.jsonl", rows)
    run(source, tmp_path / "out.jsonl", columns=Columns(article="story"))
    found = results(tmp_path / "out.jsonl")
    assert found[0]["checks"][1] == {"name": "relevance", "state": "done"}
    assert [row["error"]["code"] for row in found[1:]] == ["article_empty", "column_missing"]


def test_progress_is_told_as_it_comes(tmp_path: Path) -> None:
    seen: list[int] = []

    def note(summary: Summary) -> None:
        seen.append(summary.rows)

    run(many(tmp_path / "in.jsonl", 200), tmp_path / "out.jsonl", on_progress=note)
    assert seen == [64, 128, 192, 200]


_PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from belowline.scan.run import scan
from word_judge import WordJudge

if __name__ == "__main__":
    source, out, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    scan(source, out, resume=True, workers=workers, make_judge=partial(WordJudge, slow=0.002))
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came true")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="watches processes through /proc")
@pytest.mark.parametrize(
    ("ending", "workers", "count"), [("jsonl", 1, 600), ("jsonl", 2, 600), ("parquet", 2, PART * 2)]
)
def test_killed_again_and_again_no_row_is_lost_or_repeated(
    tmp_path: Path, ending: str, workers: int, count: int
) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM)
    source, out, whole = many(tmp_path / "in.jsonl", count), tmp_path / f"out.{ending}", tmp_path / f"whole.{ending}"
    command = [sys.executable, str(program), str(source), str(out), str(workers)]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}

    def written() -> int:
        if ending == "jsonl":
            return out.stat().st_size if out.exists() else 0
        return len(list(tmp_path.glob("out.parquet.parts/part-*.parquet")))

    for _ in range(1 if ending == "parquet" else 2):
        before = written()
        process = subprocess.Popen(command, env=environment)
        wait_until(lambda before=before: written() > before)  # type: ignore[misc]
        offspring = children(process.pid)
        assert process.poll() is None, "it was done before it could be killed"
        process.send_signal(signal.SIGKILL)
        process.wait()
        # Workers of a killed scan must not linger: they would hold the memory and, in time, the machine.
        wait_until(lambda offspring=offspring: not any(map(alive, offspring)))  # type: ignore[misc]
    assert ending == "jsonl" or not out.exists()
    subprocess.run(command, env=environment, check=True)
    run(source, whole)
    assert results(out) == results(whole)
    assert len(results(out)) == count
