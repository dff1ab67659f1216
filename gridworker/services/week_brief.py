"""周简报: a week of the township on two pages of A4: what to know, two pictures, every unit, the longest overdue."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gridworker.domain.calendar import Week, week_of
from gridworker.domain.ledgers import ledger
from gridworker.domain.pictures import Picture
from gridworker.domain.values import display
from gridworker.services import facts, overview, papers, pictures, review, roster, township_book
from gridworker.services.figures import Line
from gridworker.services.overview import Figure, Overview
from gridworker.services.papers import LEFT, Cell, Paper, Row
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row as Record

MOST_UNITS: Final = 40
"""Grids that stand one by one; more are told by community."""
_FEW_UNITS: Final = 30
"""Up to so many lines are printed in the usual size."""
LONGEST: Final = 5
"""Overdue needs that the first page names."""
MOST_NAMED: Final = 8
RISING: Final = 3
_STOCK: Final = frozenset({"opening", "open", "overdue"})
_UNKNOWN: Final = "—"
_ROW, _POINT, _LINES, _BAR = 5.0, 6.5, 46.0, 5.6
"""Millimetres."""
_SIZE, _SMALL = 8.5, 7.0
"""Points."""


def brief(workspace: Workspace, week: Week) -> Paper:
    """The two pages; counted over the whole store, so not for the window's own thread."""
    words = papers.form("week_brief")
    found = overview.read(workspace, week, "grid")
    before = overview.read(workspace, week.shifted(-1), "grid")
    title = words["title"].format(township=workspace.store.get("township"))
    return Paper(
        name=f"{title}_第{week.number}周",
        head=(papers.title(title), papers.line(*_head(workspace, week, words))),
        rows=(
            *_tiles(words, found, before),
            Row((Cell(framed=False),), 2),
            *(_point(text) for text in _points(workspace, words["points"], found)),
            *_pictures(words["pictures"], found),
            *_late(workspace, words["late"], week),
            *_second_page(workspace, words, found),
        ),
        foot=words["foot"],
        logged=f"brief {len(found.lines)}",
        personal=False,
    )


def _head(workspace: Workspace, week: Week, words: dict[str, Any]) -> list[str]:
    told = {
        "sender": workspace.store.author, "week": week.number, "first": week.first_day, "last": week.last_day,
        "made_on": workspace.today,
    }  # fmt: skip
    return [text.format(**told) for text in words["head"]]


def _tiles(words: dict[str, Any], found: Overview, before: Overview) -> list[Row]:
    """Rates, large, with their fractions and last week's beneath."""
    names = [(name, unit) for name, _word, unit in words["tiles"]]
    now, last = found.total, before.total
    return [
        Row(tuple(Cell(word, size=9, shaded=True) for _name, word, _unit in words["tiles"]), 7),
        Row(tuple(Cell(rate(now.get(name)), size=17, bold=True) for name, _unit in names), 11),
        Row(tuple(Cell(f"{_fraction(now.get(name))} {unit}", size=9) for name, unit in names), 6),
        Row(tuple(Cell(words["before"].format(rate=rate(last.get(name))), size=8) for name, _unit in names), 6),
    ]


def _point(text: str) -> Row:
    return Row((Cell(text, align=LEFT, size=10.5, framed=False),), _POINT)


def _points(workspace: Workspace, words: dict[str, str], found: Overview) -> list[str]:
    total = {name: one.numerator for name, one in found.total.items()}
    rates = {f"{name}_rate": rate(one) for name, one in found.total.items()}
    if not total:
        return []
    told = total | {
        "coverage": rates["coverage_rate"], "met": total["coverage"], "due": found.total["due_visits"].denominator,
        "due_rate": rates["due_visits_rate"], "closing": rates["closing_rate"],
        "timeliness": rates["timeliness_rate"], "called": total["callback"], "satisfaction": rates["satisfaction_rate"],
    }  # fmt: skip
    waiting = review.waiting_count(workspace) if found.week == week_of(workspace.today) else 0
    points = [_hand_in(words, found), *(words[name].format(**told) for name in ("visits", "needs", "callback"))]
    return [
        *points,
        *([words["rising"].format(kinds="，".join(rising))] if (rising := _rising(words, found)) else ()),
        *([words["waiting"].format(count=waiting)] if waiting else ()),
    ]


def _hand_in(words: dict[str, str], found: Overview) -> str:
    missing = sorted(found.missing)
    names = "、".join(missing[:MOST_NAMED])
    more = words["more"].format(count=len(missing)) if len(missing) > MOST_NAMED else ""
    still = words["missing"].format(names=names + more) if missing else ""
    return words["hand_in"].format(all=found.grids, count=found.handed_in, missing=still)


def _rising(words: dict[str, str], found: Overview) -> list[str]:
    more = sorted((one for one in found.kinds if one.new > one.before), key=lambda one: one.before - one.new)
    return [words["rise"].format(kind=one.label, new=one.new, before=one.before) for one in more[:RISING]]


def _pictures(titles: Sequence[str], found: Overview) -> list[Row]:
    rows = []
    for title, picture in zip(titles, (pictures.trend(found.trend), pictures.kinds(found.kinds)), strict=True):
        rows += [Row((Cell(title, align=LEFT, size=11, bold=True, framed=False),), 8), _drawn(picture)]
    return rows


def _drawn(picture: Picture) -> Row:
    height = _LINES if picture.sort == "lines" else 2 + _BAR * len(picture.labels)
    return Row((Cell(picture=picture, framed=False),), height)


def _second_page(workspace: Workspace, words: dict[str, Any], found: Overview) -> list[Row]:
    """Every unit with its numbers."""
    by = "grid" if len(found.lines) <= MOST_UNITS else "community"
    shown = found if by == "grid" else overview.read(workspace, found.week, by)
    table, columns = words["table"], words["table"]["columns"]
    lines = [
        _numbers(_known(shown, line)) | {"code": line.key if by == "grid" else "", "name": line.label}
        for line in shown.lines[:MOST_UNITS]
    ]
    size = _SIZE if len(lines) <= _FEW_UNITS else _SMALL
    total = _numbers(found.total) | {"name": table["total"]}
    heading = Row((Cell(table[by], align=LEFT, size=11, bold=True, framed=False),), 8, on_new_page=True)
    return [
        heading,
        _line(columns, {one["value"]: one["label"] for one in columns}, head=True, size=size),
        *(_line(columns, one, size=size) for one in lines),
        _line(columns, total, head=True, size=size),
    ]


def _known(shown: Overview, line: Line) -> dict[str, Figure | None]:
    """Where a workbook is missing, nought is unknown; the stock is known from before."""
    unknown = shown.by == "grid" and line.key in shown.missing
    return {
        name: None if unknown and not one.numerator and name not in _STOCK else one
        for name, one in line.measures.items()
    }


def _numbers(figures: Mapping[str, Figure | None]) -> dict[str, str]:
    counts = {name: _UNKNOWN if one is None else str(one.numerator) for name, one in figures.items()}
    rates = {f"{name}_rate": rate(one) for name, one in figures.items()}
    return counts | rates | {name: _fraction(figures.get(name)) for name in ("coverage", "due_visits")}


def _line(columns: Sequence[dict[str, Any]], values: dict[str, str], *, head: bool = False, size: float = _SIZE) -> Row:
    cells = [
        Cell(values.get(one["value"], ""), one["width"], one.get("align", "centre"), size, bold=head, shaded=head)
        for one in columns
    ]
    return Row(tuple(cells), _ROW)


def _late(workspace: Workspace, words: dict[str, Any], week: Week) -> list[Row]:
    late = township_book.overdue(workspace, week)
    text = words["title"].format(count=len(late)) if late else words["none"]
    heading = Row((Cell(text, align=LEFT, size=11, bold=True, framed=False),), 9)
    open_ones = [one for one in late if not one[0].plain("confidential")]
    if not open_ones:
        return [heading]
    columns, names = words["columns"], roster.Names(workspace)
    head = _line(columns, {one["value"]: one["label"] for one in columns}, head=True)
    return [heading, head, *(_line(columns, _late_words(names, *one)) for one in open_ones[:LONGEST])]


def _late_words(names: roster.Names, row: Record, days: int) -> dict[str, str]:
    of = ledger("need")
    told = {name: display(of.by_name[name], row.values.get(name)) for name in ("number", "kind", "unit")}
    due_on = facts.day_of(row, "due_on")
    return told | {"grid": names.grid(row), "due_on": due_on.isoformat() if due_on else "", "days": str(days)}


def rate(figure: Figure | None) -> str:
    """31.4%, or — where nothing is known or the denominator is 0."""
    return f"{figure.value:.1%}" if figure and figure.denominator and figure.value is not None else _UNKNOWN


def _fraction(figure: Figure | None) -> str:
    return f"{figure.numerator}/{figure.denominator}" if figure and figure.denominator else _UNKNOWN
