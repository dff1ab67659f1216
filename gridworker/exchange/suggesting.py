"""What a heading that nobody knows is most like: a hint for a person, never used by itself."""

from collections.abc import Set
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from gridworker.exchange import headings

_ALIKE: Final = 85.0
"""Likeness of headings, in percent, from which one is suggested."""


def most_alike(leaf: str, strange: Set[str]) -> tuple[str, float]:
    """The column of the most alike heading and how alike it is, 0 to 1; empty for none. `strange`: ledgers left out."""
    heading = headings.fold(leaf, with_brackets=False)
    known = _known(frozenset(strange))
    found = process.extractOne(heading, known.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE) if heading else None
    return (known[found[0]], round(found[1] / 100, 2)) if found else ("", 0.0)


@lru_cache(maxsize=64)
def _known(strange: frozenset[str]) -> dict[str, str]:
    return {
        text: one.column
        for text, meanings in headings.every_heading().items()
        for one in meanings
        if one.ledger not in strange
    }
