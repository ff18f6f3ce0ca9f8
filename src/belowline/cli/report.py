"""Verdicts for people to read: the decision, the words that caused it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from belowline.types import CheckState, DecisionName, Finding, Guidelines, Span, Verdict

DECISIONS: dict[DecisionName, tuple[str, str]] = {
    "approved": ("✓ Approved", "green"),
    "rejected": ("✗ Rejected", "red"),
    "pending": ("? Left to a person", "yellow"),
}
_SURENESS = (
    (0.97, "almost certain"),
    (0.85, "very likely"),
    (0.6, "likely"),
    (0.4, "an even chance"),
    (0.15, "unlikely"),
)
_STATES = {"skipped": "did not look", "abstained": "can't judge this comment", "not_done": "was not done"}
# Longer quotations of a comment's words are cut.
_QUOTED = 48

# A comment must not reach the terminal's controls, nor turn the direction of what stands around it.
_HARMLESS = (
    {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
    | dict.fromkeys(range(0x7F, 0xA0), 0xFFFD)
    | dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
    | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
)


def harmless(text: str) -> str:
    """Give a text with every control character replaced by a visible sign, one for one."""
    return text.translate(_HARMLESS)


def sureness(score: float) -> str:
    """Say a probability in plain words and as a number."""
    words = next((words for least, words in _SURENESS if score >= least), "very unlikely")
    return f"{words}, {score:.2f}"


def decision_label(decision: DecisionName) -> Text:
    """Give a decision as a sign and words in its colour."""
    words, colour = DECISIONS[decision]
    return Text(words, style=f"bold {colour}")


def marked(text: str, verdict: Verdict) -> Text:
    """Give a comment with the words that count against it marked."""
    shown = Text(harmless(text))
    colour = DECISIONS[verdict.decision][1]
    for finding in verdict.findings:
        for span in finding.spans:
            shown.stylize(f"bold underline {colour}", span.start, span.end)
    return shown


def reasons(text: str, verdict: Verdict, guidelines: Guidelines) -> Iterator[Text]:
    """Give a line for each guideline that is broken or in doubt: how surely, which check says so and by which words."""
    colour = DECISIONS[verdict.decision][1]
    for rule in guidelines.rules:
        found = [finding for finding in verdict.findings if finding.guideline == rule.id]
        if not found:
            continue
        line = Text(rule.title, style=f"bold {colour}" if rule.id in verdict.reasons else "bold")
        line.append(f"  {sureness(max(f.score for f in found))}", style="default not bold")
        for finding in found:
            line.append(f"\n  {_cause(text, finding)}", style="dim not bold")
        yield line


def states(checks: Iterable[CheckState]) -> Iterator[Text]:
    """Give a line for each check that did not look at the comment."""
    for check in checks:
        if check.state != "done":
            style = "red" if check.state == "not_done" else "dim"
            reason = f": {check.reason}" if check.reason else ""
            yield Text(f"The {check.name} check {_STATES[check.state]}{reason}.", style=style)


def picture(text: str, verdict: Verdict, guidelines: Guidelines) -> RenderableType:
    """Give everything about one verdict, for a terminal."""
    language = f"Language {verdict.language}, {sureness(verdict.language_confidence)}."
    origin = f"Model {verdict.model}, guidelines {verdict.guidelines}."
    body: list[RenderableType] = ["", marked(text, verdict), ""]
    for reason in reasons(text, verdict, guidelines):
        body += [reason, ""]
    body += [*states(verdict.checks), Text(f"{language}\n{origin}", style="dim")]
    return Group(decision_label(verdict.decision), Beside("  ", Group(*body)))


@dataclass(frozen=True, slots=True)
class Beside:
    """Something with the same sign, blank or not, before each of its lines."""

    sign: str
    body: RenderableType
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give its lines, wrapped to what the sign leaves of the width."""
        inside = options.update_width(max(1, options.max_width - len(self.sign)))
        for line in console.render_lines(self.body, inside, pad=False):
            sign = self.sign if any(segment.text for segment in line) else self.sign.rstrip()
            yield Segment(sign, console.get_style(self.style))
            yield from line
            yield Segment.line()


def quoted(text: str, spans: Iterable[Span]) -> str:
    """Give the words that spans stand for, each once, in quotation marks."""
    words = dict.fromkeys(" ".join(harmless(text[span.start : span.end]).split()) for span in spans)
    return ", ".join(f"“{word if len(word) <= _QUOTED else word[: _QUOTED - 1] + '…'}”" for word in words)


def _cause(text: str, finding: Finding) -> str:
    parts = filter(None, (harmless(finding.note), quoted(text, finding.spans)))
    return ": ".join((finding.check, *parts))
