"""A program of a later release for tests: more fields, a group of them, a ledger of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gridworker.domain import ledgers as declared
from gridworker.domain.declare import PLAIN, P, date, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import household, need
from gridworker.services import carried, export

PET = '''"""犬只: what only the later release knows."""

from gridworker.domain.declare import PLAIN, P, ref, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="pet",
    label="犬只",
    letter="Z",
    fields=(
        ref("household", "住户", "household", PLAIN),
        text("name", "犬名", PLAIN),
        text("chip", "芯片", PLAIN),
        text("note", "备注", P),
    ),
    groups={"mark": ("name", "chip")},
    title=("name",),
    sheet="犬只台账",
    columns=("name", "chip", "household:address"),
)
'''


@contextmanager
def newer_program(folder: Path) -> Iterator[None]:
    """Within it, the later release runs."""
    folder.mkdir(exist_ok=True)
    (folder / "pet.py").write_text(PET, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declared, "__path__", [*declared.__path__, str(folder)])
        patch.setattr(household, "LEDGER", _more_household())
        patch.setattr(need, "LEDGER", replace(need.LEDGER, fields=(*need.LEDGER.fields, _HANDED_ON)))
        patch.setattr(export, "HIDDEN_SHEETS", (*export.HIDDEN_SHEETS, "pet"))
        patch.setattr(carried, "ROSTERS", (*carried.ROSTERS, "pet"))
        _forget()
        try:
            yield
        finally:
            patch.undo()
            _forget()


_HANDED_ON = text("handed_on", "转办部门", PLAIN, township=True)


def _more_household() -> Ledger:
    old = household.LEDGER
    fields = (
        *old.fields,
        text("meter", "水表号", PLAIN),
        text("landlord", "房东", P),
        date("lease_until", "租期至", P),
    )
    groups = {**old.groups, "lease": ("landlord", "lease_until")}
    return replace(old, fields=fields, groups=groups, columns=(*old.columns, "meter", "lease_until"))


def _forget() -> None:
    declared.ledgers.cache_clear()
    declared.by_letter.cache_clear()
