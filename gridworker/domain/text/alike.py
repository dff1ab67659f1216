"""Whether two short texts say nearly the same, by the pairs of neighbouring characters they share."""

from typing import Final

from gridworker.domain.text.blanks import fold_width

_SHARE: Final = 0.5
"""Dice's share of common pairs; below it texts of one kind of need often look alike by chance."""


def alike(one: str, other: str) -> bool:
    """Whether at least half of the character pairs of two texts are the same; punctuation and width do not count."""
    first, second = _pairs(one), _pairs(other)
    return bool(first and second) and 2 * len(first & second) >= _SHARE * (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    signs = "".join(sign for sign in fold_width(text).casefold() if sign.isalnum())
    return {signs[place : place + 2] for place in range(len(signs) - 1)}
