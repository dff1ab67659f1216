"""The pictures of a week's numbers, the same for the window and the paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gridworker.domain.pictures import Picture, Series
from gridworker.i18n import _

if TYPE_CHECKING:
    from gridworker.services.overview import KindCount, Trend

MOST_KINDS: Final = 9
"""Bars that a picture of kinds shows at most."""


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
