"""The reference names every key of a guideline file and every default guideline."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from belowline.guidelines import LABELS, check_folder, load_guidelines
from belowline.guidelines.file import KEYS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "guidelines.md"


def names(keys: Mapping[str, Any]) -> Iterator[str]:
    for name, kind in keys.items():
        yield name
        inner = kind[0] if isinstance(kind, list) else kind
        if isinstance(inner, Mapping):
            yield from names(inner)


def test_every_key_has_a_heading() -> None:
    headings = set(re.findall(r"^#{3,4} (\w+)$", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE))
    assert headings == set(names(KEYS))


def test_the_table_says_what_the_files_say() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    for rule in load_guidelines().rules:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{rule.id}` |"))
        assert rule.title in row
        assert all(f"`{label}`" in row for label in rule.labels)
        assert row.endswith(f"| {rule.action} |")
    assert all(f"`{label}`" in text for label in LABELS)


def test_the_example_in_the_text_works(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    assert tomllib.loads(block)
    (tmp_path / "spoilers.toml").write_text(block, encoding="utf-8")
    assert check_folder(tmp_path).mistakes == ()
