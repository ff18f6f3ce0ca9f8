"""Sort the guidelines' breaking examples into those the shipped judge holds back and those it is known to approve.

    python -m training.missed

Run after `ship`. Nothing is deleted: what is approved moves to `missed` in the guideline's file, and back to
`breaks` when a better model holds it back.
"""

from __future__ import annotations

import re

from belowline import Judge
from belowline.guidelines.load import DEFAULT_FOLDER
from belowline.types import Example
from training.bands import posed

LIST = re.compile(r"(?ms)^breaks = \[\n(.*?)^\]\n(?:missed = \[\n(.*?)^\]\n)?")


def is_approved(judge: Judge, example: Example) -> bool:
    """Say whether the judge lets an example through."""
    return judge.judge(*posed(example)).decision == "approved"


def main() -> None:
    """Judge every breaking example and write the files anew where one changed its place."""
    judge = Judge()
    for rule in judge.guidelines.rules:
        path = DEFAULT_FOLDER / f"{rule.id}.toml"
        text = path.read_text(encoding="utf-8")
        found = LIST.search(text)
        examples = (*rule.breaks, *rule.missed)
        if found is None:
            raise SystemExit(f"{path}: breaks has to be a list of one line an example")
        lines = [line for block in found.groups("") for line in block.splitlines()]
        if len(lines) != len(examples):
            raise SystemExit(f"{path}: {len(examples)} breaking examples on {len(lines)} lines")
        approved = [is_approved(judge, example) for example in examples]
        held = "".join(f"{line}\n" for line, a in zip(lines, approved, strict=True) if not a)
        missed = "".join(f"{line}\n" for line, a in zip(lines, approved, strict=True) if a)
        new = f"breaks = [\n{held}]\n" + (f"missed = [\n{missed}]\n" if missed else "")
        path.write_text(text[: found.start()] + new + text[found.end() :], encoding="utf-8")
        print(f"{rule.id}: {sum(approved)} of {len(examples)} missed")


if __name__ == "__main__":
    main()
