"""Sheets as clerks make them, in many shapes, about few doors and people, so that they meet what others entered."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Final

import xlsxwriter

Lines = list[list[str | None]]
Sheets = dict[str, Lines]
DOORS: Final = (("金江西苑", "3", "1", "101"), ("金江西苑", "4", "1", "502"), ("大湾组", "", "", "1"))
NAMES: Final = ("王桂兰", "李长河", "王小满")
PHONES: Final = ("13800010001", "13900020002", "1380001000", None)
NUMBERS: Final = ("999999190203041234", "11010519000101001X", None)
DAYS: Final = ("2026-11-03", "2026.11.31", "2026年11月5日")
MADE: Final = datetime(2026, 11, 20, tzinfo=UTC)
"""The same texts give the same bytes."""
NOTES: Final = ("有犬", "夜班", None)


@dataclass(frozen=True)
class Line:
    """What one row says; some of it cannot be understood."""

    door: tuple[str, ...]
    name: str
    phone: str | None
    number: str | None
    day: str
    note: str | None

    @property
    def address(self) -> str:
        """The door in one cell."""
        estate, building, unit, room = self.door
        return f"{estate}{building}栋{unit}单元{room}室" if building else f"{estate}{room}号"


def line(dice: Random) -> Line:
    """Anything."""
    return Line(*(dice.choice(some) for some in (DOORS, NAMES, PHONES, NUMBERS, DAYS, NOTES)))


def homes(some: list[Line]) -> Sheets:
    """A list of households below its title."""
    heads: list[str | None] = ["所属网格", "小区", "楼栋", "单元", "室", "户主", "联系电话", "备注"]
    return {"住户": [["住户名册"], heads, *(["JX03", *one.door, one.name, one.phone, one.note] for one in some)]}


def visits(some: list[Line]) -> Sheets:
    """A list of visits."""
    heads: list[str | None] = ["住址", "户主", "联系电话", "走访日期", "走访内容"]
    return {"走访台账": [heads, *([one.address, one.name, one.phone, one.day, "都好"] for one in some)]}


def people(some: list[Line]) -> Sheets:
    """A list of people with where they live."""
    heads: list[str | None] = ["姓名", "身份证号", "住址", "联系电话"]
    return {"人员": [heads, *([one.name, one.number, one.address, one.phone] for one in some)]}


def members(some: list[Line]) -> Sheets:
    """Households, each with a member below its head."""
    found: Lines = [["户主", "住址", "姓名", "与户主关系", "联系电话"]]
    for one in some:
        found.append([one.name, one.address, one.name, "户主", one.phone])
        found.append([None, None, "李小满", "女儿", None])
    return {"家庭": found}


def card(some: list[Line]) -> Sheets:
    """A form for each, on a sheet of its own."""
    return {f"卡{number}": _form(one) for number, one in enumerate(some, start=1)}


def _form(one: Line) -> Lines:
    return [
        ["走访登记卡"],
        ["住址", one.address, "户主", one.name],
        ["联系电话", one.phone, "走访日期", one.day],
        ["走访内容", one.note or "都好", "户籍", "在册"],
    ]


def turned(some: list[Line]) -> Sheets:
    """Fields down, records across."""
    every = [some[0], *some] if len(some) == 1 else some
    rows: Lines = [["住址", *(one.address for one in every)]]
    rows += [["户主", *(one.name for one in every)], ["联系电话", *(one.phone for one in every)]]
    return {"表": [*rows, ["备注", *(one.note or "无" for one in every)]]}


def beside(some: list[Line]) -> Sheets:
    """The same list twice side by side."""
    heads: list[str | None] = ["住址", "户主", "联系电话"]
    rows: Lines = [[one.address, one.name, one.phone] for one in some]
    return {
        "表": [[*heads, None, *heads], *([*one, None, *other] for one, other in zip(rows, rows[::-1], strict=True))]
    }


def both(some: list[Line]) -> Sheets:
    """Households and people, each on its sheet."""
    return homes(some) | people(some)


def below(some: list[Line]) -> Sheets:
    """Households, and people in a table below."""
    (upper,), (lower,) = homes(some).values(), people(some).values()
    return {"表": [*upper, [], [], ["人员名册"], *lower]}


SHAPES: Final[tuple[Callable[[list[Line]], Sheets], ...]] = (
    homes, visits, people, members, card, turned, beside, both, below,
)  # fmt: skip


def sheet(dice: Random) -> tuple[str, bytes]:
    """A file of one of the shapes: how its name ends, and its bytes."""
    shape = dice.choice(SHAPES)
    made = shape([line(dice) for _number in range(dice.choice([1, 2, 2, 3]))])
    if len(made) == 1 and dice.random() < 0.3:
        (lines,) = made.values()
        return "csv", as_csv(lines)
    return "xlsx", as_xlsx(made)


def as_csv(lines: Lines) -> bytes:
    """As a spreadsheet program in China saves a text."""
    return "\r\n".join(",".join(cell or "" for cell in one) for one in lines).encode("gb18030")


def as_xlsx(made: Sheets) -> bytes:
    """A workbook with nothing but texts."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": MADE})
    for name, lines in made.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(lines):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(row, column, text)
    book.close()
    return target.getvalue()
