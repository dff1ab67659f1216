"""What reading a cell gives: a canonical value, and what was doubtful about it."""

import datetime
from typing import Final, NamedTuple

from gridworker.i18n import _

Raw = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None
"""What a cell of any workbook, or a person at the keyboard, may hand us."""

ISSUES: Final = frozenset(
    {"precision_lost", "multiple", "invalid", "range", "partial", "ambiguous", "swapped", "masked", "too_long"}
)


class Parsed(NamedTuple):
    """A canonical value (None: nothing certain was said) and the code of the issue met while reading, if any."""

    value: str | int | bool | None
    issue: str | None = None


BLANK: Final = Parsed(None)
INVALID: Final = Parsed(None, "invalid")


def message_for(issue: str) -> str:
    """The issue and its remedy in one sentence."""
    sentences = {
        "precision_lost": _("数字太长，末几位已被表格软件丢失；请把单元格设为文本，重新填写完整号码"),
        "multiple": _("一格里填了几个，只取了第一个；其余请另行填写"),
        "invalid": _("内容不符合要求；请核对后改正"),
        "range": _("填的是一段范围；请改为一个确定的值"),
        "partial": _("内容不完整；请补全"),
        "ambiguous": _("可能有别的读法；请核对"),
        "swapped": _("像是填错了列（如电话与身份证号对调）；请核对"),
        "masked": _("是打码的内容，不会覆盖已有的完整内容；请填写完整内容"),
        "restricted": _("综治重点人员不在本程序登记，没有采用；请删去这个词，其余的另填"),
        "too_long": _("文字太长；请缩短或分开填写"),
    }
    return sentences[issue]
