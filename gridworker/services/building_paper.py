"""走访图 of a building on paper: floors × doors, warm where somebody was met of late, with open needs (look 15)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from gridworker.services import papers
from gridworker.services.building_page import WARMTH, BuildingPage, Door, warmth
from gridworker.services.papers import LEFT, Cell, Paper, Row
from gridworker.services.workspace import Workspace

_A_ROW: Final = 8
"""Doors beside each other where none has a floor: houses of a village."""
_HIGH, _LEAST, _ROOM, _LINE = 14.0, 9.0, 147.0, 7.0
"""Millimetres: a door, a door of a tower, all floors of a page, a heading."""
_FLOOR_WIDTH: Final = 0.6


def paper(workspace: Workspace, page: BuildingPage) -> Paper:
    """One building as its page shows it, without names: it lies on a table where others sit."""
    words = papers.form("building")
    told = {
        "doors": len(page.doors), "people": page.people, "needs": len(page.needs), "made_on": workspace.today,
    }  # fmt: skip
    storeyed = [one for one in page.doors if one.floor is not None]
    loose = [one for one in page.doors if one.floor is None]
    title = words["title"].format(building=page.name)
    return Paper(
        name=title,
        head=(papers.title(title), papers.line(*(text.format(**told) for text in words["head"])), _legend(words)),
        rows=(*_floors(words, storeyed), *_houses(words, loose)),
        foot=words["foot"],
        logged=f"building {len(page.doors)}",
        landscape=True,
    )


def _legend(words: dict[str, Any]) -> Row:
    steps = zip(words["legend_of"], (*(warm for _most, warm in WARMTH), 1), strict=True)
    cells = (Cell(text, size=9, heat=warm) for text, warm in steps)
    return Row((Cell(words["legend"], 3, LEFT, 9, framed=False), *cells, Cell(words["never"], size=9)), _LINE)


def _floors(words: dict[str, Any], doors: Sequence[Door]) -> Iterator[Row]:
    """From the top floor down, units side by side, each as wide as its widest floor."""
    if not doors:
        return
    units = list(dict.fromkeys(one.unit for one in doors))
    floors = sorted({one.floor or 0 for one in doors}, reverse=True)
    lying = {(unit, floor): [one for one in doors if (one.unit, one.floor) == (unit, floor)]
             for unit in units for floor in floors}  # fmt: skip
    wide = {unit: max(len(lying[unit, floor]) for floor in floors) for unit in units}
    heads = (Cell(words["unit"].format(unit=unit) if unit else "", wide[unit], shaded=True) for unit in units)
    yield Row((Cell("", _FLOOR_WIDTH, framed=False), *heads), _LINE)
    high = max(_LEAST, min(_HIGH, _ROOM / len(floors)))
    for floor in floors:
        cells = [Cell(words["floor"].format(floor=floor), _FLOOR_WIDTH, framed=False)]
        for unit in units:
            some = lying[unit, floor]
            cells += [*(_door(words, one) for one in some), *[Cell(framed=False)] * (wide[unit] - len(some))]
        yield Row(tuple(cells), high)


def _houses(words: dict[str, Any], doors: Sequence[Door]) -> Iterator[Row]:
    for start in range(0, len(doors), _A_ROW):
        some = doors[start : start + _A_ROW]
        blank = (Cell(framed=False),) * (_A_ROW - len(some))
        yield Row((*(_door(words, one) for one in some), *blank), _HIGH)


def _door(words: dict[str, Any], one: Door) -> Cell:
    met = words["met"].format(days=one.days) if one.days is not None else words["never"]
    needs = words["needs"].format(count=one.needs) if one.needs else ""
    second = " ".join(filter(None, (words["empty"] if one.empty else met, needs)))
    return Cell(f"{one.room or '—'}\n{second}", size=9, bold=bool(one.needs), heat=warmth(one.days))
