"""By what an erased person or household would be known again: door, ID number, name with phone; of any time."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from gridworker.domain.ledger import Ledger, Mask
from gridworker.domain.text.id_number import in_18
from gridworker.domain.versions.entries import Entry, Reading, Statement, Value, Version
from gridworker.domain.versions.identity import keys_of


def signs(of: Ledger, some: Iterable[Entry]) -> frozenset[str]:
    """All natural keys in the entries of one record; a name goes with every phone it ever had."""
    every = list(some)
    texts: dict[str, set[str]] = {}
    for values in (one for entry in every for one in _values(of, entry)):
        for name, value in values.items():
            if isinstance(value, str) and value:
                texts.setdefault(name, set()).add(value)
    doors = {key for key in keys_of(of, every) if key.startswith("address:")}
    numbers = {f"id_no:{in_18(one)}" for one in texts.get("id_no", ())}
    return frozenset(doors | numbers | {f"person:{name}:{phone}" for name, phone in _persons(of, texts)})


def _persons(of: Ledger, texts: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    names = [text for one in of.fields if one.mask is Mask.NAME for text in texts.get(one.name, ())]
    phones = [text for one in of.fields if one.mask is Mask.PHONE for text in texts.get(one.name, ())]
    return product(names, phones)


def _values(of: Ledger, entry: Entry) -> Iterator[Mapping[str, Value]]:
    if isinstance(entry, Version):
        yield entry.patch
    elif isinstance(entry, Reading):
        yield entry.values
    elif isinstance(entry, Statement):
        for group, cell in entry.cells.items():
            yield dict(zip(of.members(group), cell.value, strict=False))
