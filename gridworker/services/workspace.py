"""An open workspace: the store, the day it is, and who sits here. Every service takes one."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.services import outgoing
from gridworker.services.clock import Watch, doubt
from gridworker.store import door, erasing, rows
from gridworker.store.door import Change, Verdict, Written
from gridworker.store.engine import Connection
from gridworker.store.session import Store

RECOVERY_UNWRITTEN: Final = "recovery_unwritten"
"""Setting: nobody has confirmed yet that the recovery code was written down."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first run asks for."""

    role: str
    name: str
    grid: str = ""
    grid_name: str = ""
    community: str = ""
    township: str = ""


class Workspace:
    """What services work in. `today` is the day for every rule and default."""

    def __init__(self, store: Store, today: date | None = None, clock: Watch | None = None) -> None:
        self.store = store
        self._today = today
        self._clock = clock or Watch()

    @property
    def today(self) -> date:
        """The day asked for, else the laptop's."""
        return self._today or date.today()

    @property
    def now(self) -> datetime:
        """This moment on the day asked for."""
        return datetime.combine(self.today, datetime.now().time()) if self._today else datetime.now()

    @property
    def connection(self) -> Connection:
        """The store's connection."""
        return self.store.connection

    @property
    def is_township(self) -> bool:
        """Whether this is a supervisor's store."""
        return self.store.role == "township"

    @property
    def grid(self) -> Id | None:
        """The worker's grid."""
        code = self.store.get("grid")
        return grid_id(code) if code else None

    @property
    def worker(self) -> Id | None:
        """The worker at this laptop."""
        return worker_id(worker_code(self.store.get("grid"), self.store.author)) if self.store.get("grid") else None

    def odd_day(self) -> str:
        """A sentence about a laptop's day that cannot be right; empty where it may be, or where a day was given."""
        return doubt(self.store, self.today) if self._today is None else ""

    def trust_day(self) -> None:
        """Save without asking: whoever is here was told, and has no second try."""
        self._clock.trust(self.today)

    def write(self, kind: str, *changes: Change) -> Written:
        """Enter changes as one deed of the person here. Raises UserError once on a day that cannot be right."""
        self._ask_about_clock()
        written = door.write(self.connection, self.store.deed(kind, self.now), changes)
        erasing.known_again(self.connection, [(one.ledger, one.patch) for one in changes])
        if self.is_township:
            outgoing.note(self.store, written)
        return written

    def decide(self, kind: str, *verdicts: Verdict) -> Written:
        """Enter decisions on who is who as one deed of the person here. Raises UserError like `write`."""
        self._ask_about_clock()
        return door.decide(self.connection, self.store.deed(kind, self.now), verdicts)

    def _ask_about_clock(self) -> None:
        if self._today is None:
            self._clock.ask(self.store, self.today)

    def row(self, ledger_name: str, id: Id) -> rows.Row | None:
        """One record as it stands."""
        return rows.get(self.connection, ledger(ledger_name), id)

    def for_thread(self) -> "Workspace":
        """The same workspace over a connection of its own, for work beside the window; close it when done."""
        twin = copy(self.store)
        twin.connection = self.store.another_connection()
        return Workspace(twin, self._today, self._clock)

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def grid_id(code: str) -> Id:
    """Grids are known by their code on every machine."""
    return hashed_id("grid", code)


def worker_id(code: str) -> Id:
    """Workers are known by their code on every machine."""
    return hashed_id("worker", code)


def worker_code(grid: str, name: str) -> str:
    """The code of a worker nobody gave one: one person on two laptops is one worker."""
    return f"{grid}-{name}"


def create(
    folder: Path, password: str, opening: Opening, today: date | None = None, *, unwritten: bool = False,
    begin: Callable[["Workspace"], object] = lambda _workspace: None,
) -> tuple[Workspace, str]:  # fmt: skip
    """A new store for a person, whole with what `begin` enters or not there at all; returns it with the recovery code,
    which counts as `unwritten` where somebody is still to confirm that it stands on paper.
    """
    settings = {RECOVERY_UNWRITTEN: "yes" if unwritten else ""}
    settings |= {"role": opening.role, "name": opening.name, "grid": opening.grid, "township": opening.township}

    def enter(store: Store) -> None:
        workspace = Workspace(store, today)
        if opening.grid:
            enter_grid(workspace, opening)
        begin(workspace)

    store, code = Store.create(folder, password, settings, enter)
    return Workspace(store, today), code


def open_folder(folder: Path, password: str, today: date | None = None) -> Workspace:
    """The workspace of a folder, with what waited for this release. Raises UserError for a wrong password."""
    return open_store(Store.open(folder, password), today)


def open_store(store: Store, today: date | None = None) -> Workspace:
    """The workspace over a store just opened."""
    from gridworker.services import access, rereading

    workspace = Workspace(store, today)
    access.note_wrong_passwords(workspace)
    rereading.read_kept_books(workspace)
    erasing.scrub(workspace.connection)  # where the plug was pulled, or somebody else was reading
    return workspace


def enter_grid(workspace: Workspace, opening: Opening) -> None:
    """The person's grid and the person as records, under the ids every machine derives alike."""
    code = worker_code(opening.grid, opening.name)
    place: dict[str, Value] = {
        "code": opening.grid,
        "name": opening.grid_name or opening.grid,
        "community": opening.community or None,
        "township": opening.township or None,
    }
    person: dict[str, Value] = {"code": code, "name": opening.name, "grids": opening.grid}
    workspace.write(
        "init",
        Change(ledger("grid"), place, grid_id(opening.grid)),
        Change(ledger("worker"), person, worker_id(code)),
    )
