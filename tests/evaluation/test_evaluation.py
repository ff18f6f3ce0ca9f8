from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from word_judge import WordJudge

from belowline.errors import InputError, OutputError
from belowline.evaluation.labels import read_labels
from belowline.evaluation.plot import draw
from belowline.evaluation.run import evaluate
from belowline.scan.row import Row

IDS = ("profanity", "threats", "personal_attacks")
run = partial(evaluate, make_judge=WordJudge, workers=1)

LISTED = """id,text,breaks
1,you idiot,personal_attacks
2,what a fine day,
3,what a dolt,personal_attacks;profanity
4,the idiot's guide to boats,
5,this one names a rule there is not,nonsense
6, ,
"""


def listed(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(LISTED)
    return path


@pytest.mark.parametrize("workers", [1, 2])
def test_figures_from_listed_labels(tmp_path: Path, workers: int) -> None:
    found = run(listed(tmp_path), workers=workers)
    attacks = found.guidelines["personal_attacks"]
    assert (attacks.rows, attacks.broke) == (4, 2)
    assert (attacks.precision.share, attacks.recall.share) == (0.5, 0.5)
    assert (attacks.wrongly_rejected.count, attacks.left.count) == (1, 1)
    assert found.guidelines["profanity"].wrongly_approved.count == 1
    assert found.overall.rows == 4
    assert found.overall.recall.share == 0.5
    assert found.errors[0].startswith("row 5: breaks names nonsense, which is no guideline")
    assert found.errors[1].endswith("[comment_empty]")


def test_a_column_of_its_own_for_a_guideline(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    table = {
        "text": ["you idiot", "fine", "you dolt"],
        "personal_attacks": [1, 0, None],
        "threats": [False, True, True],
    }
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    found = run(path)
    assert list(found.guidelines) == ["threats", "personal_attacks"]
    assert found.guidelines["personal_attacks"].rows == 2
    assert found.guidelines["threats"].wrongly_approved.count == 2


def test_a_file_without_labels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,text\n1,hello\n")
    with pytest.raises(InputError, match="it has id, text") as caught:
        run(path)
    assert caught.value.code == "column_missing"


@pytest.mark.parametrize(
    ("value", "broken"),
    [
        (["threats"], {"threats"}),
        ("threats; profanity ;", {"threats", "profanity"}),
        ("", set()),
        (None, set()),
        ([], set()),
    ],
)
def test_lists_of_labels(value: object, broken: set[str]) -> None:
    labels = read_labels(Row(1, {"breaks": value}), "breaks", IDS)
    assert {name for name, label in labels.items() if label} == broken
    assert set(labels) == set(IDS)


@pytest.mark.parametrize(
    ("value", "label"), [(1, True), ("0", False), (True, True), ("no", False), (1.0, True), ("TRUE", True)]
)
def test_labels_of_yes_and_no(value: object, label: bool) -> None:
    assert read_labels(Row(1, {"threats": value, "profanity": ""}), "breaks", IDS) == {"threats": label}


@pytest.mark.parametrize("values", [{"threats": "2"}, {"threats": 0.7}, {"breaks": 3}, {"breaks": "treats"}])
def test_labels_that_say_nothing(values: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(Row(1, values), "breaks", IDS)
    assert caught.value.code == "label_unknown"


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    found = run(listed(tmp_path))
    for name, first in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml")):
        draw(found, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(first)
    for bad in ("no/such/folder.png", "a.nonsense"):
        with pytest.raises(OutputError) as caught:
            draw(found, tmp_path / bad)
        assert caught.value.code == "output_unwritable"


def test_without_matplotlib_drawing_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run(listed(tmp_path))
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"belowline\[plots\]") as caught:
        draw(found, tmp_path / "a.png")
    assert caught.value.code == "extra_missing"
