"""How the pages say days, due dates, levels and states: words with their tones, the same on every page."""

from datetime import date, datetime
from math import ceil
from typing import Final

from gridworker.domain.rules import need_states
from gridworker.domain.rules.escalation import Standing
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.ui import theme
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.row import Mark

BOOKS: Final = "*.xlsx *.xls *.xlsm *.ods *.csv *.tsv *.txt *.html *.htm *.et"
"""Names of spreadsheets."""
LEVEL_TONES: Final = {"red": "red", "yellow": "amber", "green": "green", "normal": "grey"}
URGENCY_TONES: Final = {"red": "red", "yellow": "amber", "blue": "blue"}
OUTCOME_TONES: Final = {
    "已解决": "green", "办理中": "blue", "达成协议": "green", "已完成": "green", "无法办理": "red", "退回": "red",
    "未达成": "red",
}  # fmt: skip
"""How what came of a referral, a mediation or a project looks."""
STATE_TONES: Final = {
    need_states.REGISTERED: "grey",
    need_states.IN_PROGRESS: "blue",
    need_states.REPORTED: "violet",
    need_states.PLANNED: "amber",
    need_states.REPLIED: "green",
    need_states.TO_CALL_BACK: "primary",
    need_states.RETURNED: "red",
    need_states.CLOSED: "green",
    need_states.WRITTEN_OFF: "grey",
}


def kinds_of_books() -> str:
    """What a chooser of files offers: spreadsheets, or everything."""
    return _("表格 ({kinds});;全部文件 (*)").format(kinds=BOOKS)


def day(iso: str, today: date) -> str:
    """11月16日, with the year only when it is another one; empty for no day."""
    if not iso:
        return ""
    said = date.fromisoformat(iso[:10])
    year = _("{year}年").format(year=said.year) if said.year != today.year else ""
    return year + _("{month}月{day}日").format(month=said.month, day=said.day)


def moment(iso: str, today: date) -> str:
    """11月16日 14:02, or the day alone where no time is known."""
    clock = iso[11:16]
    return f"{day(iso, today)} {clock}".strip()


def clock_of(iso: str) -> datetime:
    """A stored moment."""
    return datetime.fromisoformat(iso)


def days_late(late: int) -> Mark:
    """超期 3 天, 今天到期, 明天, 3 天内 by whole days after a due date."""
    if late > 0:
        return Mark(_("超期 {days} 天").format(days=late), "red")
    if late == 0:
        return Mark(_("今天到期"), "amber")
    return Mark(_("明天") if late == -1 else _("{days} 天内").format(days=-late), "green" if late >= -7 else "")


def due_mark(due_on: str, today: date) -> Mark:
    """A due date as a list shows it: a pill when late or today, else the plain day."""
    if not due_on:
        return Mark(_("未定"))
    late = (today - date.fromisoformat(due_on[:10])).days
    return days_late(late) if late >= 0 else Mark(day(due_on, today))


def standing(one: Standing, today: date) -> str:
    """At which level a need is, and since when: 在社区 · 11月20日起."""
    since = _("{day}起").format(day=day(one.since, today)) if one.since else ""
    return " · ".join(filter(None, (_("在{level}").format(level=_(one.level)), since)))


def level_word(level: str) -> str:
    """红, 黄, 绿, 普通."""
    return naming.word("care_level", level)


def state_mark(state: str, status: str) -> Mark:
    """The state of a need; being late is said by its due date, so the stored state stands here."""
    shown = status if state == need_states.OVERDUE else state
    return Mark(_(shown), STATE_TONES.get(shown, "grey"))


def widest_state() -> int:
    """Pixels at scale 1.0 that the longest state takes as a pill."""
    return ceil(max(paint.pill_width(_(state)) for state in STATE_TONES) / theme.current().scale)


def urgency_word(urgency: str) -> str:
    """黄 · 较急: the colour people speak of, and what it means."""
    colours = {"red": _("红"), "yellow": _("黄"), "blue": _("蓝")}
    word = naming.word("urgency", urgency)
    return f"{colours[urgency]} · {word}" if urgency in colours else word
