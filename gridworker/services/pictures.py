"""Pictures of numbers as data: the window, a PDF and a workbook draw the same one from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from gridworker.i18n import _

if TYPE_CHECKING:
    from gridworker.services.overview import KindCount, Trend

MOST_KINDS: Final = 9
"""Bars that a picture of kinds shows at most."""


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


def trend(found: "Trend") -> Picture:
    """Open, new and closed needs by week."""
    series = (
        Series(_("未办结"), found.open, "amber"), Series(_("新增"), found.new),
        Series(_("办结"), found.closed, "blue", dashed=True),
    )  # fmt: skip
    return Picture("lines", [_("{number}周").format(number=week.number) for week in found.weeks], series)


def kinds(found: "Sequence[KindCount]") -> Picture:
    """New needs by kind beside those of the week before; the largest kinds only."""
    shown = found[:MOST_KINDS]
    now, before = Series(_("本周"), [one.new for one in shown]), Series(_("上周"), [one.before for one in shown])
    return Picture("rank", [one.label for one in shown], (now, before))
