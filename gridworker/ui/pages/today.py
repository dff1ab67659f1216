"""今日: who is due, in the order of risk and with the reason; steps promised, call-backs owed, how far the day came."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import drafts, needs_list, today_page, weekly_page
from gridworker.services.due import CallBack, DueStep, DueVisit
from gridworker.services.escalating import Escalated
from gridworker.services.mediating import Session
from gridworker.services.proposals import Raised
from gridworker.services.referring import Referred
from gridworker.services.today_page import Today
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.page import page_column, page_row
from gridworker.ui.pages import wording
from gridworker.ui.pages.no_households import NoHouseholds
from gridworker.ui.pages.undecided import UndecidedStrip
from gridworker.ui.pages.worker_page import BRING_ROSTER, NEW_HOUSEHOLD, SHEET_KEY, ChoiceKey, HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.chart_view import ChartView
from gridworker.ui.widgets.charts import Bar
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.date_field import weekday
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.number_tile import NumberTile
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.top_bar import VISIT_KEY, Action, Heading

_SIDE = 322
_RING = 112
DRAFTS = "visit/"
"""How the drafts of visits are named: this, then the household's id."""


class TodayPage(WorkerPage):
    """One list owns the page; numbers stand small above it, what else is due beside it."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        action = Action(_("记录走访"), self._record_visit, key=VISIT_KEY)
        super().__init__(Heading(_("今日")), workspace, bus, action)
        self._queue: tuple[Id, ...] = ()
        self._tiles = {
            "due": NumberTile(_("今日应访"), "footprints", links=True),
            "late": NumberTile(_("走访超期"), "circle-alert", "red", links=True),
            "steps": NumberTile(_("到期办理"), "list-checks", "amber", links=True),
            "needs": NumberTile(_("未办结诉求"), "message-square-warning", links=True),
        }
        self.due = RowList(_("到期走访"))
        self.tasks = RowList(_("到期办理与回访"), height=46, bold=False, select_first=False)
        self._progress, self._week = _ProgressCard(), _WeekCard()
        self._none = EmptyState("circle-check", _("今天没有到期的走访"), _("按 Ctrl+K 找住户，随时可以记一次"))
        self._nobody = NoHouseholds()
        self._undecided = UndecidedStrip(0)
        for part in (self._none, self._nobody, self._undecided):
            part.hide()  # until the plan was read: all together would be too high
        self._build()
        self._undecided.asked.connect(lambda: self.navigate.emit("weekly", ChoiceKey()))
        self._nobody.new_asked.connect(lambda: self.navigate.emit("households", NEW_HOUSEHOLD))
        self._nobody.import_asked.connect(lambda: self.navigate.emit("weekly", BRING_ROSTER))
        self.due.opened.connect(self._open_visit)
        self.tasks.opened.connect(self._open_task)
        self._tiles["due"].clicked.connect(self.due.setFocus)
        self._tiles["late"].clicked.connect(lambda: self._focus_first(self.due))
        self._tiles["steps"].clicked.connect(lambda: self._focus_first(self.tasks))
        self._tiles["needs"].clicked.connect(lambda: self.navigate.emit("needs", needs_list.OPEN))

    def first_focus(self) -> QWidget:
        """The due list, the way to the first household, or what else is due."""
        if self._queue:
            return self.due
        return self.tasks if self._nobody.isHidden() else self._nobody.first_focus()

    def refresh(self) -> None:
        """Read the plan anew."""
        found = today_page.read(self.workspace)
        self._show_tiles(found)
        self._show_due(found)
        self._show_tasks(found)
        self._undecided.show_count(found.undecided)
        self._progress.show_progress(len(found.visited), sum(one.days_overdue >= 0 for one in found.plan.visits))
        self._week.show_week(found, self.workspace.today)
        self._week.unreported.setText(weekly_page.unreported(self.workspace).sentence())

    def _build(self) -> None:
        left = QWidget()
        column = page_column()
        left.setLayout(column)
        tiles = page_row()
        for tile in self._tiles.values():
            tiles.addWidget(tile)
        column.addLayout(tiles)
        column.addWidget(self._undecided)
        card = Card(_("到期走访"))
        sheet = Button(_("补录"), icon="file-pen-line", key=SHEET_KEY, small=True)
        sheet.clicked.connect(lambda: self.navigate.emit("sheet", None))
        card.add_action(KeyLegend([("↑ ↓", _("选择")), ("Enter", _("打开")), ("F2", _("记录走访"))]))
        card.add_action(sheet)
        card.add(self.due, 1)
        for part in (self._none, self._nobody):
            part.hide()  # until it is known that nothing is there: what shows counts for the smallest size
            card.add(part, 1)
        column.addWidget(card, 1)
        page_row(self).addWidget(SideColumns(left, self._side()))

    def _side(self) -> QWidget:
        inner = QWidget()
        column = page_column()
        inner.setLayout(column)
        tasks = Card(_("到期办理与回访"))
        tasks.add(self.tasks, 1)
        column.addWidget(self._progress)
        column.addWidget(tasks, 1)
        column.addWidget(self._week)
        side = scrolling(inner)
        side.setFixedWidth(theme.px(_SIDE))
        return side

    def _show_tiles(self, found: Today) -> None:
        plan, today = found.plan, self.workspace.today
        late = [one for one in plan.visits if one.last_met and one.days_overdue > 0]
        steps = [one for one in plan.followups if one.due_on <= today]
        most = _("最久 {days} 天").format(days=max(one.days_overdue for one in late)) if late else ""
        first_time = sum(not (one.last_met or one.last_tried) for one in plan.visits)
        first = _("首次 {count}").format(count=first_time) if first_time else ""
        self._tiles["due"].show_number(str(len(plan.visits)), _("户"), first)
        self._tiles["late"].show_number(str(len(late)), _("户"), most)
        back = _("待回访 {count}").format(count=len(plan.callbacks)) if plan.callbacks else ""
        self._tiles["steps"].show_number(str(len(steps)), _("件"), back)
        counts = needs_list.counts(self.workspace)
        overdue = _("超期 {count}").format(count=counts[needs_list.OVERDUE]) if counts[needs_list.OVERDUE] else ""
        self._tiles["needs"].show_number(str(found.open_needs), _("件"), overdue)

    def _show_due(self, found: Today) -> None:
        drafted = {name.removeprefix(DRAFTS) for name in drafts.names(self.workspace, DRAFTS)}
        visits = found.plan.visits

        def shown(number: int) -> Row:
            return _visit_row(visits[number], drafted=str(visits[number].household) in drafted)

        self._queue = tuple(one.household for one in visits)
        self.due.set_source(len(visits), shown, self._queue)
        self.due.setVisible(bool(self._queue))
        self._none.setVisible(not self._queue and bool(found.households))
        self._nobody.setVisible(not found.households)

    def _show_tasks(self, found: Today) -> None:
        plan, today = found.plan, self.workspace.today
        answers = {late: [one for one in plan.referrals if one.late is late] for late in (True, False)}
        passed = {late: [one for one in plan.escalations if one.late is late] for late in (True, False)}
        is_late = bool(answers[True] or passed[True])
        rows = [
            *_headed(_("转办超期未答复 {count}"), [_referral_row(one, today) for one in answers[True]]),
            *_headed(_("上报超期未答复 {count}"), [_escalation_row(one, today) for one in passed[True]]),
            *_headed(
                _("到期办理 {count}") if is_late else "", [_step_row(one, found, today) for one in plan.followups]
            ),
            *_headed(_("待回访 {count}"), [_callback_row(one, found, today) for one in plan.callbacks]),
            *_headed(_("转办待答复 {count}"), [_referral_row(one, today) for one in answers[False]]),
            *_headed(_("上报待答复 {count}"), [_escalation_row(one, today) for one in passed[False]]),
            *_headed(_("调解待回访 {count}"), [_agreement_row(need, one, today) for need, one in plan.agreements]),
            *_headed(_("提议待答复 {count}"), [_proposal_row(one, today) for one in plan.proposals]),
        ]
        self.tasks.set_rows(rows or [Row(_("没有到期的办理"), heading=True)])

    def _focus_first(self, rows: RowList) -> None:
        rows.setFocus()
        if rows.count():
            rows.select_number(0)

    def _record_visit(self) -> None:
        """Of the household chosen; where none is due, of one to be found, and where there is none, of a new one."""
        if self.due.current_key() is not None:
            self._open_visit(self.due.current_key())
        elif self._nobody.isHidden():
            self.navigate.emit("households", None)
        else:
            self._nobody.first_focus().setFocus()

    def _open_task(self, key: object) -> None:
        """A need, the mediation of a dispute, or a proposal."""
        page, id = key if isinstance(key, tuple) else ("needs", key)
        self.navigate.emit(page, id)

    def _open_visit(self, household: int) -> None:
        self.navigate.emit("households", HouseholdKey(household, self._queue, visit=True))


def _visit_row(one: DueVisit, *, drafted: bool) -> Row:
    never_met = Mark(_("还没见到人"), "amber") if one.last_tried else Mark(_("首次走访"), "blue")
    mark = wording.days_late(one.days_overdue) if one.last_met else never_met
    second = " · ".join(part for part in (one.tags, one.reason) if part)
    marks = (Mark(_("有草稿"), "amber"), mark) if drafted else (mark,)
    return Row(
        one.head or _("（未登记户主）"), second, one.household, aside=one.address,
        dot=wording.LEVEL_TONES.get(one.level, "grey"), marks=marks,
    )  # fmt: skip


def _headed(words: str, rows: list[Row]) -> list[Row]:
    """Rows under their heading, which needs none where they stand first as usual."""
    return [Row(words.format(count=len(rows)), heading=True), *rows] if rows and words else rows


def _where(household: int | None, found: Today) -> str:
    place = found.places.get(household) if household else None
    return " ".join(part for part in (place.address, place.head) if part) if place else ""


def _step_row(one: DueStep, found: Today, today: date) -> Row:
    mark = wording.due_mark(one.due_on.isoformat(), today)
    return Row(one.title, _where(one.household, found), one.need, marks=(mark,))


def _callback_row(one: CallBack, found: Today, today: date) -> Row:
    closed = _("办结 {day}").format(day=wording.day(one.closed_on, today))
    return Row(one.title, _where(one.household, found), one.need, marks=(Mark(closed),))


def _referral_row(one: Referred, today: date) -> Row:
    second = _("转 {receiver}").format(receiver=one.receiver)
    return Row(one.content, second, one.need, marks=(wording.due_mark(one.due_on, today),))


def _escalation_row(one: Escalated, today: date) -> Row:
    second = _("报 {receiver}").format(receiver=one.to)
    return Row(one.content, second, one.need, marks=(wording.due_mark(one.due_on, today),))


def _agreement_row(need: Id, one: Session, today: date) -> Row:
    agreed = _("{day} 达成协议").format(day=wording.day(one.held_at, today))
    return Row(one.content, agreed, ("mediation", need), marks=(wording.due_mark(one.due_on, today),))


def _proposal_row(one: Raised, today: date) -> Row:
    second = " · ".join(filter(None, (one.raised_by, one.step)))
    return Row(one.title, second, ("affairs", ("topic", one.id)), marks=(wording.due_mark(one.due_on, today),))


class _ProgressCard(Card):
    """How many of today's households were visited."""

    def __init__(self) -> None:
        super().__init__()
        self._ring = ChartView(_("今日进度"), width=_RING, height=_RING)
        self._ring.setFixedSize(theme.px(_RING), theme.px(_RING))
        self._left = label("", "second")
        self._hint = label("", "second")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(label(_("今日进度"), "card_title"))
        words.addWidget(self._left)
        words.addWidget(self._hint)
        words.addStretch(1)
        across = row(self._ring, gap=14)
        across.addLayout(words, 1)
        self.add(across)

    def show_progress(self, done: int, left: int) -> None:
        """Visited households of those that were or are due."""
        total = done + left
        self._ring.show_ring(done / total if total else 0.0, f"{done}/{total}", _("已走访"))
        self._left.setText(_("还有 {count} 户").format(count=left))
        finished = _("今天的走访都完成了") if done else _("今天没有要走的户")
        self._hint.setText(_("先红后黄，再顺路走") if left else finished)


class _WeekCard(Card):
    """Visits of the last seven days."""

    def __init__(self) -> None:
        super().__init__(_("近 7 天走访"))
        self._chart = ChartView(_("近 7 天走访"), height=118)
        self.unreported = label("", "second", wrap=True)
        self.add(self._chart)
        self.add(self.unreported)

    def show_week(self, found: Today, today: date) -> None:
        """One bar a day, today's strong."""
        words = _("共 {count} 次，本周 {homes} 户")
        self.show_note(words.format(count=sum(found.week.values()), homes=len(found.this_week)))
        bars = [
            Bar(_("今") if day == today else weekday(day)[0], count, strong=day == today)
            for day, count in found.week.items()
        ]
        self._chart.show_columns(bars)
