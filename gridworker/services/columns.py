"""The columns of a foreign sheet and what each holds: shown before taking, corrected, and remembered (design §2.3).

A corrected mapping is part of what is imported: the same file under the same mapping gives the same readings.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gridworker.domain.ledger import OWN, Kind, own_field, own_label
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange.form_columns import further_field
from gridworker.exchange.headings import ADDRESS
from gridworker.exchange.mapping import YEAR
from gridworker.exchange.understood import ForeignSheet
from gridworker.i18n import _
from gridworker.services import named_refs
from gridworker.services.whereabouts import WORKER, WORKERS, Said, Settled

_TARGETS: Final = ("household", "resident", "visit", "need", "followup")
"""Ledgers whose fields a sheet may bring, before those of the community."""
_LONGEST: Final = 24
"""Characters shown of a sample."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column of a sheet."""

    letter: str
    heading: str
    field: str
    """`ledger.field` or `block.field`; empty for a column that is left out."""
    confidence: float
    """Of the field, or of the suggestion: 0 to 1."""
    samples: tuple[str, ...]
    doubt: str = ""
    suggestion: str = ""
    by_hand: bool = False
    """Whether a person chose the field."""
    block: int = 0
    """Of several persons in one row: whose column it is; 0 for the row's own."""
    ticks: str = ""
    """Of columns to be ticked: the heading over all of them, which hold the same field."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One table of a file, as far as it was understood."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnPlan, ...]
    defaults: tuple[tuple[str, str], ...] = ()
    """What a person said of all its records."""
    places: tuple[Said, ...] = ()
    """In which grid and by whom all its records are."""
    sender: str = ""
    """Who sends it, as far as it says: its worker, reporter or unit."""
    memory: str | None = None
    """Whose corrections of such a sheet are remembered: a sender's, empty for anybody's; None where nobody's are."""
    forget: bool = False
    """Whether a person wants what is remembered forgotten."""

    @property
    def fingerprint(self) -> str:
        """The same for every sheet with these headings in this order, whoever sends it."""
        told = [[one.letter, one.heading] for one in self.columns]
        return hashlib.blake2b(json.dumps(told, ensure_ascii=False).encode(), digest_size=12).hexdigest()

    def field_of(self, letter: str) -> str:
        """What a column is read as; empty for nothing."""
        return next((one.field for one in self.columns if one.letter == letter), "")


Plans = tuple[SheetPlan, ...]


def plans(sheets: Iterable[ForeignSheet], places: Mapping[str, Settled] | None = None) -> Plans:
    """The tables of a file that was understood. `places`: what holds for all records of each, where that is known."""
    return tuple(
        SheetPlan(
            one.key,
            one.header_rows,
            tuple(
                ColumnPlan(
                    column.name,
                    str(column.heading),
                    column.meaning.column if column.meaning else "",
                    column.confidence,
                    tuple(str(sample)[:_LONGEST] for sample in column.samples),
                    column.doubt,
                    column.suggestion,
                    block=column.block,
                    ticks=column.ticks,
                )
                for column in one.columns
            ),
            tuple(sorted(one.defaults.items())),
            tuple(places[one.key].said) if places else (),
            next((fact.value for fact in one.context.of("worker", "reporter", "unit")), ""),
        )
        for one in sheets
        if one.columns
    )


def with_samples(plan: Plans, samples: Mapping[str, tuple[str, ...]]) -> Plans:
    """The plans of a blank form with what it will show, by column letter."""
    return tuple(
        replace(one, columns=tuple(replace(column, samples=samples.get(column.letter, ())) for column in one.columns))
        for one in plan
    )


def changed(plan: Plans, sheet: str, letter: str, field: str) -> Plans:
    """The plans with another field for a column; the column that held it before gives it up.

    Sheets under the very same headings, as one for each village, follow where they were read the same.
    """
    told = next((one for one in plan if one.sheet == sheet), None)
    if told is None:
        return plan
    before = told.field_of(letter)
    follow = {one.sheet for one in plan if one.fingerprint == told.fingerprint and one.field_of(letter) == before}
    return tuple(_with_change(one, letter, field) if one.sheet in follow else one for one in plan)


def placed(plan: Plans, sheet: str, field: str, value: str) -> Plans:
    """The plans with another grid or worker for all records of a sheet; empty leaves it open."""
    told = dict.fromkeys(WORKERS if field == WORKER else (field,), value)
    return tuple(
        replace(one, defaults=tuple(sorted((dict(one.defaults) | told).items()))) if one.sheet == sheet else one
        for one in plan
    )


def with_places(plan: Plans, read: Plans) -> Plans:
    """Plans that a person corrected with what holds for all records as they were read under them."""
    found = {one.sheet: one for one in read}
    return tuple(
        replace(one, places=found[one.sheet].places, memory=found[one.sheet].memory) if one.sheet in found else one
        for one in plan
    )


def to_forget(plan: Plans, sheet: str) -> Plans:
    """The plans with the wish that what is remembered of a sheet's headings be forgotten."""
    return tuple(replace(one, forget=True) if one.sheet == sheet else one for one in plan)


def place_label(field: str) -> str:
    """What is told of all records of a sheet."""
    if field == YEAR:
        return _("没写年份的日期")
    return _("整张表的走访人") if field == WORKER else _("整张表的网格")


def _with_change(plan: SheetPlan, letter: str, field: str) -> SheetPlan:
    chosen = next((one for one in plan.columns if one.letter == letter), None)
    return replace(plan, columns=tuple(_changed(column, chosen, field) for column in plan.columns)) if chosen else plan


def _changed(column: ColumnPlan, chosen: ColumnPlan, field: str) -> ColumnPlan:
    if column == chosen or (chosen.ticks and column.ticks == chosen.ticks):
        return replace(column, field=field, confidence=1.0, doubt="", by_hand=True)
    is_same = field and column.field == field and column.block == chosen.block
    return replace(column, field="", by_hand=True) if is_same else column


def as_mapping(plan: Plans, replaced: Sequence[str] = ()) -> dict[str, Any]:
    """The mapping file of corrected plans; `replaced`: earlier mappings of this very file, whose readings give way."""
    sheets = [
        {
            "sheet": one.sheet or None,
            "header_rows": list(one.header_rows),
            "columns": {column.letter: column.field for column in one.columns if column.field},
            "defaults": dict(one.defaults),
        }
        for one in plan
    ]
    return {"sheets": sheets} | ({"replaces": sorted(replaced)} if replaced else {})


def targets(plan: SheetPlan, column: ColumnPlan) -> list[str]:
    """The fields a column may hold, the likeliest first: suggested, its own as a new field, then all others."""
    first = [column.suggestion] if column.suggestion else []
    own = own_label(column.heading.rpartition("·")[2])
    about = _about(plan)
    first += [f"{about}.{OWN}{own}"] if own and own_field(OWN + own) else []
    return list(dict.fromkeys([*first, ADDRESS, *(name for of in _in_order(about) for name in _fields(of))]))


def _about(plan: SheetPlan) -> str:
    """The ledger that most columns of a sheet speak of."""
    names = [_ledger_of(one.field) for one in plan.columns if one.field]
    return max(_every_target(), key=lambda name: (names.count(name), name == "resident"))


def _every_target() -> list[str]:
    return [*_TARGETS, *(of.name for of in ledgers().values() if of.area)]


def _in_order(about: str) -> list[str]:
    return [about, *(one for one in _every_target() if one != about)]


def _fields(name: str) -> list[str]:
    return [
        f"{one.block or name}.{one.name}"
        for one in ledger(name).fields
        if one.kind is not Kind.REF or named_refs.is_named(one)
    ]


def _ledger_of(column: str) -> str:
    block = column.partition(".")[0]
    return block if block in ledgers() else "need"


def label(column: str) -> str:
    """`resident.name` as 居民 · 姓名; the block of a kind of need is part of 诉求."""
    of = ledger(_ledger_of(column))
    if column == ADDRESS:
        return f"{_(of.label)} · {_('住址（写在一格里）')}"
    field = of.field(column.partition(".")[2]) or further_field(column)
    return f"{_(of.label)} · {_(field.label)}" if field else column


def fits(column: str, typed: str) -> bool:
    """Whether every typed word stands in the label of a field or in one of the headings known for it."""
    field = ledger(_ledger_of(column)).field(column.partition(".")[2])
    words = [label(column), *(field.synonyms if field else ())]
    return all(any(word in one for one in words) for word in typed.split())


def is_own(column: str) -> bool:
    """Whether a target is a field that people add."""
    return column.partition(".")[2].startswith(OWN)


def why(column: ColumnPlan) -> str:
    """Why a column was left out, in a sentence."""
    words = {
        "serial": _("行号，不用导入"),
        "other_person": _("是别人的，不是这一行这个人的"),
        "other_values": _("栏名认识，里面的内容却不像"),
        "unclear": _("两种意思都说得通"),
        "twice": _("这一项前面已经有一栏了"),
        "unknown": _("没见过这个栏名"),
    }
    return words.get(column.doubt, "") if not column.field else ""
