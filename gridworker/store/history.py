"""The history of a record: who said what, when, from which file and cell; nothing vanishes (versions.md §13)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.versions.claims import NO_IDS
from gridworker.domain.versions.entries import MISSING, Entry, Masked, Reading, Statement, Value, Version
from gridworker.store import derive, entries
from gridworker.store.deeds import Deed, deeds
from gridworker.store.derive import Component
from gridworker.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Said:
    """One claim about a record."""

    version: Id
    patch: Mapping[str, Value]
    deed: Deed
    sheet: str
    cell: str
    counts: bool
    """False where every import that brought it was taken back."""
    key: int = 0
    """The entry it lies in."""
    over: frozenset[Id] = NO_IDS
    """What its author had before, or knew of."""

    @property
    def place(self) -> str:
        """Sheet and cell in one word, empty for what was said in a window."""
        return f"{self.sheet}!{self.cell}" if self.cell else ""


def history(connection: Connection, record: Id) -> list[Said]:
    """All that was said about a record, oldest deed first."""
    no = entries.number_of(connection, record)
    found = derive.component(connection, no) if no is not None else None
    return of_component(connection, found) if found else []


def of_component(connection: Connection, found: Component) -> list[Said]:
    """All that was said about a loaded record, oldest deed first; a value is told once, masked only while unknown."""
    held = [one for member in found.records for one in member.entries]
    known = {one.entry.id for one in held if isinstance(one.entry, (Version, Reading))}
    by_no = deeds(connection, {one.deed for one in held})
    places = {key: place for member in found.records for key, place in _sources(connection, member.no)}
    said = [
        Said(version, patch, by_no[one.deed], *places.get(one.key, ("", "")), one.held > 0, one.key, over)
        for one in held
        for version, patch, over in _claims(found.ledger, one.entry, known)
    ]
    return sorted(_told_once(said), key=lambda one: one.deed.at)  # within one moment, as it came in


def made_by(connection: Connection, record: Id) -> Deed | None:
    """The deed that first told of a record."""
    no = entries.number_of(connection, record)
    held = entries.load(connection, [no])[no].entries if no is not None else []
    return deeds(connection, {held[0].deed})[held[0].deed] if held else None


def _claims(of: Ledger, entry: Entry, known: set[Id]) -> Iterator[tuple[Id, Mapping[str, Value], frozenset[Id]]]:
    if isinstance(entry, Version):
        yield entry.id, entry.patch, entry.seen
    elif isinstance(entry, Reading):
        yield entry.id, entry.values, entry.over
    elif isinstance(entry, Statement):
        unheld: dict[Id, dict[str, Value]] = {}
        over: dict[Id, frozenset[Id]] = {}
        for group, cell in entry.cells.items():
            for version in cell.of - known:
                told = zip(of.members(group), cell.value, strict=False)  # a newer release may know more members
                unheld.setdefault(version, {}).update({name: value for name, value in told if value is not MISSING})
                over[version] = over.get(version, NO_IDS) | cell.over
        yield from ((version, patch, over[version]) for version, patch in unheld.items())


def _told_once(said: Iterable[Said]) -> Iterator[Said]:
    """Books say the same every week: the first that says a value is told, a mask only where nothing fuller is."""
    every = list(said)
    full = {(one.version, name) for one in every for name, value in one.patch.items() if not isinstance(value, Masked)}
    told: set[tuple[Id, str, Value, bool]] = set()
    for one in every:
        news = {
            name: value
            for name, value in one.patch.items()
            if (one.version, name, value, one.counts) not in told
            and not (isinstance(value, Masked) and (one.version, name) in full)
        }
        told |= {(one.version, name, value, one.counts) for name, value in news.items()}
        if news or not one.patch:
            yield one if len(news) == len(one.patch) else _with(one, news)


def _with(said: Said, patch: Mapping[str, Value]) -> Said:
    return Said(said.version, patch, said.deed, said.sheet, said.cell, said.counts, said.key, said.over)


def _sources(connection: Connection, no: int) -> list[tuple[int, tuple[str, str]]]:
    """By entry of a record: sheet and cells in the first file that brought it."""
    sql = "select key, sheet, cells from source where key >= ? and key < ? order by batch desc"
    found = connection.execute(sql, (no << entries.SHIFT, (no + 1) << entries.SHIFT))
    return [(key, (sheet, cells)) for key, sheet, cells in found]
