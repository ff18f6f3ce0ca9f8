"""Comments and articles as they come in: checked, and cleaned where cleaning is allowed."""
