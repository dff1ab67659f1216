"""图表 on paper: every grid of the township in small pictures to one scale, and new needs by kind and month."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from gridworker.domain.calendar import Week
from gridworker.domain.pictures import heat_step
from gridworker.services import papers
from gridworker.services.many_charts import HeatTable, Panel
from gridworker.services.papers import LEFT, Cell, Paper, Row
from gridworker.services.workspace import Workspace

ACROSS: Final = 3
_NAME, _PANEL, _LINE = 6.0, 27.0, 7.0
"""Millimetres."""
_KIND_WIDTH: Final = 2


def paper(workspace: Workspace, week: Week, grids: Sequence[Panel], months: HeatTable) -> Paper:
    """The two pictures of the page 汇总 as they were read, the second on a page of its own."""
    words = papers.form("charts")
    told = {
        "sender": workspace.store.author, "week": week.number, "first": week.first_day, "last": week.last_day,
        "made_on": workspace.today,
    }  # fmt: skip
    title = words["title"].format(township=workspace.store.get("township"))
    return Paper(
        name=f"{title}_第{week.number}周",
        head=(papers.title(title), papers.line(*(text.format(**told) for text in words["head"]))),
        rows=(_heading(words["grids"]), *_panels(grids), *_months(words, months)),
        foot=words["foot"],
        logged=f"charts {len(grids)}",
        personal=False,
    )


def _heading(text: str, *, on_new_page: bool = False) -> Row:
    return Row((Cell(text, align=LEFT, size=11, bold=True, framed=False),), 9, on_new_page, kept=True)


def _panels(grids: Sequence[Panel]) -> Iterator[Row]:
    """Rows of pictures under their names; the last is filled up so that all are equally wide."""
    for start in range(0, len(grids), ACROSS):
        some = grids[start : start + ACROSS]
        blank = (Cell(framed=False),) * (ACROSS - len(some))
        names = (Cell(f"{one.key} {one.label}", align=LEFT, size=9, bold=True, framed=False) for one in some)
        yield Row((*names, *blank), _NAME, kept=True)
        yield Row((*(Cell(picture=one.picture, framed=False) for one in some), *blank), _PANEL)


def _months(words: dict[str, Any], table: HeatTable) -> Iterator[Row]:
    """Kinds by month: the more, the darker."""
    if not table.lines:
        return
    yield _heading(words["months"], on_new_page=True)
    heads = (Cell(name, shaded=True, bold=True) for name in (*table.columns, words["total"]))
    yield Row((Cell(words["kind"], _KIND_WIDTH, shaded=True, bold=True), *heads), _LINE)
    most = max(number for _name, numbers in table.lines for number in numbers)
    for name, numbers in table.lines:
        cells = (Cell(str(number), heat=heat_step(number, most)) for number in numbers)
        yield Row((Cell(name, _KIND_WIDTH, LEFT), *cells, Cell(str(sum(numbers)), bold=True)), _LINE)
