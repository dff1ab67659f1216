"""What 周报上报 shows before anything leaves: what would go out, what left before, the sentence for the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gridworker.domain.calendar import parse_week, week_of
from gridworker.domain.rules.need_states import REPORTED, is_open
from gridworker.i18n import _
from gridworker.services.period import Period
from gridworker.services.summary import chat_sentence
from gridworker.services.workspace import Workspace
from gridworker.store import exports, lists, queries


@dataclass(frozen=True, slots=True)
class Outline:
    """What a workbook of a period would hold: records by ledger, needs the township must act on, needs held back."""

    counts: Mapping[str, int]
    coordinate: int
    held_back: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Left:
    """A workbook that left: when, its file's name, its days, whether it was masked."""

    at: str
    file: str
    first: str
    last: str
    masked: bool


def period_of(workspace: Workspace, weeks_back: int) -> Period:
    """This week (0), the last one (1), and so on."""
    return Period.of_week(week_of(workspace.today - timedelta(weeks=weeks_back)))


def week_word(period: Period) -> str:
    """第48周 for a week; nothing for other days."""
    return parse_week(period.week).label if period.week else ""


def range_of(first: date, last: date) -> Period:
    """Any days."""
    return Period(first, last)


def outline(workspace: Workspace, period: Period, *, masked: bool) -> Outline:
    """What would go out; a masked workbook holds back what is confidential."""
    connection = workspace.connection
    first, last = period.first.isoformat(), period.last.isoformat()
    needs = queries.needs_in(connection, first, last)
    secret = [row for row in needs if row.plain("confidential")]
    sent = [row for row in needs if not (masked and row.plain("confidential"))]
    counts = {
        "household": queries.count(connection, "household"),
        "visit": len(queries.between(connection, "visit", "visited_at", first, last)),
        "need": len(sent),
        "followup": len(lists.steps_of(connection, [row.id for row in sent])),
    }
    asked = sum(row.plain("status") == REPORTED and is_open(row.values) for row in sent)
    sentence = chat_sentence(workspace, period.first, period.last)
    return Outline(counts, asked, len(secret) if masked else 0, sentence)


def has_password(workspace: Workspace) -> bool:
    """Whether the township's 上报密码 is kept here."""
    return bool(workspace.store.get("report_password"))


@dataclass(frozen=True, slots=True)
class Unreported:
    """What was entered on this laptop since its last weekly workbook left; `since` is None if none ever did."""

    count: int
    since: date | None

    def sentence(self) -> str:
        """For people; empty when nothing waits."""
        if not self.count:
            return ""
        if self.since is None:
            return _("还没有上报过：存了 {count} 次（登记、修改、导入各算一次）").format(count=self.count)
        words = _("{month}月{day}日上报以后又存了 {count} 次（登记、修改、导入各算一次），还没有上报")
        return words.format(month=self.since.month, day=self.since.day, count=self.count)


def unreported(workspace: Workspace) -> Unreported:
    """What no workbook has carried yet: it would be lost with this laptop."""
    count, at = exports.unreported(workspace.connection, workspace.store.device)
    return Unreported(count, date.fromisoformat(at[:10]) if at else None)


def left(workspace: Workspace) -> list[Left]:
    """What left lately, newest first."""
    return [Left(*row) for row in exports.recent(workspace.connection)]
