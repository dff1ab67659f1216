"""The chain of workbooks: each names those that left before it, so that any set of them tells what is missing.

Everything here is a function of the set of workbooks received: their order and all clocks but the day of arrival
play no part.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeVar

from gridworker.domain.ids import Id

REMEMBERED: Final = 60
"""How many of its predecessors a workbook names: more than a year of weeks."""


@dataclass(frozen=True, slots=True)
class Link:
    """One workbook that left: its export id, the sha256 of its bytes, its week (empty for other days), its form."""

    export: Id
    digest: str
    week: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Received:
    """One workbook as it arrived."""

    link: Link
    """Its own place in the chain; the digest is that of the bytes that came."""
    past: tuple[Link, ...]
    """What had left before it, oldest first, as it says itself."""
    sender: str
    days: tuple[str, ...]
    """The days on which these very bytes came."""
    nil: bool = False
    edited: int = 0
    """Values of the worker's own columns that were changed in its cells."""
    log_lines: int = 0
    """Lines of the laptop's access log when it left; 0 where it does not say."""
    log_value: str = ""
    """The chain value of the last of them."""
    logs: Mapping[Id, tuple[int, str]] = field(default_factory=dict)
    """By workbook before it: lines and chain value of the log then, as the log said when this one left."""

    @property
    def lineage(self) -> tuple[Link, ...]:
        """The workbook behind those it names."""
        return (*self.past, self.link)

    def follows(self, other: "Received") -> bool:
        """Whether the other one had left before."""
        return any(one.export == other.link.export for one in self.past)


Book = TypeVar("Book", bound=Received)


def named(some: Iterable[Received]) -> dict[Id, set[Link]]:
    """By export: what the workbooks after it say of it."""
    found: dict[Id, set[Link]] = {}
    for one in some:
        for link in one.past:
            found.setdefault(link.export, set()).add(link)
    return found


def newest(some: Collection[Book], every: Collection[Received]) -> Book:
    """The one that no other follows, in the bytes that left; where several stand, the same one on every machine."""
    last = [one for one in some if not any(other.follows(one) for other in some)] or list(some)
    said = named(every)
    return max(last, key=lambda one: (one.link.export, _is_original(one, said), one.link.digest))


def is_changed(one: Received, every: Collection[Received]) -> bool:
    """Whether a workbook is not, byte for byte, the one its successors name."""
    said = named(every)
    return one.link.export in said and not _is_original(one, said)


def _is_original(one: Received, said: dict[Id, set[Link]]) -> bool:
    digests = {link.digest for link in said.get(one.link.export, ())}
    return one.link.digest in digests or "" in digests


def lost(every: Collection[Received]) -> dict[str, tuple[Link, ...]]:
    """By week: workbooks that left, as later ones say, and of which nothing came; the last sending of a week first."""
    came = {one.link.export for one in every}
    found: dict[str, dict[Id, Link]] = {}
    for one in sorted(every, key=lambda one: (-len(one.past), one.link.export, one.link.digest)):
        for link in reversed(one.past):
            if link.export not in came and link.week:
                found.setdefault(link.week, {}).setdefault(link.export, link)
    return {week: tuple(links.values()) for week, links in found.items()}


def forked(every: Collection[Received]) -> set[Id]:
    """Workbooks that name one predecessor together with another: a restored backup, or a second laptop.

    One that names none begins a chain; a second beginning of the same sender is a fork too.
    """
    children: dict[object, set[Id]] = {}
    for one in every:
        lineage = one.lineage
        for before, after in pairwise(lineage):
            children.setdefault(before.export, set()).add(after.export)
        if len(one.past) < REMEMBERED:
            children.setdefault(one.sender, set()).add(lineage[0].export)
    return {export for some in children.values() if len(some) > 1 for export in some}
