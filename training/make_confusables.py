"""Write the table of letters that look like Latin ones, from Unicode's confusables.

    python training/make_confusables.py CONFUSABLES.TXT src/belowline/normalise/confusables.txt

Each line of the table is a Latin letter, a mark and its look-alikes: `=` where the shapes are the same, `~`
where they only resemble each other and the word that results has to be a known one.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

# Scripts that are read the other way, or whose letters the same word never mixes with Latin ones by accident.
LEFT_OUT = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "MATHEMATICAL", "FULLWIDTH")

# Letters of living languages written in Latin script; they are themselves there.
LATIN_ORTHOGRAPHY = "ıſɩƖɣʋȝƷȢȣƧƽƼ"

# Shapes that readers take for a Latin letter although Unicode does not list the pair.
RESEMBLING = {
    "a": "дλΛ",
    "b": "вБЪъβ",
    "e": "єεэЄ",
    "f": "ғ",
    "h": "нћ",
    "i": "їΐϊ",
    "k": "кκ",
    "m": "м",
    "n": "пηήи",
    "o": "θфδ",
    "r": "яЯ",
    "t": "тτ",
    "u": "цμ",
    "w": "шωщώ",
    "x": "χж",
    "y": "ў",
    "z": "з",
}


def looks_latin(char: str, target: str) -> bool:
    """Say whether the table should fold `char` to `target`: a letter, read left to right, to a Latin letter."""
    return (
        len(target) == 1
        and target.isascii()
        and target.isalpha()
        and not char.isascii()
        and char not in LATIN_ORTHOGRAPHY
        and unicodedata.category(char).startswith("L")
        and unicodedata.bidirectional(char) == "L"
        and not unicodedata.name(char, "CJK").startswith(LEFT_OUT)
        and not unicodedata.normalize("NFKC", char).isascii()
    )


def read_pairs(source: Path) -> dict[str, str]:
    """Read the single-character pairs out of Unicode's file; upper case stays upper case."""
    pairs: dict[str, str] = {}
    for line in source.read_text("utf-8-sig").splitlines():
        fields = [field.strip() for field in line.partition("#")[0].split(";")]
        if len(fields) < 3 or " " in fields[0]:
            continue
        char = chr(int(fields[0], 16))
        target = "".join(chr(int(code, 16)) for code in fields[1].split())
        if looks_latin(char, target):
            # Unicode gives every vertical stroke as "l"; a capital one is a capital i.
            pairs[char] = "I" if target == "l" and char.isupper() else target
    return pairs


def write_table(pairs: dict[str, str], target: Path) -> None:
    """Write both kinds of look-alikes, one Latin letter a line."""
    same: dict[str, list[str]] = defaultdict(list)
    for char, latin in sorted(pairs.items()):
        same[latin].append(char)
    lines = [f"{latin}={''.join(chars)}" for latin, chars in sorted(same.items())]
    for latin, chars in RESEMBLING.items():
        lines.append(f"{latin}~{''.join(char for char in chars if char not in pairs)}")
    header = "# Letters that look like Latin ones; from Unicode confusables 15.0, (c) Unicode, Inc., Unicode-3.0\n"
    target.write_text(header + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write_table(read_pairs(Path(sys.argv[1])), Path(sys.argv[2]))
