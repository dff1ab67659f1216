"""收件 beside the table of hand-ins: a folder whose workbooks come in by themselves, and plain originals to delete."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.pages.sure_dialog import ask_whether
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel

if TYPE_CHECKING:
    from gridworker.services.arrivals import Arrival
    from gridworker.services.incoming import PickedUp, Watch

EVERY: Final = 3000
"""Milliseconds between two looks into the folder."""


class InboxCard(Card):
    """`said(Message)`, `picked_up(PickedUp)` for what came by itself, `look_asked(paths)` for the rest."""

    said = Signal(object)
    picked_up = Signal(object)
    look_asked = Signal(object)

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(padding=10)
        self._workspace, self._tasks = workspace, tasks
        self._watch: Watch | None = None
        self._where: Path | None = None
        self._busy = False
        self.plain: list[Path] = []
        self.folder = ElidedLabel("", "second")
        self.choose = link(_("选文件夹"))
        self.leftovers = QWidget()
        self.told = ElidedLabel("", "second")
        self.delete = link(_("删除"))
        self.add(row(IconMark("folder-sync", "text2", 15), self.folder, self.choose))
        inner = row(IconMark("shield-check", "amber", 15), self.told, self.delete)
        self.leftovers.setLayout(inner)
        self.leftovers.hide()
        self.add(self.leftovers)
        self.choose.clicked.connect(self._on_choose)
        self.delete.clicked.connect(self._ask_delete)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._show_folder(workspace.store.get("watch_folder"))

    def watch(self, path: Path | None) -> None:
        """Watch a folder from now on, or none."""
        from gridworker.services import incoming

        incoming.set_folder(self._workspace, path)
        self._show_folder(str(path) if path else "")

    def _show_folder(self, path: str) -> None:
        self._where, self._watch = (Path(path) if path else None), None
        self.folder.setText(_("自动收 {name}").format(name=Path(path).name) if path else _("自动收一个文件夹里的新表"))
        self.choose.setText(_("停收") if path else _("选文件夹"))
        (self._timer.start if path else self._timer.stop)()

    def _on_choose(self) -> None:
        if self._where is not None:
            self.watch(None)
            return
        path = QFileDialog.getExistingDirectory(self, _("自动收哪个文件夹"))
        if path:
            self.watch(Path(path))

    def look(self) -> None:
        """Take what is new in the folder, unless something runs; a folder on a slow disk or stick holds nobody up."""
        where = self._where
        if where is None or self._busy or self._tasks.is_busy():
            return
        if self._watch is None:
            from gridworker.services import incoming

            self._watch = incoming.Watch()
        self._busy = True
        workspace, watch = self._workspace, self._watch

        def work(job: Job) -> "PickedUp | None":
            from gridworker.services import incoming

            if not (news := watch.news(where)):
                return None
            own = workspace.for_thread()
            try:
                return incoming.pick_up(own, news, job.step)
            finally:
                own.close()

        self._tasks.start(
            work, done=self._on_picked_up, failed=self._on_failed, cancelled=self._on_stopped,
            told=_("正在自动收表"),
        )  # fmt: skip

    def _on_picked_up(self, done: "PickedUp | None") -> None:
        self._busy = False
        if done is None or not done.sentence():
            return
        self.picked_up.emit(done)
        if done.others:
            act = partial(self.look_asked.emit, list(done.others))
            self.said.emit(Message("warning", done.sentence(), verb=_("看一看"), act=act))
        else:
            self.said.emit(Message("saved", done.sentence()))

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self.said.emit(Message("failure", sentence_for(error)))

    def _on_stopped(self) -> None:
        self._busy = False

    def show_arrival(self, arrival: "Arrival") -> None:
        """Offer to delete what lies open on the disk and is safely in."""
        from gridworker.services import incoming

        self.show_plain([*self.plain, *incoming.plain_files(self._workspace, arrival)])

    def show_plain(self, paths: list[Path]) -> None:
        """How many such files there are."""
        self.plain = list(dict.fromkeys(paths))
        self.told.setText(_("{count} 份没加密的原表还在").format(count=len(self.plain)))
        self.leftovers.setVisible(bool(self.plain))

    def _ask_delete(self) -> None:
        words = _("已经导入的 {count} 份原表没有密码，谁都能打开。删除后数据仍在本程序里；改过的、没收全的不删。")
        ask_whether(
            self, _("删除没加密的原表"), words.format(count=len(self.plain)), _("删除"), self.delete_plain
        )  # fmt: skip

    def delete_plain(self) -> None:
        """Delete them."""
        from gridworker.services import incoming

        count = incoming.delete(self._workspace, self.plain)
        self.show_plain([])
        self.said.emit(Message("saved", _("已删除 {count} 份没加密的原表。").format(count=count)))
