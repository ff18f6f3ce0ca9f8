"""The judging copy of a comment and its language."""
