"""The known words: a disguise is undone only where a word of these comes out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice

# Up to this place in the table of offensive words a single visible letter (`f***`) is enough.
_WELL_KNOWN = 60

# Up to this place a common word is one that everybody uses; beyond it stand names and fragments too.
_EVERYDAY = 6000


@dataclass(frozen=True, slots=True)
class Words:
    """Common English words and the words people disguise, each with its place in its table, 0 the foremost.

    The first `often_disguised` of the offensive words are those that people disguise most. `by_shape` gives the
    offensive words by first letter and length, `offensive_starts` those of four letters and more by their first
    four, the longest first.
    """

    common: Mapping[str, int]
    offensive: Mapping[str, int]
    often_disguised: int
    by_shape: Mapping[tuple[str, int], tuple[str, ...]]
    offensive_starts: Mapping[str, tuple[str, ...]]

    def known(self, word: str) -> bool:
        """Say whether `word`, in any case, is in either table."""
        lower = word.lower()
        return lower in self.common or lower in self.offensive

    def is_offensive(self, word: str) -> bool:
        """Say whether `word`, in any case, is one that people disguise."""
        return word.lower() in self.offensive

    def is_often_disguised(self, word: str) -> bool:
        """Say whether `word`, in any case, is among those that people disguise most."""
        return self.offensive.get(word.lower(), self.often_disguised) < self.often_disguised

    def is_everyday(self, word: str) -> bool:
        """Say whether `word`, in any case, is among the most frequent ones."""
        return self.common.get(word.lower(), _EVERYDAY) < _EVERYDAY

    def place(self, word: str) -> int:
        """Give an order for choosing between known words: the offensive before the common."""
        lower = word.lower()
        if lower in self.offensive:
            return self.offensive[lower] - len(self.offensive)
        return self.common.get(lower, len(self.common))

    def behind_mask(self, shape: str) -> str | None:
        """Give the offensive word that `shape` hides, each `*` one letter, the first letter visible.

        Words seldom disguised are given only where most of their letters show.
        """
        hidden = shape.count("*")
        visible = len(shape) - hidden
        last = self.often_disguised if visible < 2 * hidden else len(self.offensive)
        last = _WELL_KNOWN if visible == 1 else last
        pattern = re.compile(shape.lower().replace("*", "[a-z]"))
        fitting = (word for word in self.by_shape.get((shape[0].lower(), len(shape)), ()) if pattern.fullmatch(word))
        return next((word for word in fitting if self.offensive[word] < last), None)

    def behind_short_mask(self, shape: str) -> str | None:
        """Give the offensive word that `shape` hides where a `*` is two to four letters (`f*ing`)."""
        pattern = re.compile(shape.lower().replace("*", "[a-z]{2,4}"))
        often = islice(self.offensive, self.often_disguised)
        return next((word for word in often if pattern.fullmatch(word)), None)


def _read(name: str) -> list[list[str]]:
    """Read a table's sections; each begins with a line that is a comment."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [section.split("\n")[1:-1] for section in re.split("^#", text, flags=re.MULTILINE)[1:]]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Load the tables that ship with the package; the first call reads them, later ones do not."""
    (common,) = _read("words.txt")
    often, seldom = _read("offensive.txt")
    offensive = {word: place for place, word in enumerate(often + seldom)}
    by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
    starts: dict[str, list[str]] = defaultdict(list)
    for word in offensive:
        by_shape[word[0], len(word)].append(word)
        if len(word) > 3:
            starts[word[:4]].append(word)
    return Words(
        common={word: place for place, word in enumerate(common)},
        offensive=offensive,
        often_disguised=len(often),
        by_shape={shape: tuple(found) for shape, found in by_shape.items()},
        offensive_starts={start: tuple(sorted(found, key=len, reverse=True)) for start, found in starts.items()},
    )
