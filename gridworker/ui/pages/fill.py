"""填表: a blank form, ours or the township's, filled from what is known; looked at first, what is missing is named."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import weekly_page
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import Message, Page, page_column, page_row
from gridworker.ui.pages.fill_plan import PlanCard
from gridworker.ui.refresh import Refresh
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.top_bar import Heading

if TYPE_CHECKING:
    from gridworker.services.form_narrow import Offered
    from gridworker.services.form_plan import Plan, Wish

_FORMS: Final = "*.xlsx *.xlsm *.xls *.ods *.csv *.et"


@dataclass(frozen=True, slots=True)
class Asked:
    """A form and how it is to be filled; `mapping` once somebody corrected its columns."""

    form: str
    """Name of a ready form; empty for a file."""
    path: Path | None
    mapping: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    """What was planned, and written where a file was named."""

    asked: Asked
    wish: "Wish"
    out: Path | None
    plan: "Plan"
    offered: "Offered"


class FillPage(Page):
    """Forms at the left; at the right what the chosen one will show, whose rows, masked or not."""

    def __init__(self, workspace: Workspace, refresh: Refresh, tasks: Tasks) -> None:
        super().__init__(Heading(_("填表")))
        self._workspace, self._tasks = workspace, tasks
        self._asked: Asked | None = None
        self._looking: Job | None = None
        self.plan: Plan | None = None
        self.forms = RowList(_("自带的空表"), height=44, select_first=False)
        self.open = Button(_("选乡镇发来的空表"), icon="folder-open", key="Ctrl+O")
        self.card = PlanCard(workspace)
        self._build()
        self._connect(refresh)

    def first_focus(self) -> QWidget:
        """The list of forms."""
        return self.forms

    def refresh(self) -> None:
        """List the forms; what the chosen one shows may have changed."""
        from gridworker.services import ready_forms

        told = [Row(one.name, one.about, one.name, icon="file-spreadsheet") for one in ready_forms.every()]
        self.forms.set_rows(told)
        self._look()

    def open_key(self, key: object) -> None:
        """Look at a form, by its path."""
        if isinstance(key, Path):
            self.look_at(Asked("", key))

    def choose_file(self) -> None:
        """Ask for the township's form."""
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        kinds = _("表格 ({kinds});;全部文件 (*)").format(kinds=_FORMS)
        path, _kind = QFileDialog.getOpenFileName(self, _("选乡镇发来的空表"), folder, kinds)
        if path:
            self.forms.clearSelection()
            self.look_at(Asked("", Path(path)))

    def look_at(self, asked: Asked) -> None:
        """Show how a form would be filled."""
        if self._asked is None or (self._asked.form, self._asked.path) != (asked.form, asked.path):
            self.card.password.clear()
            self.card.privacy.forget()
        self._asked = asked
        self._look()

    def choose_out(self) -> None:
        """Ask where to, then fill."""
        if self.plan is None or self.card.privacy.lacks():
            return
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        name = _("{name}_已填.xlsx").format(name=self.plan.path.stem)
        path, _kind = QFileDialog.getSaveFileName(self, _("填好存到"), str(Path(folder) / name), "(*.xlsx)")
        if path:
            self.fill_to(Path(path))

    def fill_to(self, out: Path) -> None:
        """Fill the form beside the window, with rows as they stand now."""
        if self._asked is None or self.card.privacy.lacks():
            return
        self._workspace.store.set("export_folder", str(out.parent))
        self._start(out, _("正在填表"))

    def _build(self) -> None:
        left = Card(_("空表"), _("自带的，或乡镇发来的"))
        left.add(self.forms, 1)
        left.add(row(KeyLegend([("Enter", _("看怎么填"))]), 1, self.open))
        across = page_row()
        across.addWidget(left, 4)
        across.addWidget(self.card, 6)
        page_column(self).addLayout(across)

    def _connect(self, refresh: Refresh) -> None:
        refresh.changed.connect(self.on_changed)
        self.forms.chosen.connect(self._choose)
        self.forms.opened.connect(lambda _name: self.card.first_focus().setFocus())
        self.open.clicked.connect(self.choose_file)
        self.card.changed.connect(self._look)
        self.card.mapped.connect(self._map)
        self.card.fill_asked.connect(self.choose_out)
        keys.bind(self, "Ctrl+O", self.choose_file)
        keys.bind(self, "Ctrl+Enter", self.choose_out)

    def _choose(self, name: str | None) -> None:
        if name and (self._asked is None or self._asked.form != name):
            self.look_at(Asked(name, None))

    def _map(self, mapping: dict[str, Any]) -> None:
        if self._asked is not None:
            self.look_at(replace(self._asked, mapping=mapping))

    def _look(self) -> None:
        if self._asked is not None and self.isVisible():
            self._start(None, "")

    def _start(self, out: Path | None, told: str) -> None:
        """Plan, and write where a file is named."""
        asked, wish = self._asked, self._wish()
        assert asked is not None
        if out is not None:
            wish = replace(wish, password=wish.password or self.card.privacy.lock())

        def work(job: Job) -> _Done:
            from gridworker.services import form_narrow

            own = self._workspace.for_thread()
            try:
                plan = _work(own, asked, wish, out, job)
                return _Done(asked, wish, out, plan, form_narrow.offered(own, plan))
            finally:
                own.close()

        if self._looking is not None:
            self._looking.cancel()
        job = self._tasks.start(work, done=self._on_done, failed=self._on_failed, told=told)
        self._looking = job if out is None else None

    def _on_done(self, done: "_Done") -> None:
        """Only what was asked for last is shown."""
        if done.out is None and (done.asked, done.wish) != (self._asked, self._wish()):
            return
        self.plan = done.plan
        self.card.show_plan(done.plan, done.offered)
        if done.out is not None:
            self._keep(done)
            words = _("已填 {rows} 行：{name}").format(rows=len(done.plan.rows), name=done.out.name)
            self.said.emit(Message("saved", words))

    def _keep(self, done: "_Done") -> None:
        """The same choices next week."""
        from gridworker.services import form_narrow

        chosen = form_narrow.Chosen(done.wish.where, done.wish.shape)
        form_narrow.keep(self._workspace, done.plan.fingerprint, chosen)

    def _wish(self) -> "Wish":
        from gridworker.services.form_plan import Wish

        which, last = self.card.scope()
        period = weekly_page.period_of(self._workspace, which) if which is not None else None
        mapping = self._asked.mapping if self._asked else None
        chosen = self.card.choices.chosen()
        return Wish(
            where=chosen.where,
            shape=chosen.shape,
            period=period,
            since=last,
            full=self.card.privacy.is_full(),
            reason=self.card.privacy.reason(),
            mapping=mapping,
            password=self.card.password.value(),
            open=self.card.privacy.is_open(),
        )

    def _on_failed(self, error: Exception) -> None:
        self.plan = None
        is_locked = isinstance(error, UserError) and error.wants_password
        (self.card.show_locked if is_locked else self.card.show_failure)(sentence_for(error))


def _work(own: Workspace, asked: Asked, wish: "Wish", out: Path | None, job: Job) -> "Plan":
    from gridworker.services import filling, ready_forms

    ready = ready_forms.find(asked.form) if asked.form else None
    path = ready.path if ready else asked.path
    assert path is not None
    wish = ready_forms.usual(ready, wish) if ready else wish
    if wish.full and not wish.reason:
        wish = replace(wish, full=False)  # looked at masked until there is a reason
    plan = filling.plan(own, path, wish, job.step)
    if out is not None:
        filling.write(own, plan, out, wish, job.step)
    return plan
