"""The judge: every check looks at a comment, one function merges what they found."""

from belowline.judge.checks import Judge
from belowline.judge.repeats import MemoryHistory, RepeatHistory

__all__ = ["Judge", "MemoryHistory", "RepeatHistory"]
