"""From what the checks found to a decision: approved, rejected, or a person must decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from belowline.types import CheckState, DecisionName, Guidelines


def decide(
    guidelines: Guidelines, scores: Mapping[str, float | None], checks: Iterable[CheckState]
) -> tuple[DecisionName, tuple[str, ...]]:
    """Give the decision and the guidelines that led to it, in the order of the rules.

    Fails closed: a check that was not done leaves the comment to a person whatever the others found, and one
    that abstained forbids approval. A guideline whose action is `hold` never rejects.
    """
    states = {check.state for check in checks}
    broken, doubted = [], []
    sure_of_breach = False
    for rule in guidelines.rules:
        score = scores.get(rule.id)
        if score is None or score < rule.approve_below:
            continue
        doubted.append(rule.id)
        if score >= rule.reject_from:
            broken.append(rule.id)
            sure_of_breach = sure_of_breach or rule.action == "reject"
    if "not_done" in states:
        return "pending", tuple(doubted)
    if sure_of_breach:
        return "rejected", tuple(broken)
    if doubted or "abstained" in states:
        return "pending", tuple(doubted)
    return "approved", ()
