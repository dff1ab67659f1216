"""The sheets of a campaign to go from door to door with: on paper, and as a workbook whose rows find home again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ids import Id, random_id
from gridworker.domain.ledger import OWN, own_label
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.log_heads import LogHead
from gridworker.domain.text.address import format_address, walk_key
from gridworker.exchange.model import OutBook, OutSheet
from gridworker.exchange.weekly import encrypted, forms_bytes, save
from gridworker.i18n import _
from gridworker.services import access, buildings, campaigns, canvassing, export, papers, summary
from gridworker.services.buildings import Building
from gridworker.services.campaigns import HOUSES, PEOPLE, Campaign, Roll, Subject
from gridworker.services.naming import address_of, display_value
from gridworker.services.out_rows import View
from gridworker.services.papers import Paper
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Written
from gridworker.store.rows import Row

_ENTRY: Final = "campaign_entry"
_TAB: Final = 31
"""Characters of a tab's name."""
_NO_TAB: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_PAPER: Final = 100.0
"""Width of all columns of the paper together."""
_FEW: Final = 6
"""Columns of its own for which there is room beside the others."""
_REASON: Final = "专项行动登记表"


@dataclass(frozen=True, slots=True)
class Part:
    """What one sheet is about: a building, or all of them where buildings themselves are asked."""

    name: str
    buildings: tuple[Building, ...]


def parts(workspace: Workspace, campaign: Campaign) -> list[Part]:
    """The sheets of a campaign, along the way."""
    some = [one for one in buildings.bare(workspace) if campaign.estate in {"", one.place[0]}]
    if campaign.target == HOUSES:
        return [Part(campaign.estate or _("全部楼栋"), tuple(some))] if some else []
    return [Part(one.name, (one,)) for one in some]


def part_of(workspace: Workspace, campaign: Campaign, building: Building) -> Part:
    """The sheet on which a building stands."""
    found = (one for one in parts(workspace, campaign) if building.place in {each.place for each in one.buildings})
    return next(found, Part(building.name, (building,)))


def choices(workspace: Workspace, id: Id) -> list[tuple[str, Callable[[], Paper]]]:
    """The papers of a campaign, one for each of its sheets."""
    row = workspace.row("campaign", id)
    if row is None:
        return []
    campaign, word = campaigns.campaign_of(row), _("登记表　{building}")
    some = parts(workspace, campaign)
    return [(word.format(building=one.name), partial(paper, workspace, campaign, one)) for one in some]


def write(workspace: Workspace, campaign: Campaign, some: Sequence[Part], out: Path, password: str = "") -> Written:
    """A workbook with these sheets: the doors with what is known of them, and room for the rest.

    Whom it names can be read, so it leaves under a password only. Returns the records made for its lines. Raises
    UserError without a password.
    """
    password, _masked = export.protection(workspace, export.Wish(full=True, reason=_REASON, password=password))
    roll = Roll(workspace, campaign)
    written = canvassing.enrol(workspace, roll, [building for one in some for building in one.buildings])
    view = View(workspace, {}, masked=False)
    sheets = [_sheet(workspace, roll, one, view) for one in some]
    save(out, encrypted(forms_bytes(_book(workspace, campaign, sheets)), password))
    count = sum(len(one.rows) for one in sheets)
    access.note(workspace, "export", f"{_ENTRY} {count} full：{_REASON}")
    return written


def default_name(campaign: Campaign, part: Part) -> str:
    """What the workbook of a sheet is called: 电车上牌_登记表_金江西苑3栋.xlsx."""
    return f"{campaign.name}_登记表_{part.name}.xlsx".translate(_NO_TAB)


def paper(workspace: Workspace, campaign: Campaign, part: Part) -> Paper:
    """登记表 on paper: doors, people or buildings, what is known of them, boxes and room for the rest."""
    words, roll = papers.form("campaign_sheet"), Roll(workspace, campaign)
    columns = _columns(words, campaign)
    lines = list(_lines(workspace, roll, part))
    place = words["place"].format(place=part.name, count=len(lines))
    unit = words["unit"].format(unit=summary.unit_name(workspace))
    date = words["date"].format(date=workspace.today.isoformat())
    sign = [text.format(worker=workspace.store.author) for text in words["sign"]]
    told = (_told(workspace, roll, number, *line, words) for number, line in enumerate(lines, 1))
    title = words["title"].format(campaign=campaign.name)
    return Paper(
        name=f"{title}_{part.name}",
        head=(papers.title(title), papers.line(unit, place, date), papers.headings(columns)),
        rows=(*(papers.table_row(columns, one, words["height"]) for one in told), papers.line(*sign)),
        foot=words["foot"],
        logged=f"campaign_sheet {len(lines)}",
        landscape=True,
    )


def _columns(words: dict[str, Any], campaign: Campaign) -> list[dict[str, Any]]:
    """What every campaign asks, its own columns sharing the room between; of many, all are narrow."""
    form = words["many" if len(campaign.columns) > _FEW else "few"]
    first, last = form["first"][campaign.target or "住户"], form["last"]
    room = _PAPER - sum(one["width"] for one in (*first, *last))
    own = [
        {"label": one, "width": room / len(campaign.columns), "value": OWN + own_label(one)} for one in campaign.columns
    ]
    spare = [] if own else [{"label": words["spare"], "width": room, "align": "left"}]
    return [*first, *own, *spare, *last]


def _lines(workspace: Workspace, roll: Roll, part: Part) -> Iterator[tuple[Row, Subject]]:
    """Each door or person along the stairs; a whole building is one line."""
    seen = set()
    for building in part.buildings:
        rows = queries.by_ids(workspace.connection, "household", building.homes).values()
        for home in sorted(rows, key=lambda row: walk_key(address_of(row))):
            for subject in roll.asked(building, home.id):
                if subject not in seen:
                    yield home, subject
                seen.add(subject)


def _told(
    workspace: Workspace, roll: Roll, number: int, home: Row, subject: Subject, words: dict[str, Any]
) -> dict[str, str]:
    place, entries = address_of(home), roll.entries(subject)
    entry = workspace.row(_ENTRY, entries[0]) if entries else None
    person = workspace.row("resident", subject[1]) if subject[0] == "resident" and isinstance(subject[1], int) else None
    said = {name: str(entry.plain(name) or "") for name in entry.values} if entry else {}
    state = said.get("state", "")
    boxes = "　".join(("■" if one == state else "□") + one for one in words["states"])
    return {
        **said, "number": str(number), "state": boxes, "said": state, "head": display_value(home, "head"),
        "door": format_address(place, short=True) or format_address(place),
        "name": display_value(person, "name") if person else "",
        "building": buildings.name_of((place.estate, place.building)),
    }  # fmt: skip


def _sheet(workspace: Workspace, roll: Roll, part: Part, view: View) -> OutSheet:
    of, campaign = ledger(_ENTRY), roll.campaign
    ids = [roll.entries(subject)[0] for _home, subject in _lines(workspace, roll, part)]
    known = queries.by_ids(workspace.connection, _ENTRY, ids)
    rows = [view.row(of, known[id]) for id in ids]
    return OutSheet(
        of, rows, _shown(campaign), name=part.name.translate(_NO_TAB)[:_TAB],
        title=f"{campaign.name}登记表　{part.name}", to_fill=True,
    )  # fmt: skip


def _shown(campaign: Campaign) -> tuple[str, ...]:
    own = tuple(OWN + own_label(one) for one in campaign.columns)
    about: dict[str, tuple[str, ...]] = {
        PEOPLE: ("household:address", "resident:name"), HOUSES: ("estate", "building"),
    }  # fmt: skip
    first = about.get(campaign.target, ("household:address", "household:head"))
    return (*first, *own, "state", "done_on", "note")


def _book(workspace: Workspace, campaign: Campaign, sheets: Sequence[OutSheet]) -> OutBook:
    return OutBook(
        export=random_id(), title=summary.unit_name(workspace), grid=workspace.store.get("grid"),
        sender=workspace.store.author, role=workspace.store.role, week="", first=workspace.today, last=workspace.today,
        made_on=workspace.today, masked=False, previous=None, log=LogHead(), sheets=sheets,
    )  # fmt: skip
