"""A record in every ledger of the community, made from what the ledger declares: nothing here names one of them."""

from collections.abc import Callable, Mapping
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Field, Kind, Ledger, Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.services import records
from gridworker.services.workspace import Workspace

HOME: Final = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "欧阳若兰"}
NEED: Final = {"registered_at": "2026-11-24", "kind": "N10", "content": "楼上半夜装修", "raised_by": "欧阳若兰"}
_PLACES: Final = {"estate": "金江西苑", "building": "3"}
_PEOPLE: Final = {Mask.NAME: "诸葛守诚", Mask.PHONE: "19900004321"}
_BY_KIND: Final[Mapping[Kind, Callable[[Field], object]]] = {
    Kind.TEXT: lambda one: f"{one.label}一",
    Kind.LONG: lambda one: f"{one.label}照做",
    Kind.DATE: lambda one: "2026-11-24",
    Kind.TIME: lambda one: "2026-11-24T19:30",
    Kind.INT: lambda one: 7,
    Kind.MONEY: lambda one: 123_450,
    Kind.BOOL: lambda one: True,
    Kind.CODE: lambda one: code_list(one.of).codes()[0],
    Kind.MULTI: lambda one: list(code_list(one.of).codes()[:2]),
}


class Community:
    """Fills a store: what a record refers to is there before it."""

    def __init__(self, workspace: Workspace, *, secret: bool = False) -> None:
        self._workspace = workspace
        self.ids: dict[str, Id] = {}
        self._add("household", HOME)
        self._add("need", NEED | {"household": to_text(self.ids["household"]), "confidential": secret})
        for of in ledgers().values():
            if of.area:
                self.fill(of)

    def fill(self, of: Ledger) -> None:
        """One record with every field, under names that a sheet could have."""
        if of.name not in self.ids:
            told = {one.name: self._value(of, one) for one in of.fields}
            self._add(of.name, {name: value for name, value in told.items() if value is not None})

    def _value(self, of: Ledger, one: Field) -> object:
        if one.kind is not Kind.REF:
            if one.mask is Mask.TEXT and one.kind is Kind.LONG and any(other.mask is Mask.NAME for other in of.fields):
                return f"{one.label}：诸葛守诚说了"
            return _PLACES.get(one.name) or _PEOPLE.get(one.mask) or _BY_KIND[one.kind](one)
        if one.of in ledgers() and ledger(one.of).area and one.of != of.name:
            self.fill(ledger(one.of))
        return to_text(self.ids[one.of]) if one.of in self.ids else None

    def _add(self, name: str, told: Mapping[str, object]) -> None:
        saved = records.add(self._workspace, ledger(name), [told])
        assert not saved.problems, saved.problems
        self.ids[name] = saved.ids[0]
