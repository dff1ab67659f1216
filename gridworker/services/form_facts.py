"""What is known for one row of a form: the record it is about, joined with the door, the person and whom they name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.text import id_number
from gridworker.domain.versions.entries import Masked, Value
from gridworker.exchange.form_columns import further_field
from gridworker.exchange.headings import ADDRESS
from gridworker.services.out_rows import View
from gridworker.services.showing import age
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

_MAY_BE_EMPTY: Final = frozenset(
    {
        "note", "closed_on", "result", "result_note", "called_back_on", "satisfaction", "placed_on", "placed_at",
        "paid_on", "next_on", "companion", "publicity", "place", "after_school", "agent", "moved_reason",
    }
)  # fmt: skip
"""Fields that say something only later or now and then."""
_FIRST_DIGITS: Final = 6
_STARS: Final = "*" * 12


@dataclass(slots=True)
class Facts:
    """One row of a form before it is put into cells."""

    record: Row
    joined: dict[str, Row] = field(default_factory=dict)
    """By ledger: the rows that belong to it, the record itself among them."""


@dataclass(frozen=True, slots=True)
class Known:
    """One fact: what a cell may show, and whether it is known at all."""

    field: Field
    value: Value
    known: bool

    @property
    def is_missing(self) -> bool:
        """Whether somebody ought to find out."""
        return not self.known and not self.field.township and self.field.name not in _MAY_BE_EMPTY


class Asker:
    """Answers the columns of a form for one row after the other, as far as privacy lets it."""

    def __init__(
        self, workspace: Workspace, view: View, members: Mapping[Id, int], *, masked: bool, shows_birth: bool
    ) -> None:
        self._workspace = workspace
        self._view = view
        self._masked = masked
        self._shows_birth = shows_birth
        self._derived: Mapping[str, Callable[[Facts], Value]] = {
            "resident.age": self._age,
            "household.members": lambda facts: members.get(_id(facts, "household")),
            "household.last_met": lambda facts: self._computed(facts, "last_met"),
            "household.next_due": lambda facts: None if masked else self._computed(facts, "next_due"),
            "household.open_needs": lambda facts: int(self._computed(facts, "open_needs") or 0),
        }

    def tell(self, facts: Facts, column: str) -> Known:
        """What is known for a column such as `resident.name`."""
        further = further_field(column)
        if further:
            value = self._derived[column](facts)
            return Known(further, value, value is not None)
        if column == ADDRESS:
            return self._address(facts)
        for owner, name in self._places(facts, column):
            row = facts.joined.get(owner)
            one = ledger(owner).field(name)
            if row is not None and one is not None and row.values.get(name) is not None:
                return Known(one, self._shown(row, one), known=True)
        if column.startswith("need.") and facts.record.ledger == "visit" and "need" not in facts.joined:
            return Known(_field_of(column), None, known=True)  # nobody asked for anything
        return self._worked_out(facts, column)

    def _places(self, facts: Facts, column: str) -> list[tuple[str, str]]:
        """Where a column's value may stand, the likeliest first: who raised a need may be nobody's resident."""
        owner, _dot, name = column.partition(".")
        places = [(owner if owner in ledgers() else "need", name)]
        places += _ELSEWHERE.get(column, ()) if _is_same_person(facts) else _ELSEWHERE_TOO.get(column, ())
        return places

    def _worked_out(self, facts: Facts, column: str) -> Known:
        """What an ID number states, where nobody entered it; else that it is not known."""
        one = _field_of(column)
        person = facts.joined.get("resident")
        number = person.plain("id_no") if person and column in {"resident.birth", "resident.gender"} else None
        stated = id_number.facts(str(number)) if number else None
        if stated is None or person is None:
            return Known(one, None, known=False)
        value: Value = stated.birth if one.name == "birth" else stated.gender
        return Known(one, self._view.masked(person, one, value), known=True)

    def _shown(self, row: Row, one: Field) -> Value:
        if one.kind is Kind.REF:
            return self._view.named(row, one)
        value = self._view.masked(row, one, row.values[one.name])
        if one.name == "id_no" and self._masked and self._shows_birth:
            return Masked(str(row.plain("id_no") or "")[:_FIRST_DIGITS] + _STARS)
        return value

    def _address(self, facts: Facts) -> Known:
        home = facts.joined.get("household")
        text = self._view.address(home) if home else ""
        return Known(Field("address", "住址", Kind.TEXT, None), text or None, bool(text))

    def _age(self, facts: Facts) -> Value:
        person = facts.joined.get("resident")
        birth = person.plain("birth") if person else None
        number = person.plain("id_no") if person and not birth else None
        stated = id_number.facts(str(number)) if number else None
        return age(stated.birth if stated else birth, self._workspace.today)

    def _computed(self, facts: Facts, name: str) -> str | None:
        home = facts.joined.get("household")
        return self._view.computed(name, home) or None if home else None


_ELSEWHERE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "household.phone": (("resident", "phone"),),
    "resident.phone": (("household", "phone"), ("need", "phone")),
    "need.phone": (("resident", "phone"), ("household", "phone")),
    "resident.name": (("need", "raised_by"), ("household", "head")),
    "household.head": (("resident", "name"),),
    "need.raised_by": (("resident", "name"),),
    "visit.worker": (("worker", "name"),),
    "need.worker": (("worker", "name"),),
}
"""Where else a value may stand if the person of the row is the head of the house."""
_ELSEWHERE_TOO: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "resident.phone": (("need", "phone"),),
    "resident.name": (("need", "raised_by"),),
    "visit.worker": (("worker", "name"),),
    "need.worker": (("worker", "name"),),
    "need.phone": (("resident", "phone"),),
    "need.raised_by": (("resident", "name"),),
}


def _is_same_person(facts: Facts) -> bool:
    person, home = facts.joined.get("resident"), facts.joined.get("household")
    name = person.plain("name") if person else None
    return home is not None and name is not None and name == home.plain("head")


def _id(facts: Facts, name: str) -> Id:
    row = facts.joined.get(name)
    return row.id if row else 0


def _field_of(column: str) -> Field:
    owner, _dot, name = column.partition(".")
    found = ledger(owner if owner in ledgers() else "need").field(name)
    return found or Field(name, name, Kind.TEXT, None)
