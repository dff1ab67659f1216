"""Papers about who is there for a building: 楼长名册, and the 干群连心卡 left with each household."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.domain.text.address import format_address, walk_key
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import papers
from gridworker.services.meeting_papers import between, said
from gridworker.services.naming import address_of
from gridworker.services.papers import LEFT, RIGHT, Cell, Paper
from gridworker.services.papers import Row as PaperRow
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_SAID: Final = ("estate", "building", "name", "gender", "politics", "phone", "chosen_by", "note")


def captains(workspace: Workspace) -> Paper:
    """楼长名册: those in office, along the way, with the households of their building."""
    words = papers.form("captains")
    today = workspace.today.isoformat()
    rows = [row for row in queries.every(workspace.connection, "captain") if str(row.plain("until_on") or "~") >= today]
    rows.sort(key=lambda row: walk_key(address_of(row)))
    places = (address_of(home) for home in queries.every(workspace.connection, "household"))
    homes = Counter((one.estate, one.building) for one in places)
    lines = [_captain(row, number, homes, words) for number, row in enumerate(rows, 1)]
    sign = [text.format(worker=workspace.store.author) for text in words["sign"]]
    unit, date = words["unit"].format(unit=unit_name(workspace)), words["date"].format(date=today)
    return Paper(
        name=words["title"],
        head=(
            papers.title(words["title"]),
            papers.line(unit, words["total"].format(count=len(rows)), date),
            papers.headings(words["columns"]),
        ),
        rows=(*(papers.table_row(words["columns"], one, words["height"]) for one in lines), papers.line(*sign)),
        foot=words["foot"],
        logged=f"captains {len(rows)}",
        landscape=True,
    )


def contact_cards(workspace: Workspace, ledger_name: str, id: Id) -> Paper:
    """干群连心卡: a card for each household of the building a captain or cadre is for, to be left at the door."""
    words, row = papers.form("contact_card"), _row(workspace, ledger_name, id)
    estate, building = said(row, "estate"), said(row, "building")
    homes = [
        home for home in queries.every(workspace.connection, "household")
        if (not estate or address_of(home).estate == estate) and (not building or address_of(home).building == building)
    ]  # fmt: skip
    homes.sort(key=lambda home: walk_key(address_of(home)))
    shared = _People(workspace)
    cards = [line for home in homes for line in _card(workspace, home, shared, words)]
    place = f"{estate}{building}栋" if building else estate
    return Paper(
        name=f"{words['title']}_{place}".rstrip("_"),
        head=(),
        rows=tuple(cards) or (papers.line(words["none"]),),
        foot=words["foot"],
        logged=f"contact_card {len(homes)}",
    )


def _card(workspace: Workspace, home: Row, people: "_People", words: dict[str, Any]) -> Iterator[PaperRow]:
    title, who, line, talk, gap = words["heights"]
    place = address_of(home)
    values = {"head": said(home, "head"), "address": format_address(place)} | people.of(place.estate, place.building)
    yield PaperRow((Cell(words["title"], size=16, bold=True),), title, kept=True)
    told = [(label, values[name]) for label, name in words["home"]]
    yield PaperRow(papers.facts(told, who).cells, who, kept=True)
    for label, name, phone in words["people"]:
        pair = [(label, values.get(name, "")), (words["phone"], values.get(phone, ""))]
        yield PaperRow(papers.facts(pair, line).cells, line, kept=True)
    yield PaperRow((Cell(words["help"], align=LEFT),), talk, kept=True)
    unit = words["unit"].format(unit=unit_name(workspace))
    yield PaperRow((Cell(unit, align=RIGHT, size=9, framed=False),), 8, kept=True)
    yield PaperRow((Cell(framed=False),), gap)


class _People:
    """Whom a household can ask: its grid worker, the captain and the paired cadre of its building."""

    def __init__(self, workspace: Workspace) -> None:
        worker = workspace.row("worker", workspace.worker) if workspace.worker else None
        self._worker = {
            "worker": workspace.store.author,
            "worker_phone": str(worker.plain("phone") or "") if worker else "",
        }
        today = workspace.today.isoformat()
        self._known = {
            name: [
                row for row in queries.every(workspace.connection, name) if str(row.plain("until_on") or "~") >= today
            ]
            for name in ("captain", "cadre")
        }

    def of(self, estate: str, building: str) -> dict[str, str]:
        """Names and telephones for a building; who has the whole estate counts where nobody has the building."""
        found = dict(self._worker)
        for name, rows in self._known.items():
            here = [row for row in rows if said(row, "estate") == estate and said(row, "building") in {building, ""}]
            for row in sorted(here, key=lambda one: not said(one, "building"))[:1]:
                found |= {name: said(row, "name"), f"{name}_phone": said(row, "phone")}
        return found


def _captain(row: Row, number: int, homes: Counter[tuple[str, str]], words: dict[str, Any]) -> dict[str, str]:
    here = homes[said(row, "estate"), said(row, "building")]
    term = between(row, "from_on", "until_on", words["term"]) or said(row, "from_on")
    told = {"number": str(number), "homes": str(here or ""), "term": term}
    return told | {name: said(row, name) for name in _SAID}


def _row(workspace: Workspace, name: str, id: Id) -> Row:
    row = workspace.row(name, id)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这条记录。"), _("请回到列表重新选。"))
    return row
