"""Pictures of numbers as data: the window, a PDF and a workbook draw the same one from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one set of bars; `tone` is a colour token."""

    name: str
    values: Sequence[float | None]
    tone: str = "primary"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines over labelled steps; or lying bars, with a mark for the week before where a second series says it."""

    sort: Literal["lines", "rank"]
    labels: Sequence[str]
    series: Sequence[Series]

    def text(self) -> str:
        """Every word in it."""
        return "".join((*self.labels, *(one.name for one in self.series)))
