"""Disguises and slips of the finger, put on clean and bad text alike so that neither is a sign of the other."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "b": "8", "g": "9", "l": "1"}
LOOKALIKES = {
    "a": "аɑα",
    "c": "сϲ",
    "e": "еҽ",
    "i": "іι",
    "o": "оο",
    "p": "рρ",
    "s": "ѕ",
    "x": "хχ",
    "y": "уγ",
    "h": "һ",
    "k": "κ",
}
EMOJI = "😂🤣😡🙄👏👍💩🤡🔥❤️😢🤔😊👎💪🙏😱🎉"
NEIGHBOURS = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "k",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "wa",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "x",
}
WORD = re.compile(r"[^\W\d_]{3,}")

Slip = Callable[[str, random.Random], str]


def misspellings(root: Path) -> dict[str, list[str]]:
    """Read what people really type for a word: {right: [wrong, ...]}."""
    slips: dict[str, list[str]] = defaultdict(list)
    path = root / "lexicons/misspellings/natural_transformation.txt"
    if path.is_file():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            right, *wrong = line.lower().split()
            slips[right] += [w for w in wrong if w.isalpha() and w != right]
    return dict(slips)


def swap(word: str, rng: random.Random) -> str:
    """Exchange two neighbouring letters."""
    i = rng.randrange(len(word) - 1)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def drop(word: str, rng: random.Random) -> str:
    """Leave a letter out, not the first."""
    i = rng.randrange(1, len(word))
    return word[:i] + word[i + 1 :]


def double(word: str, rng: random.Random) -> str:
    """Strike a letter twice."""
    i = rng.randrange(len(word))
    return word[:i] + word[i] + word[i:]


def neighbour(word: str, rng: random.Random) -> str:
    """Hit the key beside the right one."""
    i = rng.randrange(len(word))
    near = NEIGHBOURS.get(word[i].lower())
    return word[:i] + rng.choice(near) + word[i + 1 :] if near else word


def stretch(word: str, rng: random.Random) -> str:
    """Draw a letter out: stuuuupid."""
    i = rng.randrange(1, len(word))
    return word[:i] + word[i] * rng.randint(2, 5) + word[i + 1 :]


def leet(word: str, rng: random.Random) -> str:
    """Write some letters as digits and signs."""
    return "".join(rng.choice(LEET[c.lower()]) if c.lower() in LEET and rng.random() < 0.6 else c for c in word)


def look_alike(word: str, rng: random.Random) -> str:
    """Put letters of other scripts in."""
    return "".join(rng.choice(LOOKALIKES[c]) if c in LOOKALIKES and rng.random() < 0.6 else c for c in word)


def mask(word: str, rng: random.Random) -> str:
    """Star a letter out."""
    i = rng.randrange(1, max(2, len(word) - 1))
    return word[:i] + rng.choice("***#.-_") + word[i + 1 :]


def space_out(word: str, rng: random.Random) -> str:
    """Set the letters apart."""
    return rng.choice([" ", ".", "-", " "]).join(word)


def split(word: str, rng: random.Random) -> str:
    """Break a word in two."""
    i = rng.randrange(1, len(word))
    return word[:i] + rng.choice([" ", "-", "\u200b", "."]) + word[i:]


SLIPS: tuple[tuple[Slip, float], ...] = (
    (swap, 3),
    (drop, 3),
    (double, 2),
    (neighbour, 3),
    (stretch, 1.5),
    (leet, 2),
    (look_alike, 1.5),
    (mask, 2),
    (space_out, 1),
    (split, 1),
)


def disturb(text: str, rng: random.Random, slips: dict[str, list[str]]) -> str:
    """Write a comment as a careless or a cunning reader might: one manner for the whole comment."""
    manner = rng.random()
    if manner < 0.12:
        return text.upper()
    if manner < 0.24:
        return re.sub(r"[^\w\s'*@$!]", "", text).lower()
    if manner < 0.32:
        return text + " " + "".join(rng.choice(EMOJI) for _ in range(rng.randint(1, 3)))
    share = rng.choice([0.08, 0.15, 0.3, 0.6])
    if manner < 0.6:

        def respell(match: re.Match[str]) -> str:
            wrong = slips.get(match[0].lower())
            return rng.choice(wrong) if wrong and rng.random() < share * 2 else match[0]

        return WORD.sub(respell, text)
    slip = rng.choices([s for s, _ in SLIPS], [w for _, w in SLIPS])[0]
    return WORD.sub(lambda m: slip(m[0], rng) if rng.random() < share else m[0], text)
