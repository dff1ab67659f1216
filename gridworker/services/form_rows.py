"""Which records fill the rows of a form, and what belongs to each of them; in the order of a walk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.masking import is_sensitive_row
from gridworker.domain.text.address import walk_key
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import out_community
from gridworker.services.form_facts import Facts
from gridworker.services.form_where import BLOCKS, JOINED, by_field, fits
from gridworker.services.naming import address_of
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.rows import Row

MOST_LOOKED: Final = 200_000
"""Records that are looked through for one form."""
_HEADS: Final = frozenset({"户主", "本人"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records are wanted."""

    subject: str
    """A ledger, or the block of a kind of need."""
    where: tuple[tuple[str, str], ...] = ()
    """Fields and the values that they must have; several of one field: any of them."""
    period: Period | None = None
    since: date | None = None
    """Only what somebody said something about from this day on."""
    latest_visit: bool = False
    """Whether a column asks for the last visit at the door."""


class Chooser:
    """Finds the records of a form and joins to each what it names."""

    def __init__(self, workspace: Workspace, choice: Choice) -> None:
        self._workspace = workspace
        self._choice = choice
        self._of = ledger(choice.subject if choice.subject in ledgers() else "need")
        self._wanted = by_field(self._of.name, choice.where)
        self._all: dict[str, dict[Id, Row]] = {}

    def rows(self) -> list[Facts]:
        """The rows in the order of a walk, those at one door in the order of time; secret needs are none of them."""
        candidates = self._candidates()
        self._all = self._named(candidates)
        found = [self._join(row) for row in candidates]
        since = self._choice.since
        told = lists.records_told_since(self._workspace.connection, since.isoformat()) if since else None
        kept = [
            one
            for one in found
            if fits(one, self._wanted) and (told is None or any(row.id in told for row in _about(one)))
        ]
        return sorted(kept, key=_order)

    def _candidates(self) -> list[Row]:
        connection, period = self._workspace.connection, self._choice.period
        if not period and (count := queries.count(connection, self._of.name)) > MOST_LOOKED:
            message = _("要看 {count} 条记录，太多了。").format(count=count)
            raise UserError("too_many", message, _("请用 --week 缩小范围，或在网格的电脑上填。"))
        if self._of.name == "need":
            needs = (
                queries.needs_in(connection, period.first.isoformat(), period.last.isoformat())
                if period
                else queries.every(connection, "need", "registered_at, id")
            )
            return [row for row in needs if not row.plain("confidential") and self._is_of_kind(row)]
        if period and self._of.name == "visit":
            return queries.between(connection, "visit", "visited_at", period.first.isoformat(), period.last.isoformat())
        every = queries.every(connection, self._of.name)
        if self._of.name == "followup":
            secret = self._secret()
            return [
                row for row in every if row.plain("need") not in secret and _is_within(row.plain("done_on"), period)
            ]
        withheld = out_community.withheld(connection) if self._of.area else set()
        return [row for row in every if row.id not in withheld]

    def withheld(self) -> int:
        """How many needs of this choice are to be kept secret: they leave in encrypted workbooks only."""
        return len(self._secret()) if self._of.name in {"need", "followup"} else 0

    def _secret(self) -> set[Id]:
        every = queries.every(self._workspace.connection, "need")
        return {row.id for row in every if row.plain("confidential") and self._is_of_kind(row)}

    def _is_of_kind(self, need: Row) -> bool:
        kinds = BLOCKS.get(self._choice.subject)
        return kinds is None or need.plain("kind") in kinds

    def _join(self, row: Row) -> Facts:
        joined = {row.ledger: row}
        for name in JOINED:
            if name not in joined and (other := self._belonging(name, row, joined)):
                joined[name] = other
        return Facts(row, joined)

    def _belonging(self, name: str, row: Row, joined: Mapping[str, Row]) -> Row | None:
        home = joined.get("household")
        if name == "household":
            need = self._all["need"].get(row.plain("need") or 0) if row.ledger == "followup" else row
            return self._all[name].get(need.plain("household") or 0) if need else None
        if name == "resident":
            return self._resident(row, home)
        if name == "grid":
            return self._all[name].get((home or row).plain("grid") or row.plain("grid") or 0)
        if name == "worker":
            return self._worker(row, joined.get("grid"))
        if name == "visit":
            return self._latest.get(home.id) if home else None
        return self._all[name].get(row.id if row.ledger == "visit" else row.plain("need") or 0)

    def _resident(self, row: Row, home: Row | None) -> Row | None:
        """The person named by the record, by the name it gives, or else the head of the house."""
        if row.ledger == "need" and row.plain("resident"):
            return self._all["resident"].get(row.plain("resident"))
        names = {row.plain(name) for name in ("child", "raised_by")} - {None} if row.ledger == "need" else set()
        wanted = names or ({home.plain("head")} if home else set())
        people = [one for one in self._people.get(home.id, ()) if one.plain("name") in wanted] if home else []
        return people[0] if len(people) == 1 else None

    def _worker(self, row: Row, grid: Row | None) -> Row | None:
        """Who did it, else who walks the grid."""
        if isinstance(row.plain("worker"), int):
            return self._all["worker"].get(row.plain("worker"))
        code = grid.plain("code") if grid else None
        mine = [one for one in self._all["worker"].values() if code in str(one.plain("grids") or "").split("、")]
        return mine[0] if len(mine) == 1 else None

    def _named(self, candidates: Sequence[Row]) -> dict[str, dict[Id, Row]]:
        """By ledger and id: everything that these records name, and who lives at their doors."""
        connection = self._workspace.connection
        found = {name: _by_id(queries.every(connection, name)) for name in ("grid", "worker")}
        own = _by_id(candidates)
        is_visit = self._of.name == "visit"
        found["need"] = (
            self._raised_at(own) if is_visit else queries.by_ids(connection, "need", _ids(candidates, "need"))
        )
        homes = _ids([*candidates, *found["need"].values()], "household")
        is_home, is_person = self._of.name == "household", self._of.name == "resident"
        found["household"] = own if is_home else queries.by_ids(connection, "household", homes)
        found["resident"] = own if is_person else _by_id(lists.residents_in(connection, list(found["household"])))
        return found

    def _raised_at(self, visits: Iterable[Id]) -> dict[Id, Row]:
        """By visit what was asked for at it, several needs as one that is as sensitive as any of them."""
        found: dict[Id, list[Row]] = defaultdict(list)
        for row in lists.needs_raised_at(self._workspace.connection, list(visits)):
            found[row.plain("visit")].append(row)
        return {visit: _as_one(needs) for visit, needs in found.items()}

    @cached_property
    def _people(self) -> dict[Id, list[Row]]:
        found: dict[Id, list[Row]] = defaultdict(list)
        for one in self._all["resident"].values():
            found[one.plain("household") or 0].append(one)
        return found

    @cached_property
    def _latest(self) -> dict[Id, Row]:
        is_asked = self._choice.latest_visit or any(name == "visit" for name, _field in self._wanted)
        homes = list(self._all["household"]) if is_asked else []
        return {row.plain("household"): row for row in lists.latest_visit_rows(self._workspace.connection, homes)}


def _as_one(needs: Sequence[Row]) -> Row:
    first = next((row for row in needs if is_sensitive_row(ledger("need"), row.values)), needs[0])
    contents = dict.fromkeys(text for row in needs if (text := row.plain("content")))
    return replace(first, values={**first.values, "content": "；".join(contents) or None}) if len(needs) > 1 else first


def _is_within(day: object, period: Period | None) -> bool:
    return period is None or (day is not None and period.first.isoformat() <= str(day) <= period.last.isoformat())


def _by_id(some: Iterable[Row]) -> dict[Id, Row]:
    return {row.id: row for row in some}


def _ids(some: Iterable[Row], name: str) -> list[Id]:
    """The records that a reference of these names."""
    return list(dict.fromkeys(id for row in some if isinstance(id := row.plain(name), int)))


def _about(facts: Facts) -> Iterable[Row]:
    """The records whose change makes a row worth sending again."""
    return (row for name, row in facts.joined.items() if name in {facts.record.ledger, "household", "resident"})


def _order(facts: Facts) -> tuple[object, ...]:
    """By address; then the head of the house first, and events by time."""
    home, row = facts.joined.get("household"), facts.record
    place = walk_key(address_of(home or row)) if home or "estate" in row.values else ()
    is_head = row.plain("relation") in _HEADS if row.ledger == "resident" else False
    moment = next((row.plain(name) for name in ("visited_at", "registered_at", "done_on") if row.plain(name)), "")
    code = str(row.plain("code") or "")
    return (not home, place, not is_head, str(moment), code, row.id)
