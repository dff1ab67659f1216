"""A confirmed mapping file: which column of which sheet holds which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gridworker.domain.ledger import own_field
from gridworker.domain.ledgers import ledgers
from gridworker.errors import UserError
from gridworker.exchange.headings import Meaning, field_of
from gridworker.i18n import _

YEAR: Final = "sheet.year"
"""Among the defaults: the year of the days that are written without one; empty where nobody knows it."""
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}|")
_NAME: Final = re.compile(r"[A-Z]{1,3}[0-9]*|[0-9]+")
"""A column by its letter, a label of a form by the cell of its first answer, a row of a turned table by its number."""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What a person confirmed about one sheet."""

    sheet: str | None
    """None for every sheet without a mapping of its own."""
    header_rows: tuple[int, ...] = ()
    """Empty: to be found."""
    columns: dict[str, Meaning] = field(default_factory=dict)
    """By the name of the column, its letter in most sheets."""
    defaults: dict[str, str] = field(default_factory=dict)
    """By `ledger.field`: what records get that their rows do not say."""


def parse(mapping: Mapping[str, Any]) -> list[SheetMapping]:
    """The mapping of a file. Raises UserError naming what cannot be meant."""
    sheets = mapping.get("sheets")
    if not isinstance(sheets, list) or not all(isinstance(one, dict) for one in sheets):
        raise _bad(_("对应关系文件里要有 sheets 列表。"))
    return [_sheet(one) for one in sheets]


def of_sheet(mappings: list[SheetMapping], name: str, *, alone: bool = False) -> SheetMapping | None:
    """The mapping for a sheet: its own, else the one for all, unless it must be its own `alone`."""
    found = {one.sheet or None: one for one in reversed(mappings)}
    return found.get(name or None, None if alone else found.get(None))


def _sheet(told: Mapping[str, Any]) -> SheetMapping:
    rows, columns, defaults = told.get("header_rows", []), told.get("columns", {}), told.get("defaults", {})
    if not isinstance(rows, list) or not all(isinstance(row, int) and row > 0 for row in rows):
        raise _bad(_("header_rows 要写成行号列表，如 [2, 3]。"))
    if not isinstance(columns, dict) or not isinstance(defaults, dict):
        raise _bad(_("columns 和 defaults 要写成“列：字段”的形式。"))
    for name, text in defaults.items():
        if name != YEAR:
            _field(str(name))
        elif not _YEAR.fullmatch(str(text)):
            raise _bad(_("年份要写成四位数，如 2026。"))
    return SheetMapping(
        told.get("sheet"),
        tuple(sorted(rows)),
        {_column(letter): _field(str(name)) for letter, name in columns.items() if name},
        {str(name): str(text) for name, text in defaults.items()},
    )


def _column(name: object) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _bad(_("没有这一列：{name}。").format(name=name))
    return name


def _field(name: str) -> Meaning:
    found = field_of(name) or _own(name)
    if found is None:
        raise _bad(_("没有这个字段：{name}。").format(name=name))
    return found


def _own(name: str) -> Meaning | None:
    """A field that people add to a ledger with this very mapping: `resident.+养蜂箱数`."""
    of, _dot, rest = name.partition(".")
    field = own_field(rest) if of in ledgers() else None
    return Meaning(name, field, of, is_label=False) if field else None


def _bad(message: str) -> UserError:
    return UserError("bad_mapping", message, _("请核对对应关系文件，或在窗口里重新对应一次。"))
