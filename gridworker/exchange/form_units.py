"""The cells of a form that ask who fills it in, for which place, when: 填报单位, 填报人, 填报日期."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from gridworker.exchange.headings import fold
from gridworker.exchange.structure import Grid

_LABELS: Final[Mapping[str, str]] = {
    "unit": "填报单位 上报单位 报送单位 填表单位 制表单位 单位名称 单位 代办点 报送部门 排查单位 调查单位 统计单位 "
    "采集单位 摸底单位 汇总单位",
    "community": "社区 村 村居 村社区 社区村 所属社区 社区名称 村名称 村居名称 村社区名称",
    "township": "乡镇 镇 乡镇街道 街道",
    "estate": "小区名称 小区 所属小区 楼盘 村民组 村民小组 居民组 组别",
    "grid": "网格 所属网格 网格名称 所在网格",
    "grid_code": "网格编号 网格编码 网格代码",
    "person": "填报人 填表人 制表人 联系人 网格员 网格员姓名 登记人 统计人 采集人 走访人 报送人 经办人 上报人 汇总人 "
    "探访人 巡访人 核查人 核实人 摸底人 摸排人 排查人 巡查人 检查人 调查人",
    "phone": "联系电话 电话 联系方式 网格员电话 填报人电话",
    "date": "填报日期 填报时间 填表日期 填表时间 上报日期 上报时间 报送日期 报送时间 制表日期 制表时间 统计日期 "
    "统计时间 登记日期 采集日期 采集时间 排查日期 排查时间 调查日期 调查时间 摸底日期 摸底时间 汇总日期 汇总时间 "
    "日期 时间",
    "period": "统计周期 统计时段 填报周期 周次 起止时间 起止日期",
}
"""By what is asked for: how forms say it."""
_FOOT: Final = frozenset(
    (
        "填表人",
        "填报人",
        "经办人",
        "登记人",
        "采集人",
        "制表人",
        "统计人",
        "填报日期",
        "填表日期",
        "填报时间",
        "填表时间",
        "制表日期",
        "统计日期",
        "填报单位",
        "上报单位",
        "报送单位",
        "填表单位",
    )
)
"""What is filled in below a table; others sign there by hand."""
_FOOT_ROWS: Final = 8
_SPOT: Final = re.compile(
    r"(?P<label>[^\s：:_＿]{1,12})(?P<colon>\s*[：:])(?P<gap>[\s_＿]*(?:年[\s_＿]*月[\s_＿]*日)?)"
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


def find_units(grid: Grid, before: int, after: int) -> list[Unit]:
    """What is asked for above the heading that begins in row `before`, and who filled in below row `after`."""
    foot = range(after + 1, min(after + _FOOT_ROWS, len(grid.sheet.rows)) + 1)
    return [*_in_rows(grid, range(1, before)), *(one for one in _in_rows(grid, foot) if one.label in _FOOT)]


def _in_rows(grid: Grid, rows: range) -> list[Unit]:
    return [
        unit
        for row in rows
        for column in range(1, grid.width + 1)
        if isinstance(text := grid.value(row, column), str)
        for unit in _in_cell(grid, row, column, text)
    ]


def fill_text(text: str, told: Mapping[str, str]) -> str:
    """The text of a cell with what its labels ask for, by label; everything else stays."""

    def filled(found: re.Match[str]) -> str:
        value = told.get(found["label"], "") if _is_open(found, text) else ""
        if not value:
            return found[0]
        return f"{found['label']}{found['colon']}{value}{_BETWEEN if found.end() < len(text.rstrip()) else ''}"

    return _SPOT.sub(filled, text)


def _in_cell(grid: Grid, row: int, column: int, text: str) -> Iterator[Unit]:
    if _EMPTY_DAY.fullmatch(text):
        yield Unit(row, column, "date", "", inside=False)
        return
    spots = [one for one in _SPOT.finditer(text) if _asked(one["label"]) and _is_open(one, text)]
    beside = _beside(grid, row, column) if _stands_alone(text, len(spots)) else 0
    if beside:
        label = text.strip().rstrip("：:").strip()
        yield Unit(row, beside, _asked(label), label, inside=False)
        return
    yield from (Unit(row, column, _asked(one["label"]), one["label"], inside=True) for one in spots)


def _stands_alone(text: str, spots: int) -> bool:
    """Whether a text is one label and nothing else."""
    return spots < 2 and bool(_asked(text.strip().rstrip("：:").strip()))


def _beside(grid: Grid, row: int, column: int) -> int:
    """The column right of a label whose cell is made for the value: merged, or plain where the label has no colon."""
    _bottom, right = grid.merges.get((row, column), (row, column))
    next_column = right + 1
    if grid.text(row, next_column):
        return 0
    is_made_for_it = (row, next_column) in grid.merges
    asks_inside = grid.text(row, column).endswith(("：", ":"))
    return next_column if is_made_for_it or not asks_inside else 0


def _is_open(spot: re.Match[str], text: str) -> bool:
    """Whether nothing stands behind a label, up to the next one."""
    rest = text[spot.end() :]
    follower = _SPOT.match(rest)
    return not rest.strip() or follower is not None


def _asked(label: str) -> str:
    return _by_label().get(fold(label)) or _by_label().get(fold(label, with_brackets=False), "")


@cache
def _by_label() -> dict[str, str]:
    return {label: what for what, labels in _LABELS.items() for label in labels.split()}
