"""How a form would be filled: its columns with samples, what is missing and for whom, whose rows, masked or in full."""

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.fill_choices import FillChoices
from gridworker.ui.pages.fill_privacy import FillPrivacy
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.pages.import_columns import ColumnRows
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import FieldRow
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.form_narrow import Offered
    from gridworker.services.form_plan import Plan

COLUMNS, MISSING = "columns", "missing"
ALL, THIS_WEEK, LAST_WEEK, MONTH, SINCE = "all", 0, 1, "month", "since"
_A_MONTH: Final = timedelta(days=31)
_SHOWN: Final = 300
"""Rows with gaps listed at most."""


class PlanCard(Card):
    """The chosen form; `changed` for other rows, `mapped(mapping)` for another column, `fill_asked`."""

    changed = Signal()
    mapped = Signal(dict)
    fill_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._plan: Plan | None = None
        self.name, self.told = ElidedLabel("", "strong"), label("", "second", wrap=True)
        self.which = ChipGroup(_("填哪些"))
        self.choices = FillChoices()
        self.privacy = FillPrivacy(workspace)
        self.tabs = ChipGroup(_("看什么"), [Choice(COLUMNS, _("栏目对应")), Choice(MISSING, _("缺的"))], wrap=False)
        self.columns = ColumnRows(_("空着"))
        self.missing = RowList(_("缺的内容"), height=44, select_first=False)
        self.fill = Button(_("填好存为"), PRIMARY, icon="download", key="Ctrl+Enter")
        self.empty = EmptyState(
            "file-spreadsheet", _("选一张空表"), _("在左边选一张，或按 Ctrl+O 选乡镇发来的；先看每一栏填什么，再存。")
        )
        self.password = password_field(_("空表的密码"), _("输入后按 Enter"))
        self._build()
        self._connect()
        self.show_nothing()

    def first_focus(self) -> QWidget:
        """What the columns were read as, or what is missing."""
        return self.columns if self.tabs.value() == COLUMNS else self.missing

    def scope(self) -> tuple[int | None, date | None]:
        """Weeks back of the period asked for, and the day since which something must have changed."""
        which = self.which.value()
        since = date.fromisoformat(self._plan.last_filled) if self._plan and which == SINCE else None
        since = self._workspace.today - _A_MONTH if which == MONTH else since
        return (which if isinstance(which, int) else None), since

    def show_nothing(self) -> None:
        """No form is chosen."""
        self._show_parts(has_plan=False)
        self._password_line.setVisible(False)

    def show_failure(self, sentence: str) -> None:
        """A form that cannot be filled, and why."""
        self.empty.show_words(_("这张表填不了"), sentence)
        self.show_nothing()

    def show_locked(self, sentence: str) -> None:
        """A form under a password, which can be typed here."""
        self.empty.show_words(_("这张表有密码"), sentence)
        self._show_parts(has_plan=False)
        self._password_line.setVisible(True)
        self.password.setFocus()
        self.password.selectAll()

    def show_plan(self, plan: "Plan", offered: "Offered") -> None:
        """What the form will show."""
        from gridworker.services import columns

        is_new = self._plan is None or self._plan.fingerprint != plan.fingerprint
        self._plan = plan
        self.choices.offer(offered.narrowings)
        if is_new and offered.kept != self.choices.chosen():
            self.choices.show_chosen(offered.kept)
            self.changed.emit()
        self.privacy.show_form(is_locked=plan.locked)
        self.name.setText(plan.path.name)
        self.told.setText(_summary(plan))
        self.which.set_choices(_scopes(plan))
        samples = {one.letter: one.samples for one in plan.columns}
        self.columns.show_plans(columns.with_samples(columns.plans([plan.form.sheet]), samples))
        gaps = sum(bool(one.missing) for one in plan.rows)
        self.tabs.set_choices([Choice(COLUMNS, _("栏目对应")), Choice(MISSING, _("缺的"), count=gaps or None)])
        self.missing.set_rows(_missing(plan))
        was_typing = self.password.hasFocus()
        self._show_parts(has_plan=True)
        if was_typing:
            self.first_focus().setFocus()
        self._password_line.setVisible(False)

    def _build(self) -> None:
        asked, self._parts = QWidget(), QWidget()
        inside, around = column_of(asked, 9), column_of(self._parts, 9)
        self.tabs.set_value(COLUMNS)
        self.which.set_choices(_scopes(None))
        self.which.set_value(ALL)
        shown = (FieldRow(_("填哪些"), self.which), FieldRow(_("只填"), self.choices), self.privacy)
        for part in (self.name, self.told, *shown):
            inside.addWidget(part)
        inside.addWidget(self.tabs)
        inside.addWidget(self.columns, 1)
        inside.addWidget(self.missing, 1)
        around.addWidget(scrolling(asked), 1)
        around.addWidget(line())
        around.addLayout(row(1, self.fill))
        self.add(self._parts, 1)
        self.add(self.empty, 1)
        self._password_line = FieldRow(_("密码"), self.password)
        self.empty.add(self._password_line)

    def _connect(self) -> None:
        self.tabs.changed.connect(lambda _tab: self._show_parts(has_plan=True))
        self.which.changed.connect(lambda _which: self.changed.emit())
        self.choices.changed.connect(self.changed)
        self.privacy.changed.connect(self.changed)
        self.password.returnPressed.connect(self.changed)
        self.fill.clicked.connect(self.fill_asked)
        self.columns.changed.connect(self._on_columns)

    def _on_columns(self, plans: object) -> None:
        from gridworker.services import columns

        self.mapped.emit(columns.as_mapping(plans))  # type: ignore[arg-type]

    def _show_parts(self, *, has_plan: bool) -> None:
        self._parts.setVisible(has_plan)
        self.empty.setVisible(not has_plan)
        self.columns.setVisible(self.tabs.value() == COLUMNS)
        self.missing.setVisible(self.tabs.value() == MISSING)


def _scopes(plan: "Plan | None") -> list[Choice]:
    made = [Choice(ALL, _("全部"), "1"), Choice(THIS_WEEK, _("本周"), "2"), Choice(LAST_WEEK, _("上周"), "3")]
    made.append(Choice(MONTH, _("一个月内变动的"), "4"))
    if plan is not None and plan.last_filled:
        made.append(Choice(SINCE, _("上次填表（{day}）以后变动的").format(day=plan.last_filled), "5"))
    return made


def _summary(plan: "Plan") -> str:
    said = [_rows_told(plan)]
    if plan.locked:
        said.append(_("填好后仍用空表的密码加密"))
    if plan.unknown:
        heads = _("、").join(one.heading for one in plan.unknown[:4])
        said.append(_("{count} 栏没有对应的内容，空着：{heads}").format(count=len(plan.unknown), heads=heads))
    said += [one.message for one in plan.problems]
    return _("；").join(said)


def _rows_told(plan: "Plan") -> str:
    """How many, and of what: a form of visits and needs could be filled by either."""
    if plan.form.places:
        return _("填 {rows} 张卡片").format(rows=len(plan.rows))
    told = _("填 {rows} 行").format(rows=len(plan.rows))
    told = _("{told}，每行一条{ledger}").format(told=told, ledger=plan.about) if plan.about else told
    below = _("{told}，接在表里已有的 {count} 行后面")
    return below.format(told=told, count=plan.standing) if plan.standing else told


def _missing(plan: "Plan") -> list[Row]:
    """Whose cells stay empty, so that the next visit can ask."""
    from gridworker.services import columns

    gaps: dict[int, list[str]] = {}
    for one, cell, name in plan.missing:
        gaps.setdefault(one.record.id, []).append(f"{columns.label(name)} {cell}")
    with_gaps = {one.record.id: one for one in plan.rows if one.missing}
    rows = [
        Row(one.title, _("缺 {fields}").format(fields=_("、").join(gaps[id])), id)
        for id, one in islice(with_gaps.items(), _SHOWN)
    ]
    if len(with_gaps) > _SHOWN:
        rows.append(Row(_("还有 {count} 行").format(count=len(with_gaps) - _SHOWN), heading=True))
    return rows or [Row(_("没有缺的"), heading=True)]
