"""What a fact looks like in a cell of a form: days, money, words of the form's own lists, numbers of persons."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from gridworker.domain import values
from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.versions.entries import Masked, Value
from gridworker.exchange.columns import Column
from gridworker.exchange.patch_sheet import CellValue, Formatted
from gridworker.reports.statistics import Figure

ID_FORMATS: Final = ("full", "masked", "last4")
DATE_FORMATS: Final = {
    "iso": ("yyyy\\-mm\\-dd", "{0:%Y-%m-%d}"),
    "dots": ("yyyy.m.d", "{0.year}.{0.month}.{0.day}"),
    "chinese": ('yyyy"年"m"月"d"日"', "{0.year}年{0.month}月{0.day}日"),
    "short": ("mm\\-dd", "{0:%m-%d}"),
}
"""By name: the spreadsheet's format and the same in words."""
_MONTH: Final = ("yyyy\\-mm", "{0:%Y-%m}")
_NONE: Final = "—"
_YES: Final = {"visit_outcome": {"met"}, "need_status": {"已办结", "已销号"}}
"""By list: the codes that are the yes of a question such as 是否见面 or 是否办结, as such columns are read, too."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a person wants numbers of persons and days to be written."""

    id_format: str = "full"
    date_format: str = ""
    """Empty: as the form's cells show days."""


def cell(column: Column, field: Field, value: Value, shape: Shape, choices: tuple[str, ...], factor: int) -> CellValue:
    """The content of a cell; None for nothing."""
    if isinstance(value, Masked):
        return value.text or None
    if field.kind in {Kind.DATE, Kind.TIME} and isinstance(value, str):
        return _day(column, value, shape)
    if field.kind is Kind.MONEY and isinstance(value, int):
        yuan = value / 100 / factor
        return int(yuan) if yuan == int(yuan) else yuan
    if field.kind is Kind.INT and isinstance(value, int):
        return value
    if field.name == "id_no" and isinstance(value, str):
        return _number(value, shape)
    return _word(column, field, value, choices) or None


def figure_cell(figure: Figure, part: str) -> CellValue:
    """A count, or a rate as one; a rate of nothing is a dash."""
    if part != "value":
        return figure.numerator if part == "numerator" else figure.denominator
    rate = figure.value
    return _NONE if rate is None else Formatted(float(rate), "0.0%", f"{rate:.1%}")


def is_in_list(column: Column, field: Field, value: Value, choices: tuple[str, ...]) -> bool:
    """Whether the form's own list has a word for a value, or asks for none."""
    return not choices or value is None or isinstance(value, Masked) or _word(column, field, value, choices) in choices


def day_words(day: date, shape: Shape) -> str:
    """A day for a line above the table."""
    return DATE_FORMATS[shape.date_format or "chinese"][1].format(day)


def _day(column: Column, value: str, shape: Shape) -> CellValue:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    heading = str(column.heading)
    form = _MONTH if heading.endswith("年月") else DATE_FORMATS.get(shape.date_format)
    if form:
        return Formatted(moment.date(), form[0], form[1].format(moment))
    return moment if "T" in value and "日期" not in heading else moment.date()


def _number(value: str, shape: Shape) -> str:
    if shape.id_format == "masked" and len(value) > 10:
        return value[:6] + "*" * (len(value) - 10) + value[-4:]
    return value[-4:] if shape.id_format == "last4" else value


def _word(column: Column, field: Field, value: Value, choices: tuple[str, ...]) -> str:
    """The words of a value; those of the form's own list where it has some for it."""
    if value is not None and field.of in _YES and _asks_whether(column, choices):
        return "是" if value in _YES[field.of] else "否"
    said = values.display(field, value)
    if not choices or field.kind not in {Kind.CODE, Kind.MULTI}:
        return said
    known = {code_list(field.of).find(one) or one: one for one in choices}
    parts = values.split_multi(value) if field.kind is Kind.MULTI else [str(value)]
    found = [known[one] for one in parts if one in known]
    return found[0] if found else said


def _asks_whether(column: Column, choices: tuple[str, ...]) -> bool:
    """Whether a heading asks for yes or no (是否见面, 见面与否) and its list, if it has one, offers them."""
    heading = column.heading.leaf or column.heading.group
    return (heading.startswith("是否") or heading.endswith("与否")) and (not choices or {"是", "否"} <= set(choices))
