"""Which people's names the free texts of a record must not show: those of the record and of what it hangs on."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Field, Kind, Ledger, Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.masking import NOBODY, Crowd
from gridworker.store import queries
from gridworker.store.engine import Connection
from gridworker.store.rows import Row

_EVERYBODYS: Final = frozenset({"grid", "worker"})
"""What hundreds of records refer to: it says nothing of who is near."""


class NamesNear:
    """By record the names known at it; read once, as rows of a workbook ask for them one after the other."""

    def __init__(self, connection: Connection, known: Callable[[str, object], Row | None]) -> None:
        self._connection = connection
        self._known = known
        self._found: dict[Id, frozenset[str]] = {}

    def of(self, row: Row) -> frozenset[str]:
        """Its own, those of the records that refer to it or that it refers to, and their household's."""
        if row.id not in self._found:
            own = frozenset(_texts(row, ledger(row.ledger)))
            self._found[row.id] = own.union(*map(self._at, (row.id, *self._hung_on(row))))
        return self._found[row.id]

    def crowd(self, row: Row) -> Crowd:
        """Everybody known in the grid of a record, whom its texts may name as well."""
        return self._crowds.get(self._grid_of(row), NOBODY)

    @cached_property
    def _crowds(self) -> dict[object, Crowd]:
        grids = dict(queries.plain_columns(self._connection, "household", ["grid"]))
        names: dict[object, set[str]] = {}
        for household, name in queries.names_by_household(self._connection):
            names.setdefault(grids.get(household), set()).add(name)
        return {grid: Crowd(some) for grid, some in names.items()}

    def _grid_of(self, row: Row, deep: int = 2) -> object:
        """The grid of a record, or of what it refers to: a step's need, a topic's meeting."""
        own = row.plain("grid")
        if own is not None or not deep:
            return own
        ids = ((one.of, row.plain(one.name)) for one in people_at(ledger(row.ledger)))
        others = (other for name, id in ids if (other := self._known(name, id)))
        return next((grid for other in others if (grid := self._grid_of(other, deep - 1)) is not None), None)

    def _at(self, id: Id) -> frozenset[str]:
        return frozenset(self._by_household.get(id, ())) | frozenset(self._by_record.get(id, ()))

    def _hung_on(self, row: Row) -> Iterator[Id]:
        """The records a row refers to; of one without a door also theirs: a step's need, and where that was raised."""
        for one in people_at(ledger(row.ledger)):
            id = row.plain(one.name)
            if isinstance(id, int):
                yield id
                other = None if row.plain("household") else self._known(one.of, id)
                home = other.plain("household") if other else None
                if isinstance(home, int):
                    yield home

    @cached_property
    def _by_household(self) -> dict[Id, set[str]]:
        """By household: the head and every resident."""
        names: dict[Id, set[str]] = {}
        for household, name in queries.names_by_household(self._connection):
            names.setdefault(household, set()).add(name)
        return names

    @cached_property
    def _by_record(self) -> dict[Id, set[str]]:
        """By any other record: who is named in ledgers of the community at it, and who raised it."""
        names: dict[Id, set[str]] = {}
        for of in ledgers().values():
            if of.area or of.name == "need":
                for ids, said in self._named(of):
                    for id in ids:
                        names.setdefault(id, set()).update(said)
        return names

    def _named(self, of: Ledger) -> Iterator[tuple[list[Id], list[str]]]:
        people = [one.name for one in name_fields(of)]
        refs = [one.name for one in people_at(of) if one.of != "household"]
        if people:
            for id, *told in queries.plain_columns(self._connection, of.name, [*people, *refs]):
                said = [str(text) for text in told[: len(people)] if text]
                if said:
                    yield [id, *(one for one in told[len(people) :] if isinstance(one, int))], said


def name_fields(of: Ledger) -> list[Field]:
    """The fields of a ledger that name somebody."""
    return [one for one in of.fields if one.mask is Mask.NAME]


def people_at(of: Ledger) -> list[Field]:
    """The references of a ledger to records at which people are named."""
    return [one for one in of.fields if one.kind is Kind.REF and one.of not in _EVERYBODYS]


def _texts(row: Row, of: Ledger) -> Iterator[str]:
    return (str(text) for one in name_fields(of) if (text := row.plain(one.name)))
