"""调解: the disputes, and of the one chosen its parties, its sessions, the agreement, whether it was kept."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import mediating, screening
from gridworker.services.mediating import Dispute, Mediation
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import page_row
from gridworker.ui.pages import wording
from gridworker.ui.pages.affairs_edit import edit_record, new_record
from gridworker.ui.pages.mediation_view import BACK, EDIT, NEED, PARTY, PRINT, SESSION, MediationView
from gridworker.ui.pages.worker_page import WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.top_bar import Action, Heading

_LEAST = 340
_STAGE = 92
"""Width of the column that says how far a mediation has come."""


class MediationPage(WorkerPage):
    """Disputes at the left, the chosen one at the right. Key: the id of a need."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        super().__init__(Heading(_("调解")), workspace, bus, Action(_("记一次调解"), self._add_session, key="Ctrl+N"))
        self.rows = RowList(_("纠纷"), (Column(_("进展"), _STAGE, right=True),))
        self.view = MediationView(workspace.today)
        advice = _("在诉求里登记邻里家庭、经济劳动、土地征迁的事，这里就能调解。")
        self._none = EmptyState("scale", _("还没有纠纷"), advice)
        self._page: Mediation | None = None
        self._week = label("", "second", wrap=True)
        self._report_button = Button(_("记本周排查"), icon="clipboard-check", key="W", small=True)
        self._build()
        self.rows.chosen.connect(self._show)
        self.rows.opened.connect(lambda _id: self.columns.turn_to(self.view))
        self.view.asked.connect(self._do)
        for key, act, word in (
            ("N", self._add_session, _("记一次调解")),
            ("P", self._add_party, _("添加当事人")),
            ("H", self._call_back, _("回访履行情况")),
            ("G", self._open_need, _("打开诉求")),
            ("D", self._print, _("打印登记表、协议书")),
            ("W", self._report, _("记本周排查")),
        ):
            keys.bind(self.rows, key, act, word)

    def refresh(self) -> None:
        """Read the disputes anew."""
        found = mediating.disputes(self.workspace)
        self.rows.set_rows([_row(one) for one in found])
        self._none.setVisible(not found)
        self.rows.setVisible(bool(found))
        self._show_week()
        self._show(self.rows.current_key())

    def first_focus(self) -> QWidget:
        """The disputes."""
        return self.rows

    def open_key(self, key: object) -> None:
        """Show one dispute."""
        if isinstance(key, int):
            self.rows.select_key(key)
            self.columns.turn_to(self.view)
            self.rows.setFocus()

    def _build(self) -> None:
        left = Card()
        left.setMinimumWidth(theme.px(_LEAST))
        left.add(self.rows, 1)
        left.add(self._none, 1)
        self._report_button.clicked.connect(self._report)
        left.add(row(self._week, 1, self._report_button))
        left.add(row(KeyLegend([("N", _("记一次调解")), ("P", _("添加当事人")), ("H", _("回访"))]), 1))
        self.columns = SideColumns(left, self.view, weights=(10, 11))
        page_row(self).addWidget(self.columns)

    def _show(self, need: Id | None) -> None:
        self._page = self.attempt(partial(mediating.read, self.workspace, need)) if need else None
        self.columns.offer_side(self._page is not None)
        if self._page is not None and need:
            self.view.show_dispute(self._page)
            self.rest_on("need", need)

    def _do(self, action: str, argument: object) -> None:
        acts: dict[str, Callable[[], None]] = {
            SESSION: self._add_session, PARTY: self._add_party, NEED: self._open_need,
            BACK: self._call_back, EDIT: lambda: self._edit(argument), PRINT: self._print,
        }  # fmt: skip
        acts[action]()

    def _add_session(self) -> None:
        self._add("mediation", _("已记调解"))

    def _add_party(self) -> None:
        self._add("party", _("已添加当事人"))

    def _add(self, name: str, sentence: str) -> None:
        if self._page is not None:
            dialog = new_record(self.workspace, self, ledger(name), {"need": self._page.dispute.need})
            dialog.saved.connect(partial(self._saved, sentence))
            dialog.open()

    def _edit(self, what: object) -> None:
        if isinstance(what, tuple):
            name, id = what
            dialog = edit_record(self.workspace, self, ledger(name), id)
            dialog.saved.connect(partial(self._saved, _("已改记录")))
            dialog.open()

    def _saved(self, sentence: str, done: Done) -> None:
        self.tell_done(sentence, done)

    def _call_back(self) -> None:
        """Of the latest agreement that nobody asked about yet."""
        waiting = [one for one in self._page.sessions if one.is_agreed and not one.called_back_on] if self._page else []
        if waiting:
            done = self.attempt(partial(mediating.call_back, self.workspace, waiting[0].id))
            if done is not None:
                self.tell_done(_("已记回访"), done)

    def _print(self) -> None:
        if self._page is not None:
            from gridworker.ui.printing.choices import mediation_paper

            mediation_paper(self.workspace, self, self._page.dispute.need).open()

    def _show_week(self) -> None:
        """Whether the week's looking round is written down; a township looks at what its workers wrote."""
        self._week.setVisible(not self.workspace.is_township)
        self._report_button.setVisible(not self.workspace.is_township)
        found = screening.of_week(self.workspace)
        if found.is_told:
            day = wording.day(found.told_on, self.workspace.today)
            words = _("本周排查 {count} 起，{day}已记").format(count=found.told, day=day)
        else:
            words = _("本周排查还没记；现在登记的纠纷 {count} 起").format(count=found.found)
        self._week.setText(words)

    def _report(self) -> None:
        """Also that nothing was found: 排查 0 起 says that somebody looked."""
        if self.workspace.is_township:
            return
        done = self.attempt(partial(screening.report, self.workspace))
        if done is not None:
            count = screening.of_week(self.workspace).told
            self.tell_done(_("已记本周排查 {count} 起").format(count=count), done)

    def _open_need(self) -> None:
        if self._page is not None:
            self.navigate.emit("needs", self._page.dispute.need)


def _row(one: Dispute) -> Row:
    second = " · ".join(filter(None, (one.sides, one.kind, one.number)))
    tone = wording.OUTCOME_TONES.get(one.stage, "amber" if one.is_open else "grey")
    return Row(one.content, second, one.need, marks=(Mark(one.stage, tone),))
