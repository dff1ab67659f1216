"""Heads of access logs: every workbook tells where its laptop's log stood, then and when those before it left.

A log that was written anew, or went back to an older state, no longer contains the heads that were handed in.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.rules.chain import Received


@dataclass(frozen=True, slots=True)
class LogHead:
    """How many lines a log has, the chain value of the last one, and its day; no line at all for an empty value."""

    lines: int = 0
    value: str = ""
    day: str = ""

    @property
    def words(self) -> str:
        """The head as a cover shows it, to be held against the laptop later."""
        return f"{self.lines} 行　{self.value}　截至 {self.day}" if self.lines else "无"


def rewritten(every: Collection[Received]) -> set[Id]:
    """The first workbooks whose log says something else of a line that stood on a workbook before them."""
    heads = {one.link.export: (one.log_lines, one.log_value) for one in every if one.log_lines}
    return _first(every, (one for one in every if any(heads.get(id, head) != head for id, head in one.logs.items())))


def begun_anew(every: Collection[Received]) -> set[Id]:
    """The first workbooks whose log knows nothing of one before them: a new laptop, or a log thrown away."""
    known = {one.link.export for one in every if one.log_lines}
    lacking = (one for one in every if one.log_lines and _before(one) & known - one.logs.keys())
    return _first(every, lacking)


def _before(one: Received) -> set[Id]:
    return {link.export for link in one.past}


def _first(every: Collection[Received], found: Iterable[Received]) -> set[Id]:
    """Those that follow no other one found: what came after says the same once more."""
    some = list(found)
    return {one.link.export for one in some if not any(one.follows(other) for other in some)}
