"""A community year on invented people: meetings, a covenant, activities, a dispute, a campaign, money spent."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from gridworker import paths
from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import numbering
from gridworker.domain.rules.community import DONE, NOT_CONCERNED, REFUSED, TO_DO
from gridworker.services import defaults
from gridworker.services.demo import LETTER, Maker, Progress, enter, untold
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_FIRST: Final = 1_000_000
"""Where the ids of this year begin: after those of the people it is about."""
_DOORS: Final = 300
_STATES: Final = (DONE, TO_DO, NOT_CONCERNED, REFUSED)
_CHARGING: Final = ("集中充电", "车棚充电")
_SINCE: Final = 24
"""Days the campaign has been going."""


def fill(workspace: Workspace, seed: int = 1, progress: Progress = untold) -> dict[str, int]:
    """Tell the year in a grid that has people; the same seed and day give the same facts."""
    pool = paths.json_resource("sample", "community.json")
    maker = Maker(workspace, random.Random(f"community {seed}"), seed, pool, made=_FIRST)
    doors = queries.every(workspace.connection, "household")
    year = _Year(maker, [row for row in doors if row.plain("head")])
    for key, name, ago, given in pool["year"]:
        year.tell(key, name, ago, given)
    year.canvass("campaign", doors[:_DOORS])
    enter(maker, progress)
    return maker.counts


class _Year:
    """Makes records of lines that name each other, days before today and the people of the grid."""

    def __init__(self, maker: Maker, homes: list[Row]) -> None:
        self._maker, self._homes = maker, homes
        self._known: dict[str, tuple[str, Id]] = {}
        self._needs = 0

    def tell(self, key: str, name: str, ago: int, given: dict[str, Any]) -> None:
        """One line of the year: a new record, or with `=key` what became of a known one."""
        at = datetime.combine(self._day(ago), time(9, len(self._known) % 60))
        if name.startswith("="):
            known, id = self._known[name[1:]]
            self._maker.change(at, known, id, self._words(given))
            return
        given = self._need(at, given) if name == "need" else given
        of = ledger(name)
        id = self._maker.add(at, name, {**self._belonging(of), **self._words(given)})
        self._known[key] = (name, id)

    def canvass(self, key: str, doors: list[Row]) -> None:
        """How doors stand in a campaign, three of four of them by now; nobody is asked where nobody lives."""
        dice = self._maker.dice
        for home in doors:
            state = dice.choices(_STATES, (60, 25, 12, 3))[0] if home.plain("head") else NOT_CONCERNED
            at = datetime.combine(self._day(dice.randint(1, _SINCE)), time(17))
            told: dict[str, object] = {
                "campaign": self._known[key][1], "household": home.id, "grid": self._maker.workspace.grid,
                "estate": home.plain("estate"), "building": home.plain("building"), "state": state,
            }  # fmt: skip
            if state != TO_DO:
                told |= {"done_on": at.date().isoformat(), "worker": self._maker.workspace.worker}
            if state == DONE:
                told |= {"+号牌号码": f"皖N{dice.randint(10_000, 99_999)}", "+充电方式": dice.choice(_CHARGING)}
            self._maker.add(at, "campaign_entry", told)

    def _need(self, at: datetime, given: dict[str, Any]) -> dict[str, Any]:
        """A need with what follows from its kind and its household."""
        home = self._home(int(given["home"]))
        said = {name: value for name, value in given.items() if name != "home"}
        urgency = defaults.urgency_of(said["kind"])
        grid = self._maker.workspace.store.get("grid")
        prefix = numbering.prefix(grid, at.year, LETTER)
        last = queries.last_number(self._maker.workspace.connection, prefix)
        self._needs += 1
        return {
            "number": numbering.next_number(grid, at.year, LETTER, last, self._needs - 1), "household": home.id,
            "registered_at": at.isoformat(timespec="minutes"), "source": "走访", "raised_by": home.plain("head"),
            "phone": home.plain("phone"), "urgency": urgency, "worker": self._maker.workspace.worker,
            "due_on": defaults.due_on(said["kind"], urgency, at.date())[0].isoformat(), **said,
        }  # fmt: skip

    def _belonging(self, of: Ledger) -> dict[str, object]:
        return {"grid": self._maker.workspace.grid} if "grid" in of.by_name else {}

    def _words(self, given: dict[str, Any]) -> dict[str, object]:
        return {name: self._meant(value) for name, value in given.items()}

    def _meant(self, value: object) -> object:
        if not isinstance(value, str) or value[:1] not in "@~#^$":
            return value
        mark, rest = value[0], value[1:]
        if mark == "@":
            return self._known[rest][1]
        if mark == "~":
            days, _blank, clock = rest.partition(" ")
            return " ".join(filter(None, (self._day(int(days)).isoformat(), clock)))
        if mark == "^":
            return self._home(int(rest)).id
        if mark == "$":
            return str(self._home(0).plain("estate"))
        return "、".join(str(self._home(int(one.strip("#"))).plain("head")) for one in value.split("、"))

    def _home(self, place: int) -> Row:
        return self._homes[place % len(self._homes)]

    def _day(self, ago: int) -> date:
        return self._maker.workspace.today - timedelta(days=ago)
