"""The ledgers, one file each: a module here that names LEDGER is known everywhere at once."""

import hashlib
import pkgutil
from functools import cache
from importlib import import_module

from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Kind, Ledger


@cache
def ledgers() -> dict[str, Ledger]:
    """All declared ledgers by name, in their order."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found: list[Ledger] = [module.LEDGER for module in modules if hasattr(module, "LEDGER")]
    return {one.name: one for one in sorted(found, key=lambda one: (one.order, one.name))}


def ledger(name: str) -> Ledger:
    """One ledger by name. Raises KeyError."""
    return ledgers()[name]


@cache
def by_letter() -> dict[str, Ledger]:
    """The ledgers by the letter that names them in tokens."""
    return {one.letter: one for one in ledgers().values()}


def fingerprint() -> str:
    """What this program knows, in a few characters: a store that another release wrote is looked through once."""
    told = [
        (of.name, of.letter, one.name, one.kind, of.group_of(one.name), _codes(one.of) if one.kind in _CODED else ())
        for of in ledgers().values()
        for one in of.fields
    ]
    return hashlib.blake2b(repr(sorted(told)).encode(), digest_size=8).hexdigest()


_CODED = frozenset({Kind.CODE, Kind.MULTI})


def _codes(name: str) -> tuple[str, ...]:
    return code_list(name).codes()
