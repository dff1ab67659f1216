"""A form before it is filled: what is asked for, what each column will show, what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from gridworker.domain.codes import Item, code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange.form import Form
from gridworker.exchange.form_columns import FIGURES
from gridworker.exchange.form_write import sheet_names
from gridworker.exchange.layout import cell_name
from gridworker.exchange.model import Problem
from gridworker.exchange.patch_sheet import CellValue, Formatted
from gridworker.i18n import _
from gridworker.services.form_cells import Shape
from gridworker.services.period import Period
from gridworker.store.rows import Row

PLAIN: Final = Shape()
_TITLED: Final = {
    "resident": (("resident", "care_tags"),),
    "household": (("household", "tags"),),
    "visit": (("household", "tags"),),
    "need": (("need", "kind"),),
}
"""By subject: the lists of which a title may name something."""
_ANY: Final = frozenset({"其他", "N99"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    ledger: str = ""
    """What rows are about; empty: as the columns say."""
    where: tuple[tuple[str, str], ...] = ()
    period: Period | None = None
    since: date | None = None
    full: bool = False
    reason: str = ""
    shape: Shape = PLAIN
    mapping: Mapping[str, Any] | None = None
    password: str = field(default="", repr=False)
    """What a locked form opens with; the filled one is locked with it, also one that came open."""
    open: bool = False
    """In full and yet under no password, as somebody chose knowing it."""


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column of the form and what it will show."""

    letter: str
    heading: str
    field: str
    """Empty for a column that asks for nothing we know."""
    confidence: float
    samples: tuple[str, ...] = ()
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the form: the record it is about, its cells by column, and what is not known."""

    record: Row
    title: str
    """For the window; never in a file or log."""
    cells: Mapping[int, CellValue]
    missing: Mapping[int, str]
    """By column: the field."""
    asks: tuple[tuple[Id, str], ...] = ()
    """Of that, what the household or the person can be asked: the record and its field."""


@dataclass(slots=True)
class Plan:
    """A form before it is filled."""

    path: Path
    data: bytes = field(repr=False)
    """The form as xlsx."""
    form: Form
    subject: str
    masked: bool
    columns: list[ColumnPreview]
    rows: list[PlannedRow]
    units: dict[str, str]
    fingerprint: str
    problems: list[Problem] = field(default_factory=list)
    last_filled: str = ""
    """The day on which a form with these headings was filled last."""
    locked: bool = False
    """Whether the form came under a password."""

    @property
    def about(self) -> str:
        """What each row is a record of, in words; empty for figures. The fields of a kind of need belong to needs."""
        of = ledgers().get(self.subject) or (ledger("need") if self.subject not in {"", FIGURES} else None)
        return _(of.label) if of else ""

    @property
    def standing(self) -> int:
        """Records that stand in the table already: the new ones go below them."""
        if self.form.places or not self.about:
            return 0
        return sum(bool(one.values) and one.row < self.form.first_row for one in self.form.sheet.rows)

    @property
    def suggested(self) -> list[tuple[str, str]]:
        """Conditions that the title speaks of, such as 独居老人: for a person to take, never used by itself."""
        return [
            (f"{of}.{name}", item.code)
            for of, name in _TITLED.get(self.subject, ())
            for item in code_list(ledger(of).by_name[name].of).items
            if item.code not in _ANY and self._is_titled(item)
        ]

    def _is_titled(self, item: Item) -> bool:
        return any(word in self.form.title for word in (item.label, *item.aliases) if len(word) > 1)

    @property
    def missing(self) -> list[tuple[PlannedRow, str, str]]:
        """Row, cell and field of everything that is not known; of cards the cell with its sheet."""
        each = len(self.form.cards)
        sheets = sheet_names(self.form, [row.cells for row in self.rows]) if self.form.places else []
        return [
            (row, (f"{sheets[place // each]}!" if sheets else "") + cell_name(*self.form.place(place, column)), name)
            for place, row in enumerate(self.rows)
            for column, name in row.missing.items()
        ]

    @property
    def gaps(self) -> list[tuple[PlannedRow, list[tuple[str, str]]]]:
        """By row that lacks something: the cells and fields to ask for at the next visit."""
        found: dict[int, tuple[PlannedRow, list[tuple[str, str]]]] = {}
        for row, cell, name in self.missing:
            found.setdefault(id(row), (row, []))[1].append((cell, name))
        return list(found.values())

    @property
    def unknown(self) -> list[ColumnPreview]:
        """Columns that ask for nothing we know; they stay empty."""
        return [one for one in self.columns if not one.field]

    def as_json(self) -> dict[str, object]:
        """The shape of design §6, and more."""
        return {
            "ledger": self.subject,
            "sheet": self.form.name or None,
            "columns": {one.letter: one.field for one in self.columns if one.field},
            "rows": len(self.rows),
            "missing": [
                {
                    "record": to_text(row.record.id),
                    "fields": [name for _cell, name in lacking],
                    "cells": [cell for cell, _name in lacking],
                }
                for row, lacking in self.gaps
            ],
            "unknown": {one.letter: one.heading for one in self.unknown},
            "masked": self.masked,
            "suggested": [f"{name}={value}" for name, value in self.suggested],
            "problems": [
                {"sheet": one.sheet, "cell": one.cell, "code": one.code, "message": one.message}
                for one in self.problems
            ],
        }


def words(value: CellValue) -> str:
    """The content of a cell as text."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.text if isinstance(value, Formatted) else "" if value is None else str(value)
