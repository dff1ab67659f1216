"""Records as rows of a workbook: what each cell shows, and whose value that is (versions.md §3)."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from gridworker.domain import masking, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED, Field, Kind, Ledger, Privacy
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import restricted
from gridworker.domain.rules.need_states import is_overdue
from gridworker.domain.text.address import Address, format_address
from gridworker.domain.versions.entries import Cell, Masked, Value
from gridworker.domain.versions.writing import cell_for
from gridworker.exchange.layout import FULL_ONLY, OWN_FIELDS
from gridworker.exchange.model import OutRow
from gridworker.services import due, own_fields
from gridworker.services.names_near import NamesNear
from gridworker.services.naming import in_words
from gridworker.services.showing import age
from gridworker.services.workspace import Workspace
from gridworker.store import derive, queries
from gridworker.store.rows import Row

_SENSITIVE_AT: Final = frozenset({"need", "resident"})
"""References that may make a record as sensitive as what it refers to."""
_SAID_AS: Final[Mapping[str, tuple[str, ...]]] = {
    "household": ("address",),
    "need": ("number",),
    "grid": ("name",),
    "worker": ("name",),
}
"""How a reference is said where the title would say more than the place asks for."""


class View:
    """What one workbook shows of the store: masked or full, with the names of the records it refers to.

    A weekly one shows no word of restricted groups, not even in full: such a text is masked away whole.
    """

    def __init__(
        self, workspace: Workspace, records: Mapping[str, list[Row]], *, masked: bool, weekly: bool = False
    ) -> None:
        self._workspace = workspace
        self._records = records
        self._masked = masked
        self._weekly = weekly
        self._rows: dict[tuple[str, Id], Row | None] = {
            (name, row.id): row for name, some in records.items() for row in some
        }

    def columns(self, of: Ledger) -> tuple[str, ...]:
        """The main columns of a sheet; what masking takes away entirely is left out, not blank."""
        main = of.columns or tuple(one.name for one in of.fields)
        main = (*main, OWN_FIELDS) if of.name in self._with_own_fields else main
        return tuple(name for name in main if self._shows_column(of, name))

    def _shows_column(self, of: Ledger, name: str) -> bool:
        if name in of.by_name:
            return self._shows(of.by_name[name])
        return not (self._masked and name in FULL_ONLY)

    def _shows(self, one: Field) -> bool:
        return not (self._masked and one.privacy is Privacy.SENSITIVE)

    def row(self, of: Ledger, row: Row) -> OutRow:
        """One record as a row."""
        found = derive.states_of(self._workspace.connection, row.id)
        states = found[1] if found else {}
        cells: dict[str, Cell] = {group: cell_for(state) for group, state in states.items() if group != DELETED}
        held = next((state.held for state in states.values()), frozenset())
        return OutRow(row.id, self._values(of, row), cells, self._shown(of, row), self._alarm(of, row), held)

    def _values(self, of: Ledger, row: Row) -> dict[str, Value]:
        staying = dict.fromkeys(restricted.spoken_in(row.values), Masked("")) if self._weekly else {}
        if not self._masked:
            return {**row.values, **staying}
        names, crowd = self._names_near(row), self._near.crowd(row)
        sensitive = self._is_sensitive(of, row)
        return {
            name: masking.masked(of.by_name[name], value, names, sensitive=sensitive, crowd=crowd)
            for name, value in {**row.values, **staying}.items()
            if name in of.by_name and self._shows(of.by_name[name])
        }

    def _is_sensitive(self, of: Ledger, row: Row) -> bool:
        """Whether free texts stay home: of sensitive needs, of children, and of what hangs on them (design §5)."""
        for one in reference_fields(of):
            other = self.known(one.of, row.plain(one.name)) if one.of in _SENSITIVE_AT - {of.name} else None
            if other and (self._is_child(other) if one.of == "resident" else self._is_sensitive(ledger("need"), other)):
                return True
        return masking.is_sensitive_row(of, row.values)

    def _is_child(self, resident: Row) -> bool:
        years = age(resident.plain("birth"), self._workspace.today)
        return years is not None and years < masking.CHILD_UNTIL

    def _names_near(self, row: Row) -> frozenset[str]:
        """Names that free texts of this record must not show."""
        return self._near.of(row)

    @cached_property
    def _near(self) -> NamesNear:
        return NamesNear(self._workspace.connection, self.known)

    def known(self, ledger_name: str, id: object) -> Row | None:
        """A referred record, read once."""
        if isinstance(id, str) and ledger_name == "need":
            id = self._by_number.get(id)
        if not isinstance(id, int):
            return None
        key = (ledger_name, id)
        if key not in self._rows:
            self._rows[key] = self._workspace.row(ledger_name, id)
        return self._rows[key]

    @cached_property
    def _by_number(self) -> dict[str, Id]:
        """Needs by their number, as sheets of other people refer to them."""
        return {number: id for id, number in queries.plain_columns(self._workspace.connection, "need", ["number"])}

    def _shown(self, of: Ledger, row: Row) -> dict[str, str]:
        """Only what has a column here: the token hashes these texts, and nothing unseen may be guessed from it."""
        shown = {}
        for column in self.columns(of):
            if ":" in column:
                shown[column] = self._referred(of, row, *column.split(":"))
            elif column.startswith("="):
                shown[column] = self.computed(column[1:], row)
        return shown

    def _referred(self, of: Ledger, row: Row, name: str, wanted: str) -> str:
        value = row.values.get(name)
        if not isinstance(value, int):
            return self.text(of, row, name)
        other = self.known(of.by_name[name].of, value)
        if other is None:
            return ""
        if wanted == "address":
            return self.address(other)
        return self.text(ledger(other.ledger), other, wanted)

    def text(self, of: Ledger, row: Row, name: str) -> str:
        """A field of any record as this workbook shows it."""
        one = of.by_name[name]
        return values.display(one, self.masked(row, one, row.values.get(name)))

    def masked(self, row: Row, one: Field, value: Value) -> Value:
        """A value of a record's field as this workbook shows it."""
        if self._weekly and restricted.speaks_of(value):
            return Masked("")
        if not self._masked:
            return value
        of = ledger(row.ledger)
        sensitive, crowd = self._is_sensitive(of, row), self._near.crowd(row)
        return masking.masked(one, value, self._names_near(row), sensitive=sensitive, crowd=crowd)

    def named(self, row: Row, one: Field) -> str:
        """A reference in words: a door by its address, a need by its number, others by what identifies them."""
        titles = _SAID_AS.get(one.of) or ledger(one.of).title
        return in_words(titles, lambda wanted: self._referred(ledger(row.ledger), row, one.name, wanted))

    def address(self, household: Row) -> str:
        """An address as this workbook shows it."""
        of = ledger("household")
        return format_address(
            Address(*(self.text(of, household, name) for name in ("estate", "building", "unit", "room")))
        )

    def computed(self, name: str, row: Row) -> str:
        """A computed column of the household sheet."""
        return self._own_fields(row) if name == OWN_FIELDS[1:] else self._computed[name].get(row.id, "")

    @cached_property
    def _with_own_fields(self) -> set[str]:
        """The ledgers in which somebody added a field and filled it."""
        return {name for name, some in self._records.items() if any(self._own_fields(row) for row in some)}

    def _own_fields(self, row: Row) -> str:
        """What stands in fields that people added, by heading."""
        told = (f"{label}：{text}" for label, text in own_fields.facts(row))
        return "；".join(one for one in told if not (self._weekly and restricted.speaks_of(one)))

    @cached_property
    def _computed(self) -> dict[str, dict[Id, str]]:
        plan = due.rhythm(self._workspace)
        return {
            "last_met": plan.last_met,
            "next_due": {id: day.isoformat() for id, day in plan.due_on.items()},
            "open_needs": {id: str(count) for id, count in self._open_needs().items()},
        }

    def _open_needs(self) -> Mapping[Id, int]:
        """Secret needs leave only encrypted, and so does their number at one door."""
        return queries.open_needs(self._workspace.connection, secret=not self._masked)

    def _alarm(self, of: Ledger, row: Row) -> frozenset[str]:
        if of.name != "need":
            return frozenset()
        late = {"due_on"} if is_overdue(row.values, self._workspace.today) else set()
        return frozenset(late | ({"urgency"} if row.plain("urgency") == "red" else set()))


def reference_fields(of: Ledger) -> list[Field]:
    """The references of a ledger."""
    return [one for one in of.fields if one.kind is Kind.REF]
