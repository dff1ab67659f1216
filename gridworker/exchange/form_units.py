"""The cells of a form that ask who fills it in, for which place, when: 填报单位, 填报人, 填报日期."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gridworker.exchange.headings import fold
from gridworker.exchange.structure import Grid

_REPORTS: Final = "填报|报出|填表|上报|报送|制表|统计|登记|采集|汇总|经办"
"""What whoever fills in a form does with it."""
_ASKS: Final = f"{_REPORTS}|排查|摸底|摸排|调查|走访|巡访|探访|入户|核查|核实|巡查|检查|代办|受理|记录"
"""The same, and what is done before."""
_CALLED: Final = "(?:电话|手机|联系电话|联系方式|手机号|电话号码|手机号码)"
_LABELS: Final[Mapping[str, re.Pattern[str]]] = {
    "unit": re.compile(
        f"(?:{_ASKS})?单位(?:名称|全称)?|(?:{_ASKS})(?:部门|学校|社区|村)(?:名称)?|代办点(?:名称)?|(?:村?社区|村)单位"
    ),
    "community": re.compile("(?:所属)?(?:社区|村|村居|村社区|社区村|居委会|村委会)(?:名称)?"),
    "township": re.compile("乡镇?|镇|乡镇街道|街道|乡镇名称"),
    "estate": re.compile("(?:所属)?小区(?:名称)?|楼盘|村民小?组|居民组|组别"),
    "grid": re.compile("(?:所属|所在)?网格(?:名称)?"),
    "grid_code": re.compile("网格(?:编号|编码|代码)"),
    "person": re.compile(f"(?:{_ASKS}|联系)(?:人|人员|员)(?:姓名)?|网格员(?:姓名)?|(?:包村|包片|驻村)(?:教师|干部)"),
    "contact": re.compile(f"(?:{_REPORTS}|联系)人(?:姓名)?[及和与]{_CALLED}"),
    "phone": re.compile(f"(?:(?:{_REPORTS})人|网格员|联系人)?{_CALLED}"),
    "date": re.compile(f"(?:{_ASKS})?(?:日期|时间)"),
    "period": re.compile(f"(?:{_ASKS})(?:周期|时段|期间)|周次|起止时间|起止日期"),
}
"""By what is asked for: how forms say it."""
_FOOT: Final = re.compile(f"(?:{_REPORTS})(?:单位|部门|人|人员|日期|时间)(?:姓名|名称)?|单位名称")
"""What is filled in below a table; others sign there by hand."""
_BESIDE: Final = frozenset({"phone", "period"})
"""What is filled in there beside them."""
IsLined = Callable[[int, int], bool]
_FOOT_ROWS: Final = 8
_SPOT: Final = re.compile(
    r"(?P<label>[一-鿿](?:[ 　]+[一-鿿]){1,5}(?=\s*[：:])|[^\s：:_＿]{1,12})(?P<colon>\s*[：:])"
    r"(?P<gap>[\s_＿]*(?:年[\s_＿]*月[\s_＿]*日)?)"
)
_EMPTY_DAY: Final = re.compile(r"[\s_＿]*年[\s_＿]*月[\s_＿]*日[\s_＿]*")
_BETWEEN: Final = "　　"
"""What keeps a value from the next label in the same cell."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for and the cell that takes it."""

    row: int
    column: int
    what: str
    label: str
    """As it stands; it stays in front where it stands in the same cell."""
    inside: bool
    """Whether the label stands in the cell that takes the value."""


def find_units(grid: Grid, before: int, after: int, is_lined: IsLined = lambda _row, _column: False) -> list[Unit]:
    """What is asked for above the heading that begins in row `before`, and who filled in below row `after`.

    `is_lined`: whether a cell has a line on some side, as one below the place for an answer.
    """
    made = _Made(grid, is_lined)
    foot = list(_in_rows(made, range(after + 1, min(after + _FOOT_ROWS, len(grid.sheet.rows)) + 1)))
    told = [one for one in foot if reports(one.label) or one.what == "contact"]
    rows = {one.row for one in told}
    below = [one for one in foot if one in told or (one.what in _BESIDE and one.row in rows)]
    return [*_in_rows(made, range(1, before)), *below]


def reports(label: str) -> bool:
    """Whether a label asks who fills in a form, for which place or when, wherever it stands."""
    return _FOOT.fullmatch(_bare(label)) is not None


@dataclass(frozen=True, slots=True)
class _Made:
    """A sheet, and which of its cells are made for answers."""

    grid: Grid
    is_lined: IsLined

    def right_of(self, row: int, column: int) -> int:
        return self.grid.merges.get((row, column), (row, column))[1] + 1

    def is_for_answer(self, row: int, column: int) -> bool:
        """Whether the cell right of another is blank, and merged with others or lined where that one is not."""
        beside = self.right_of(row, column)
        if self.grid.text(row, beside):
            return False
        return (row, beside) in self.grid.merges or (self.is_lined(row, beside) and not self.is_lined(row, column))


def _in_rows(made: _Made, rows: range) -> list[Unit]:
    return [unit for row in rows for unit in _in_row(made, row)]


def _in_row(made: _Made, row: int) -> list[Unit]:
    """What the cells of a row ask for; where one label has a cell beside it made for the answer, so have wide ones."""
    grid = made.grid
    texts = [(column, text) for column in range(1, grid.width + 1) if isinstance(text := grid.value(row, column), str)]
    all_beside = any(made.is_for_answer(row, column) for column, text in texts if _stands_alone(text, 1))
    return [unit for column, text in texts for unit in _in_cell(made, row, column, text, all_beside=all_beside)]


def fill_text(text: str, told: Mapping[str, str]) -> str:
    """The text of a cell with what its labels ask for, by label; everything else stays."""

    def filled(found: re.Match[str]) -> str:
        value = told.get(found["label"], "") if _is_open(found, text) else ""
        if not value:
            return found[0]
        return f"{found['label']}{found['colon']}{value}{_BETWEEN if found.end() < len(text.rstrip()) else ''}"

    return _SPOT.sub(filled, text)


def _in_cell(made: _Made, row: int, column: int, text: str, *, all_beside: bool) -> Iterator[Unit]:
    if _EMPTY_DAY.fullmatch(text):
        yield Unit(row, column, "date", "", inside=False)
        return
    spots = [one for one in _SPOT.finditer(text) if _asked(one["label"]) and _is_open(one, text)]
    beside = _beside(made, row, column, all_beside=all_beside) if _stands_alone(text, len(spots)) else 0
    if beside:
        label = text.strip().rstrip("：:").strip()
        yield Unit(row, beside, _asked(label), label, inside=False)
        return
    yield from (Unit(row, column, _asked(one["label"]), one["label"], inside=True) for one in spots)


def _stands_alone(text: str, spots: int) -> bool:
    """Whether a text is one label and nothing else."""
    return spots < 2 and bool(_asked(text.strip().rstrip("：:").strip()))


def _beside(made: _Made, row: int, column: int, *, all_beside: bool) -> int:
    """The column right of a label whose cell is made for the value, or plain where the label has no colon."""
    grid, beside = made.grid, made.right_of(row, column)
    if grid.text(row, beside):
        return 0
    asks_inside = grid.text(row, column).endswith(("：", ":")) and not (all_beside and (row, column) in grid.merges)
    return beside if made.is_for_answer(row, column) or not asks_inside else 0


def _is_open(spot: re.Match[str], text: str) -> bool:
    """Whether nothing stands behind a label, up to the next one."""
    rest = text[spot.end() :]
    follower = _SPOT.match(rest)
    return not rest.strip() or follower is not None


@lru_cache(maxsize=1024)
def _asked(label: str) -> str:
    """What a label asks for; empty for any other text."""
    texts = (fold(label), _bare(label))
    return next((what for what, pattern in _LABELS.items() if any(map(pattern.fullmatch, texts))), "")


def _bare(label: str) -> str:
    return fold(label, with_brackets=False)
