"""Need numbers: grid, year, the laptop's letter and a sequence, as in JX03-2026-A0012."""

import re
from typing import Final, NamedTuple

_NUMBER: Final = re.compile(r"(?P<grid>.+)-(?P<year>[0-9]{4})-(?P<letter>[A-Z])(?P<sequence>[0-9]{4,9})")


class NeedNumber(NamedTuple):
    """The parts of a need's number."""

    grid: str
    year: int
    letter: str
    """Tells the laptops of a grid apart, so that two of them seldom give the same number."""
    sequence: int

    def __str__(self) -> str:
        return format_number(*self)


def prefix(grid: str, year: int, letter: str) -> str:
    """What all numbers of a laptop in a year begin with."""
    return f"{grid}-{year:04d}-{letter}"


def format_number(grid: str, year: int, letter: str, sequence: int) -> str:
    """A number as text."""
    return f"{prefix(grid, year, letter)}{sequence:04d}"


def parse_number(text: str) -> NeedNumber | None:
    """The parts of a number of ours; None for numbers that others gave, such as QS-001."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return NeedNumber(found["grid"], int(found["year"]), found["letter"], int(found["sequence"]))


def next_number(grid: str, year: int, letter: str, last: str | None, pending: int = 0) -> str:
    """The number after the last one given; `pending` numbers more are given but not yet stored."""
    known = parse_number(last) if last else None
    return format_number(grid, year, letter, (known.sequence if known else 0) + 1 + pending)
