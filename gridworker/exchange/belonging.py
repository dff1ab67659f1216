"""Whether a row that follows a break in a table is still a record of it, or begins a list of something else."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.exchange.headings import is_known, names_person

_HEADS: Final = re.compile(
    "(?:时间|日期|时段|星期|地点|主题|议题|内容|事项|名称|人员|人数|场次|次数|数量|情况|备注|部门|岗位|班次|电话|说明|序号)$"
)
"""Ends of words that head a column of a list."""
_LONGEST_HEAD: Final = 10
_WHOLE: Final = 0.6
"""Share of such words in a row that is the heading of a list."""
_USUAL: Final = 0.8
"""Share of records in which a column is filled that every record fills."""
_PROSE: Final = 3
"""Times the longest text of a column, from which a text is none of it."""
_SHORTEST_PROSE: Final = 12
_DIGIT: Final = re.compile("[0-9〇]")

Cells = Mapping[int, object]


class Belonging:
    """What the last records of a table look like, column by column."""

    def __init__(self, records: Sequence[Cells], serial: Collection[int]) -> None:
        self._serial = serial
        self._records = len(records)
        self._told: dict[int, list[str]] = {}
        for shown in records:
            for column, value in shown.items():
                if not is_blank(_text(value)):
                    self._told.setdefault(column, []).append(_text(value))

    def ends_before(self, cells: Cells, following: Cells, *, titled: bool) -> bool:
        """Whether a row after a break begins something else. `titled`: a line that stands alone is right above."""
        if not self._records:
            return False
        heads = _heads(cells)
        if heads >= max(2, _WHOLE * len(cells)):
            return True
        return self._contradicts(cells) and (titled or heads > 0 or self._contradicts(following))

    def _contradicts(self, cells: Cells) -> bool:
        """Whether a row leaves out or turns around at least half of what every record says."""
        usual = [
            column
            for column, texts in self._told.items()
            if column not in self._serial and len(texts) >= _USUAL * self._records
        ]
        wrong = sum(self._is_unlike(column, _text(value)) for column, value in cells.items())
        blank = sum(column not in cells for column in usual)
        return wrong > 0 and 2 * (wrong + blank) >= len(usual)

    def _is_unlike(self, column: int, text: str) -> bool:
        """Digits where never any stood, none where always some did, a sentence among words."""
        before = self._told.get(column, [])
        if is_blank(text) or not before:
            return False
        if column in self._serial:
            return not text.replace(".", "").isdecimal()
        with_digits = sum(bool(_DIGIT.search(one)) for one in before)
        has_digits = bool(_DIGIT.search(text))
        is_prose = len(text) > max(_SHORTEST_PROSE, _PROSE * max(map(len, before)))
        return is_prose or (has_digits and not with_digits) or (not has_digits and with_digits == len(before))


def _heads(cells: Cells) -> int:
    """How many words of a row could head columns; none where it is no row of a heading."""
    texts = [_text(value) for value in cells.values()]
    is_row = len(texts) > 1 and all(isinstance(value, str) for value in cells.values())
    if not is_row or len(set(texts)) < len(texts) or any(_DIGIT.search(one) for one in texts):
        return 0
    short = [one for one in texts if len(one) <= _LONGEST_HEAD]
    return sum(bool(_HEADS.search(one)) or is_known("", one) or names_person(one) for one in short)


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return fold_width(str(value)).replace(" ", "")
