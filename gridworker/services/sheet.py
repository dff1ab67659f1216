"""补录: the visits of a day on paper, one line each; every line is saved as the quick visit saves its own."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import doors, drafts, visiting
from gridworker.services.doors import Door
from gridworker.services.undoing import Done
from gridworker.services.visiting import NeedGiven
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

DRAFT: Final = "sheet"
MODES: Final = {"home": "R", "phone": "D", "wechat": "W", "video": "S", "office": "L"}
"""The ways of a visit, each with the letter that chooses it on a line."""
_NOON: Final = 12


class State(Enum):
    """What a line is waiting for."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    OPEN = "open"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of the sheet; `visit` once it is stored, `saved` while it stands there as it is written here."""

    day: str
    mode: str = "home"
    door: str = ""
    household: Id = 0
    outcome: str = "met"
    content: str = ""
    visit: Id = 0
    saved: bool = False
    needs: tuple[str, ...] = ()
    """The kinds of the needs heard."""

    def fields(self) -> dict[str, object]:
        """What it says, as the visit takes it."""
        return {"visited_at": self.day, "mode": self.mode, "outcome": self.outcome, "content": self.content}


def usual_day(now: datetime) -> date:
    """In the evening the day itself is written up, in the morning the one before."""
    return now.date() if now.hour >= _NOON else now.date() - timedelta(days=1)


class Sheet:
    """The lines of an evening, the one that is being written, and the households they are about."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.lines: list[Line] = [Line(usual_day(workspace.now).isoformat())]
        self.place = 0
        self.known: dict[Id, Door] = {}
        self._offers: dict[str, list[Door]] = {}
        self._visits: dict[tuple[Id, str], set[Id]] = {}

    @property
    def line(self) -> Line:
        """The line that is being written."""
        return self.lines[self.place]

    def put(self, **said: Any) -> None:
        """Write on the line."""
        self.lines[self.place] = replace(self.line, saved=False, **said)

    def door(self, line: Line) -> Door | None:
        """The household of a line."""
        return self.known.get(line.household)

    def type_door(self, typed: str) -> None:
        """Write a door: the one household it means is taken at once."""
        found = doors.find(self._workspace, typed, self._before())
        self.known |= {one.id: one for one in found}
        self._offers[typed] = found
        self.put(door=typed, household=found[0].id if len(found) == 1 else 0)

    def take(self, household: Id) -> None:
        """Choose the household of the line."""
        self.known |= doors.by_ids(self._workspace, [household])
        self.put(door=self.known[household].short, household=household)

    def offers(self, line: Line) -> list[Door]:
        """The households its door may mean, while none is chosen."""
        if line.household or not line.door.strip():
            return []
        return self._offers.get(line.door, [])

    def new_home(self) -> dict[str, str]:
        """What the door of the line tells of a household still to be made."""
        return doors.of_new(self.line.door, self._before())

    def state(self, line: Line) -> State:
        """What a line is waiting for."""
        if line.saved:
            return State.SAVED
        if line.household:
            return State.OPEN
        if not line.door.strip():
            return State.OPEN if line.content or line.visit else State.EMPTY
        return State.SEVERAL if self.offers(line) else State.UNKNOWN

    def waiting(self) -> list[int]:
        """The places of lines that are written and not stored."""
        settled = {State.EMPTY, State.SAVED}
        return [place for place, line in enumerate(self.lines) if self.state(line) not in settled]

    def to_mend(self) -> list[int]:
        """The waiting lines besides a new one that is just being written."""
        return [place for place in self.waiting() if place != self.place or self.line.visit]

    def earlier(self, place: int) -> int:
        """How many visits its household has of that day besides it and the lines below: a paper written up twice."""
        line = self.lines[place]
        if not line.household:
            return 0
        at = (line.household, line.day)
        if at not in self._visits:
            where = "household = ? and substr(visited_at, 1, 10) = ?"
            rows = queries.where(self._workspace.connection, "visit", where, list(at))
            self._visits[at] = {row.id for row in rows if not row.deleted}
        return len(self._visits[at] - {below.visit for below in self.lines[place:]})

    def give_up(self) -> bool:
        """Forget what was changed on a stored line; false where there is nothing to forget."""
        row = self._workspace.row("visit", self.line.visit) if self.line.visit and not self.line.saved else None
        if row is None:
            return False
        standing = _standing(row)
        self.known |= doors.by_ids(self._workspace, [standing["household"]])
        door = self.known.get(standing["household"])
        self.put(**standing, door=door.short if door else self.line.door)
        self.lines[self.place] = replace(self.line, saved=True)
        return True

    def drop(self) -> bool:
        """Take the line away; false for one that is stored."""
        if self.line.visit:
            return False
        del self.lines[self.place]
        if not self.lines:
            self.lines.append(Line(usual_day(self._workspace.now).isoformat()))
        self.go(self.place)
        return True

    def enter(self) -> Done | None:
        """Store the line; nothing to do if it stands already. Raises UserError for what cannot be saved."""
        line = self.line
        if line.saved:
            return None
        if not line.household:
            raise UserError("door_needed", _("先写门牌或户主，找到这一户。"), "")
        if line.visit:
            done = visiting.amend(self._workspace, line.visit, line.household, line.fields())
        else:
            done = visiting.save(self._workspace, line.household, line.fields())
        self.lines[self.place] = replace(line, visit=line.visit or done.written.ids[0], saved=True)
        self._visits.clear()
        return done

    def hear(self, need: NeedGiven) -> Done:
        """Store a need heard on the visit of the line."""
        done = visiting.hear(self._workspace, self.line.visit, need)
        self.lines[self.place] = replace(self.line, needs=(*self.line.needs, str(need.fields.get("kind"))))
        return done

    def go_on(self) -> None:
        """To the next line; a new one keeps day and mode."""
        self.place += 1
        if self.place == len(self.lines):
            before = self.lines[-1]
            self.lines.append(Line(before.day, before.mode))

    def go(self, place: int) -> None:
        """To a line, as far as there are lines."""
        self.place = max(0, min(place, len(self.lines) - 1))

    def go_free(self) -> None:
        """To the first empty line, so that the next door is never typed into another one."""
        empty = (place for place, line in enumerate(self.lines) if self.state(line) is State.EMPTY)
        self.place = next(empty, len(self.lines) - 1)
        if self.state(self.line) is not State.EMPTY:
            self.go_on()

    def restore(self, place: int, line: Line) -> None:
        """Put a line back as it was written before it was stored."""
        self.lines[place] = line
        self.place = place

    def keep(self) -> None:
        """Keep the sheet as a draft."""
        lines = [asdict(one) for one in self.lines]
        body = {"day": self._workspace.today.isoformat(), "lines": lines}
        drafts.keep(self._workspace, DRAFT, body)

    def load(self) -> str:
        """Bring back the draft, ready for the next line; lines stored on an earlier day are done with. Returns when it
        was kept.
        """
        found = drafts.find(self._workspace, DRAFT)
        if not found:
            return ""
        body, at = found
        lines = [Line(**{**one, "needs": tuple(one["needs"])}) for one in body["lines"]]
        if body["day"] != self._workspace.today.isoformat():
            lines = [one for one in lines if not one.saved and (one.door or one.content)]
        if not lines or lines[-1].door or lines[-1].content:
            lines.append(Line(usual_day(self._workspace.now).isoformat()))
        self.lines = lines
        self.renew()
        self.go_free()
        return at

    def renew(self) -> None:
        """Read anew what other pages may have changed: stored visits and the households of all lines."""
        self._offers.clear()
        self._visits.clear()
        visits = queries.by_ids(self._workspace.connection, "visit", [one.visit for one in self.lines if one.visit])
        for place, line in enumerate(self.lines):
            row = visits.get(line.visit)
            if line.visit and (row is None or row.deleted):
                self.lines[place] = replace(line, visit=0, saved=False, needs=())
            elif row is not None and line.saved:
                self.lines[place] = replace(line, **_standing(row), needs=self._kinds(line.visit))
        self.known = doors.by_ids(self._workspace, [one.household for one in self.lines if one.household])
        for place, line in enumerate(self.lines):
            if not line.household and line.door:
                self._offers[line.door] = doors.find(self._workspace, line.door, self._before(place))

    def _kinds(self, visit: Id) -> tuple[str, ...]:
        rows = queries.where(self._workspace.connection, "need", "visit = ?", [visit])
        return tuple(str(row.plain("kind") or "") for row in rows)

    def _before(self, place: int | None = None) -> Door | None:
        """The household of the nearest line above."""
        above = self.lines[: self.place if place is None else place]
        return next((door for line in reversed(above) if (door := self.known.get(line.household))), None)


def _standing(row: Row) -> dict[str, Any]:
    """What a stored visit says now."""
    said = {name: str(row.plain(name) or "") for name in ("mode", "outcome", "content")}
    return {"day": str(row.plain("visited_at") or "")[:10], "household": row.plain("household"), **said}


def counts(lines: Iterable[Line]) -> tuple[int, int]:
    """How many lines are stored, and the needs on them."""
    stored = [one for one in lines if one.visit]
    return len(stored), sum(len(one.needs) for one in stored)
