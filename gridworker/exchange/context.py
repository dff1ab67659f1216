"""What a sheet says of all its records, and where: its grid, community, worker, year and week.

It stands in the title, the line of unit and reporter, the footer, between records, in the sheet's name or the file's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final, Literal

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.numbers import han_number
from gridworker.exchange.foreign_cells import context_of
from gridworker.exchange.layout import cell_name
from gridworker.exchange.model import RawSheet
from gridworker.exchange.places import bare
from gridworker.i18n import _

Kind = Literal["grid", "community", "worker", "reporter", "unit", "year", "week"]
"""`reporter`: who filled the sheet in, perhaps no worker."""

SHEET: Final = "sheet"
FILE: Final = "file"
_NUMBER: Final = "[0-9一二三四五六七八九十]{1,3}"
LONGEST: Final = 1000
"""Characters of a title, a note or a name in which is looked for what it says of all records."""
_GRID: Final = re.compile(rf"([一-鿿]*?)(?<![0-9一二三四五六七八九十])第?({_NUMBER})号?网格(?!长|化)")
_GRIDS: Final = re.compile(rf"{_NUMBER}号?(?:网格)?[-~—至到、,和及与/]第?{_NUMBER}号?网格")
"""Several grids at once: 1-5网格, 三、五网格."""
_BEFORE_GRID: Final = re.compile(r".*(?:社区|街道|[镇乡年月日周])")
_COMMUNITY: Final = re.compile(r"(?!所属|所在|本社区|各)[一-鿿]{2,8}?社区")
_ABOVE_COMMUNITY: Final = re.compile(r".*(?:街道|[镇乡])(?=[一-鿿]{2,}社区)")
_WEEK: Final = re.compile(
    rf"(?<!月)(?<!月份)第({_NUMBER})周(?!岁)|(?<![A-Za-z0-9])(?:20[0-9]{{2}}-?)?[Ww]([0-9]{{1,2}})(?![0-9])"
)
_PAIR: Final = re.compile(
    r"([一-鿿]{1,8}(?:\([一-鿿]{1,6}\))?):\s*(.*?)\s*(?=(?:\s|[;,。|])[一-鿿]{1,8}(?:\([一-鿿]{1,6}\))?:|$)"
)
_NAME: Final = re.compile(r"[一-鿿]{2,4}|[一-鿿]{2,8}·[一-鿿]{2,8}")
_CODE: Final = re.compile("[A-Za-z]{1,6}[0-9]{1,6}")
_WORDS: Final = re.compile(r"[_\-—\s.()（）【】\[\]+]+")
_WORDED: Final[dict[Kind, str]] = {
    "grid": "网格 所属网格 所在网格 填报网格 上报网格 网格名称 网格编号 责任网格",
    "community": "社区 村 村(社区) 社区(村) 所属社区 所在社区 社区名称",
    "worker": "网格员 专职网格员 网格员姓名 责任网格员 走访网格员 走访人 走访人员 走访员 巡访人 巡访人员",
    "reporter": "填报人 填表人 制表人 报送人 上报人 采集人 调查人 登记人 经手 经手人",
    "unit": "填报单位 报送单位 上报单位 填表单位 制表单位",
}
_LABELS: Final = {label: kind for kind, labels in _WORDED.items() for label in labels.split()}
_FURNITURE: Final = frozenset({"note", "sign", "section"})
_LONGEST: Final = 400
"""Characters of a text that may speak of the sheet; looking through a longer one takes its square in time."""
_MOST: Final = 6
"""Cells of a line that speaks of the sheet; more are an example of a record, or figures."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a sheet says of its records."""

    kind: Kind
    value: str
    at: str
    """The cell that says it, or `sheet` or `file` for their names."""
    row: int = 0
    """Its row; 0 for names."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a sheet says of its records as a whole."""

    facts: tuple[Fact, ...] = ()
    words: tuple[str, ...] = ()
    """Words of the names of sheet and file that may be somebody's name."""
    codes: tuple[str, ...] = ()
    """Words there that may be the code of a grid."""
    records: tuple[int, int] = (0, 0)
    """First and last row of the records: what stands between them speaks of some only."""

    def of(self, *kinds: Kind) -> list[Fact]:
        """What is said of all records, the nearest first: in cells, in the name of the sheet, in the file's."""
        return [one for kind in kinds for one in self.facts if one.kind == kind and not self._is_between(one)]

    def blocks(self, kind: Kind) -> list[tuple[int, Fact]] | None:
        """Where lines between the records say it: each with the row from which it holds; None where that is unclear.

        Lines are heads of what follows where one stands before the first record, feet of what precedes where one
        stands behind the last.
        """
        lines = sorted((one for one in self.facts if one.kind == kind and one.row), key=lambda one: one.row)
        if not any(map(self._is_between, lines)):
            return []
        heads, feet = lines[0].row < self.records[0], lines[-1].row > self.records[1]
        if heads == feet:
            return None
        first = [one.row for one in lines] if heads else [0, *(one.row for one in lines[:-1])]
        return list(zip(first, lines, strict=True))

    def between(self, kind: Kind) -> list[Fact]:
        """What lines between the records say."""
        return [one for one in self.facts if one.kind == kind and self._is_between(one)]

    def _is_between(self, one: Fact) -> bool:
        return self.records[0] < one.row < self.records[1]


def context_facts(raw: RawSheet, rows: Sequence[int], records: tuple[int, int], file_name: str) -> Context:
    """What rows of a sheet that are no records say of those that are, and the names of the sheet and the file."""
    stem = PurePath(file_name).stem
    found = [fact for row in rows for fact in _of_row(raw, row)]
    found += [*_of_text(raw.name, SHEET, 0), *_of_text(stem, FILE, 0)]
    words = dict.fromkeys(word for text in (raw.name[:LONGEST], stem) for word in _WORDS.split(text))
    names = tuple(word for word in words if _NAME.fullmatch(word))
    codes = tuple(word.upper() for word in words if _CODE.fullmatch(word))
    return Context(tuple(_with_year(dict.fromkeys(found))), names, codes, records)


def contradictory(context: Context, *, years: bool = False) -> list[tuple[Fact, Fact]]:
    """Of what is said of all records: two grids or workers of which only one can be theirs.

    `years`: also the years of title and names; the day on which a sheet was filled in may be of another.
    """
    grids, workers = ([] if context.blocks(kind) != [] else context.of(kind) for kind in ("grid", "worker"))
    apart = [(grids[0], one) for one in grids[1:] if not same_grid(grids[0].value, one.value)]
    others = [(workers[0], one) for one in workers[1:] if one.value != workers[0].value]
    above = [one for one in context.of("year") if one.row < context.records[0]]
    told = _first_of_each(above) if years else []
    differing = [(told[0], one) for one in told[1:] if one.value != told[0].value]
    return [*apart[:1], *others[:1], *differing[:1]]


def _first_of_each(facts: Sequence[Fact]) -> list[Fact]:
    """The first fact told in cells, in the name of the sheet, and in the file's."""
    found: dict[str, Fact] = {}
    for one in facts:
        found.setdefault("cell" if one.row else one.at, one)
    return list(found.values())


def label(kind: str) -> str:
    """What a fact is called."""
    words = {
        "grid": _("网格"), "community": _("社区"), "worker": _("走访人"), "reporter": _("填报人"),
        "unit": _("填报单位"), "year": _("年份"), "week": _("周次"),
    }  # fmt: skip
    return words[kind]


def place(at: str) -> str:
    """Where a fact stands."""
    return {SHEET: _("工作表名"), FILE: _("文件名")}.get(at, at)


def is_grid_line(text: str) -> bool:
    """Whether a line between the records only names a grid: 三网格（共12户）."""
    label, colon, _rest = fold_width(text).partition(":")
    return bool(_GRID.fullmatch(fold_width(bare(text)))) or bool(colon and _LABELS.get(label.strip()) == "grid")


def furniture(ignored: Mapping[int, str]) -> list[int]:
    """The rows that may say something of the records."""
    return sorted(row for row, reason in ignored.items() if reason in _FURNITURE)


def same_grid(one: str, other: str) -> bool:
    """Whether two names may mean the same grid: 三网格 and 金江西苑3网格, but not 13网格."""
    long, short = sorted((grid_key(one), grid_key(other)), key=len, reverse=True)
    before = long[: len(long) - len(short)][-1:]
    return bool(short) and long.endswith(short) and not (before.isdecimal() and short[0].isdecimal())


def grid_key(text: str) -> str:
    """A name of a grid as it is compared: its number in plain digits."""
    folded = re.sub(r"\s", "", fold_width(text)).upper()
    return re.sub(rf"第?({_NUMBER})号?(?=网格)", lambda found: _digits(found[1]), folded)


def _of_row(raw: RawSheet, row: int) -> Iterator[Fact]:
    """A row as cells of `label: value`, the value perhaps in the next cell, or as a title."""
    values = raw.rows[row - 1] if row <= len(raw.rows) else []
    cells = [(column, fold_width(str(value)).strip()) for column, value in enumerate(values, 1) if value is not None]
    cells = [one for one in cells if len(one[1]) <= _LONGEST] if len(cells) <= _MOST else []
    for place, (column, text) in enumerate(cells):
        at = cell_name(row, column)
        pairs = [one for one in _PAIR.finditer(text) if _kind_of(one[1])]
        following = cells[place + 1][1] if place + 1 < len(cells) else ""
        for one in pairs:
            value = one[2] or (following if text.endswith(":") and ":" not in following else "")
            yield from _of_pair(one[1], value, at, row)
        if pairs or not place or not cells[place - 1][1].endswith(":"):
            yield from _of_text(text[: pairs[0].start()] if pairs else text, at, row)
        yield from _years(text, at, row)


def _of_pair(label: str, said: str, at: str, row: int) -> Iterator[Fact]:
    kind = _kind_of(label)
    if kind is None or is_blank(said):
        return
    if kind in {"worker", "reporter"}:
        name = said.split(maxsplit=1)[0] if len(said) > 4 else said.replace(" ", "")
        yield from [Fact(kind, name, at, row)] if _NAME.fullmatch(name) else []
        return
    yield Fact(kind, said, at, row)
    yield from [] if kind == "community" else (one for one in _of_text(said, at, row) if one.kind != kind)


def _kind_of(label: str) -> Kind | None:
    return _LABELS.get(label) or _LABELS.get(label.partition("(")[0])


def _of_text(text: str, at: str, row: int) -> Iterator[Fact]:
    """What a title or a name says."""
    text = re.sub(r"\s", "", fold_width(text[:LONGEST]))
    if not _GRIDS.search(text):
        for before, number in _GRID.findall(text):
            yield Fact("grid", f"{_BEFORE_GRID.sub('', before)}{_digits(number)}网格", at, row)
    if found := _COMMUNITY.search(_ABOVE_COMMUNITY.sub("", text)):
        yield Fact("community", found[0], at, row)
    for one in _WEEK.finditer(text):
        yield Fact("week", _digits(one[1] or one[2]), at, row)
    if not row:
        yield from _years(text, at, row)


def _years(text: str, at: str, row: int) -> Iterator[Fact]:
    year = context_of([text]).year
    yield from [Fact("year", str(year), at, row)] if year else []


def _with_year(facts: Iterable[Fact]) -> Iterator[Fact]:
    """A week is one of the year that is named nearest to the records; without one nobody knows which."""
    told = list(facts)
    year = next((one.value for one in told if one.kind == "year"), "")
    for one in told:
        if one.kind != "week":
            yield one
        elif year and 1 <= int(one.value) <= 53:
            yield replace(one, value=f"{year}-W{int(one.value):02d}")


def _digits(number: str) -> str:
    value = han_number(number)
    return str(int(value)) if value is not None else number
