"""Which rows below a heading are no records: totals, signatures, notes, sections, headings once more."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, Literal

from gridworker.domain.text.blanks import fold_width
from gridworker.exchange.headings import fold, is_known
from gridworker.exchange.places import place_of

Reason = Literal["total", "note", "section", "repeat-header", "sign", "blank"]

_TOTAL: Final = re.compile(
    r".{0,6}(?:合计|总计|小计|共计|一共|总共|累计|平均|(?<![一-鿿])[总共]?计)(?:数|户数|[:(].*|[0-9]+[户人件条次]?)?"
)
_SUMMED_UP: Final = re.compile("[总一]?共[0-9]+[户人件套条次单起宗例个名项]")
_SUM: Final = re.compile("计|均|共")
"""What every total says; looked for first, since most rows do not."""
_SIGN: Final = re.compile(
    r"(?:.{0,6}(?:人|员|长|书记|主任|签字|签名|盖章|日期|时间|负责|领导|单位|部门|社区|审核|审批|复核|制表|填报|采集|年月日)"
    r"(?:\(.{0,8}\))?|电话|联系电话):.*|\(?(?:盖章|公章|签章)\)?"
    r"|[^:]{2,20}\((?:章|盖章|公章|签章)\).{0,16}"
)
_SIGN_LABEL: Final = re.compile(r"(?:填表|制表|审核|复核|负责|填报|统计|经办|审批|采集|调查|登记)人(?:签字|签名)?")
LONGEST_GROUP: Final = 16
"""Characters of the heading of a group of columns."""
_REPORTER: Final = re.compile(
    "(?:填报|填表|上报|报送|统计|排查|调查|制表|采集|摸底|汇总)(?:单位|部门|人员?|时间|日期)|乡镇|村社区|单位|年月日"
)
_PLACE_OR_PERSON: Final = re.compile(
    "(?:村|居|村居|社区|村社区|小区|网格|单位|街道|镇|组)(?:名称?)?|(?:网格|代办|经办|填|填报|填表|联系|统计)[员人](?:姓名)?|联系电话|日期|时间"
)
"""What a line of labels asks beside 填报日期."""
_NOTE: Final = re.compile(
    r"(?:注|备注|说明|.{0,2}[填表报写]{2}说明|填写要求|要求|附注|附|※|★|\*)[:1一(、.]|注[^:]{0,2}:|※"
)
_EXAMPLE: Final = re.compile(r"\(?(?:示例|样例|例如|例|范例|(?:填写|填表|填报)示例)[:)0-9]?.{0,6}")
_HINT: Final = re.compile(
    "必填|选填|填写|格式|示例|下拉|位数|不填|^年月日$|^[填精]?[到至][户室组]$|^写.{1,8}$|^一句话$"
    "|^[一-鿿]{1,5}(?:/[一-鿿]{1,5}){1,6}$"
)
_NUMBERED: Final = re.compile(
    r"(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]+\)|第[一二三四五六七八九十0-9]+[组部类节章]).{0,30}"
)
_COLUMN_MARK: Final = re.compile(r"[甲乙丙丁戊己庚辛0-9]{1,2}|\([0-9]{1,2}\)|[①-⑳]")
_CODE: Final = re.compile("[A-Za-z][A-Za-z0-9_]*|文本|数[字值]|日期|时间|字符串?|整数|字典|枚举")
_COUNTED: Final = re.compile("共?[0-9]+[户人件套]")
_COUNT: Final = re.compile("共?[0-9]+[户人件起条次单宗]")
_LABEL: Final = re.compile("[一-鿿]{2,8}")
_TELLING: Final = re.compile("[计均例填制审复负统经采调登]")
"""What a total, a signature or an example says among many cells; looked for first, since most rows do not."""
_MANY: Final = 4
"""Cells beyond which a row is neither a note nor a line between."""
_LONGEST_TOTAL: Final = 14
_LEADING: Final = 3
"""Cells at the beginning of a row that tell what it is."""
_MOSTLY: Final = 0.6
"""Share of headings among its cells that makes a row one of headings."""
_SHORT: Final = 20
"""Characters of a section's name; longer texts that stand alone are notes."""

_FIGURES: Final = frozenset("0123456789")

Cells = Mapping[int, object]
"""What is filled in a row, by column."""


def furniture(cells: Cells, heads: Sequence[Mapping[int, str]], *, wide: bool, is_first: bool) -> Reason | None:
    """Why a row with something in it is no record and no heading, if it is none.

    `heads`: the heading rows, folded; `wide`: its text lies in merged cells over most of the table; `is_first`: it
    follows the heading.
    """
    looked_at = [str(value) for value in (cells.values() if is_first else islice(cells.values(), _LEADING))]
    if not is_first and len(cells) > _MANY and not _TELLING.search("".join(looked_at)):
        return None
    texts = [fold_width(text).replace(" ", "") for text in looked_at]
    if _SUMMED_UP.fullmatch(texts[0]) or any(map(_is_total, texts[:_LEADING])) or _counts(cells):
        return "total"
    is_all_labels = all(text.endswith(":") for text in texts) and len(cells) <= _LEADING
    if is_all_labels or (len(cells) <= _MANY and _SIGN.match(texts[0])) or _SIGN_LABEL.fullmatch(texts[0]):
        return "sign"
    if _is_note(texts) or (is_first and _explains(texts, len(heads[-1]))):
        return "note"
    is_place = len(cells) <= _LEADING and all(map(_COUNTED.fullmatch, texts[1:])) and bool(place_of(texts[0]))
    if is_place or len(cells) > 1:
        return "section" if is_place else None
    return _alone(texts[0], leads=wide or (min(heads[-1]) in cells and not texts[0].replace(".", "").isdecimal()))


def _counts(cells: Cells) -> bool:
    """Whether a row says nothing but how many of what: 本季接报 20件, 完工 10件."""
    if len(cells) % 2 or len(cells) > _MANY:
        return False
    texts = [fold_width(str(value)).replace(" ", "") for value in cells.values()]
    return all(_COUNT.fullmatch(text) for text in texts[1::2]) and all(map(_LABEL.fullmatch, texts[::2]))


def _is_total(text: str) -> bool:
    return len(text) <= _LONGEST_TOTAL and _SUM.search(text) is not None and _TOTAL.fullmatch(text) is not None


def may_head(values: Iterable[object]) -> bool:
    """Whether a row may be one of headings: it has words, and does not begin as a total does."""
    words = [value for value in values if isinstance(value, str) and not value.isdecimal()]
    return bool(words) and not _TOTAL.fullmatch(fold_width(words[0]).replace(" ", ""))


def is_title(texts: Collection[str]) -> bool:
    """Whether a row above a heading is a title, or asks who reports and when, 填报单位; no groups of columns."""
    words = [fold(text, with_brackets=False) for text in texts]
    told = any("：" in text or ":" in text for text in texts) or any(len(word) > LONGEST_GROUP for word in words)
    reporting = [word for word in words if _REPORTER.fullmatch(word)]
    return told or len(reporting) == len(words) or (bool(reporting) and _all_labels(words))


def _all_labels(words: Collection[str]) -> bool:
    return all(_REPORTER.fullmatch(word) or _PLACE_OR_PERSON.fullmatch(word) for word in words)


def _is_note(texts: Sequence[str]) -> bool:
    return (len(texts) <= 2 and _NOTE.match(texts[0]) is not None) or any(map(_EXAMPLE.fullmatch, texts[:2]))


def heading_test(words: Collection[str]) -> Callable[[Cells], bool]:
    """What tells whether most cells of a row are headings, of this table or any other: the first look at every row.

    `words`: of the table's own headings, folded. Cells say the same again and again, so each text is tried once.
    """

    @lru_cache(maxsize=1024)
    def is_heading(text: str) -> bool:
        if text[:1] in _FIGURES and text[-1:] in _FIGURES:  # a number, a day, an address: most cells are
            return text in words
        return fold(text) in words or is_known("", text)

    def may_be_heading(cells: Cells) -> bool:
        texts = [text for text in cells.values() if isinstance(text, str)]
        spare = len(texts) - max(2, _MOSTLY * len(cells))
        while texts and spare >= 0:
            spare -= not is_heading(texts.pop())
        return spare >= 0

    return may_be_heading


def repeats(cells: Cells, heads: Sequence[Mapping[int, str]]) -> bool:
    """Whether a row is the heading once more. `heads`: the heading rows, folded."""
    return any(_repeats(cells, head) for head in heads)


def starts_another_table(cells: Cells) -> bool:
    """Whether a row is the heading of a second table below the first."""
    known = (isinstance(value, str) and is_known("", value) for value in cells.values())
    return _hold_for_most(known, cells, 3)


def above(cells: Cells, *, wide: bool, is_top: bool) -> Reason:
    """What a row above the heading is: title, unit and date are notes, figures and their headings a section."""
    texts = [fold_width(str(value)) for value in cells.values()]
    if wide or any(":" in text for text in texts):
        return "note"
    return "note" if is_top and len(texts) <= 2 else "section"


def hold_mostly(tests: Iterable[bool], count: int, least: float) -> bool:
    """Whether at least so many of some tests hold; none is made any more once that cannot be."""
    spare = count - least
    for one in tests:
        if spare < 0:
            break
        spare -= not one
    return spare >= 0


def _repeats(cells: Cells, head: Mapping[int, str]) -> bool:
    same = (isinstance(text, str) and head[one] != "" and fold(text) == head[one] for one, text in cells.items())
    return _hold_for_most(same, cells, 2)


def _hold_for_most(tests: Iterable[bool], cells: Cells, least: int) -> bool:
    return hold_mostly(tests, len(cells), max(least, _MOSTLY * len(cells)))


def _explains(texts: Sequence[str], columns: int) -> bool:
    """A row of column numbers, of the codes or types of a platform's fields, or of hints how to fill in."""
    marks = sum(bool(_COLUMN_MARK.fullmatch(text)) for text in texts)
    hints = sum(bool(_HINT.search(text)) for text in texts)
    is_wide = len(texts) >= max(3, 0.6 * columns)
    codes = sum(bool(_CODE.fullmatch(text)) for text in texts)
    return (is_wide and max(marks, codes) >= 0.9 * len(texts)) or hints >= max(
        3, (0.5 if is_wide else _MOSTLY) * len(texts)
    )


def _alone(text: str, *, leads: bool) -> Reason | None:
    """One text in a whole row: in its first column, or merged over most of it."""
    if _NUMBERED.fullmatch(text):
        return "section"
    return None if not leads else "section" if len(text) <= _SHORT else "note"
