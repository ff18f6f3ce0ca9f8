"""The words of the system as values."""

from __future__ import annotations

import pickle

from belowline.types import Guideline, Guidelines

RULES = (Guideline("first", "", "", 0.2, 0.8), Guideline("second", "", "", 0.2, 0.8))


def test_rules_are_found_by_their_id_however_the_guidelines_were_made() -> None:
    named = {rule.id: rule for rule in RULES}
    assert Guidelines(RULES, "x").by_id == named
    assert Guidelines(RULES, "x") == Guidelines(RULES, "x", named)
    assert pickle.loads(pickle.dumps(Guidelines(RULES, "x"))).by_id == named  # noqa: S301
