"""Many comments at once: rows from a file, verdicts into another, on every core and in constant memory."""
