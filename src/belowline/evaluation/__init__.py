"""How well the judge does on rows that people have labelled."""
