"""Why a file cannot be read, as one sentence and one remedy; made to travel out of the reading process."""

from typing import Final, Literal

from gridworker.errors import UserError
from gridworker.i18n import _

Reason = Literal[
    "empty", "unknown", "damaged", "too_large", "far_cell", "password_needed", "wrong_password", "too_slow", "died"
]

_CODES: Final[dict[Reason, str]] = {
    "empty": "empty_file",
    "unknown": "not_a_workbook",
    "damaged": "damaged_file",
    "too_large": "too_large",
    "far_cell": "too_large",
    "password_needed": "password_needed",
    "wrong_password": "wrong_password",
    "too_slow": "too_slow",
    "died": "damaged_file",
}


class Unreadable(UserError):
    """A file that cannot be read. It travels as reason and place and is put into words where it arrives."""

    def __init__(self, reason: Reason, sheet: str = "", cell: str = "") -> None:
        message, hint = _sentences(reason)
        super().__init__(_CODES[reason], message.format(sheet=sheet, cell=cell), hint)
        self.reason = reason
        self.place = (sheet, cell)

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, str, str]]:
        return Unreadable, (self.reason, *self.place)


def _sentences(reason: Reason) -> tuple[str, str]:
    """What is wrong, and what to do next."""
    again = _("请让对方重新发一份。")
    smaller = _("请只留需要的工作表和行，或分成几个文件再试。")
    as_xlsx = _("请用 Excel 或 WPS 打开，另存为 xlsx 后再试。")
    sentences: dict[Reason, tuple[str, str]] = {
        "empty": (_("这是一个空文件。"), again),
        "unknown": (_("这个文件不是能读的表格。"), as_xlsx),
        "damaged": (_("文件不完整或已损坏，打不开。"), again),
        "too_large": (_("文件展开后太大，没有打开。"), smaller),
        "far_cell": (
            _("工作表“{sheet}”在很远的 {cell} 处有内容，大得读不下。"),
            _("请删掉远处多余的行和列，保存后再试。"),
        ),
        "password_needed": (_("这个文件有密码。"), _("请输入打开它的密码。")),
        "wrong_password": (_("文件的密码不对。"), _("请核对密码后再试。")),
        "too_slow": (_("文件太大或太复杂，看了很久还没看完，已停止。"), smaller),
        "died": (_("这个文件读不下去，可能太大或已损坏。"), as_xlsx),
    }
    return sentences[reason]
