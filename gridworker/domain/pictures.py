"""Pictures of numbers as data: the window, a PDF and a workbook draw the same one from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

HEAT_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one set of bars; `tone` is a colour token."""

    name: str
    values: Sequence[float | None]
    tone: str = "primary"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines over labelled steps; or lying bars, with a mark for the week before where a second series says it.

    `most` is what an axis must have room for: the largest value of all pictures that are compared, 100 for shares.
    """

    sort: Literal["lines", "rank"]
    labels: Sequence[str]
    series: Sequence[Series]
    most: float | None = None
    has_legend: bool = True

    def text(self) -> str:
        """Every word in it."""
        return "".join((*self.labels, *(one.name for one in self.series)))


def heat_step(number: int, most: int) -> int:
    """Where a number stands on a ramp from light (1) to dark (5) that ends at `most`; 0 for nothing."""
    return min(HEAT_STEPS, (number - 1) * HEAT_STEPS // most + 1) if number else 0
