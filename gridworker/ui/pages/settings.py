"""设置: look, passwords, backups, guide cards, phrases, access log, about; the township's grids and deadline too."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker import __version__
from gridworker.i18n import _
from gridworker.services import access, access_lines
from gridworker.services.look import Look
from gridworker.services.workspace import Workspace
from gridworker.ui.page import GAP, MARGIN, Page, page_column
from gridworker.ui.pages.retention_dialog import RetentionCard
from gridworker.ui.pages.settings_backup import BackupCard
from gridworker.ui.pages.settings_guide import GuideCard
from gridworker.ui.pages.settings_look import LookCard
from gridworker.ui.pages.settings_password import PasswordCard, ReportPasswordCard
from gridworker.ui.pages.settings_phrases import PhrasesCard
from gridworker.ui.pages.settings_township import DeadlineCard, RosterCard
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.top_bar import Heading

_LISTED: Final = 200
NEW_CODE: Final = "new recovery code"


class SettingsPage(Page):
    """Two columns of cards."""

    look_changed = Signal(object)
    lock_asked = Signal()
    restore_asked = Signal(object, str)
    log_asked = Signal()

    def __init__(self, workspace: Workspace, refresh: Refresh, tasks: Tasks, look: Look) -> None:
        super().__init__(Heading(_("设置")))
        self._workspace = workspace
        self._told = refresh
        self.look = LookCard(look)
        self.password = PasswordCard(workspace, tasks)
        self.report = ReportPasswordCard(workspace, self._show_log)
        self.backup = BackupCard(workspace, tasks)
        self.guide = GuideCard(workspace, tasks)
        self.phrases = None if workspace.is_township else PhrasesCard(workspace)
        self.log = LogCard(workspace)
        self.roster = RosterCard(workspace) if workspace.is_township else None
        self.deadline = DeadlineCard(workspace) if workspace.is_township else None
        self.retention = RetentionCard(workspace)
        about = about_card(workspace.store.folder)
        left: list[QWidget] = [self.look, self.password]
        if self.roster is not None and self.deadline is not None:
            left += [self.backup, self.retention, about]
            right = [self.roster, self.report, self.deadline, self.guide, self.log]
        else:
            left += [self.report, *([self.phrases] if self.phrases else []), about]
            right = [self.backup, self.retention, self.guide, self.log]
        self._build(left, right)
        self._connect()

    def _build(self, *columns: Sequence[QWidget]) -> None:
        inner = QWidget()
        across = QHBoxLayout(inner)
        across.setContentsMargins(0, 0, 4, 0)
        across.setSpacing(GAP)
        for cards, weight in zip(columns, (4, 5), strict=True):
            column = page_column()
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            across.addLayout(column, weight)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*MARGIN)
        outer.addWidget(scrolling(inner))

    def _connect(self) -> None:
        self.look.changed.connect(self.look_changed)
        self.password.lock_asked.connect(self.lock_asked)
        self.backup.restore_asked.connect(self.restore_asked)
        self.log.more.clicked.connect(self.log_asked)
        for card in (self.password, self.report, self.backup, self.guide):
            card.said.connect(self.said)
        for change in (self.backup.made, self.guide.changed, self.retention.changed):
            change.connect(lambda: self._told.changed.emit(()))
        if self.phrases is not None:
            self.phrases.said.connect(self.said)
        if self.roster is not None and self.deadline is not None:
            self.roster.said.connect(self.said)
            self.roster.changed.connect(lambda: self._told.changed.emit(()))
            self.deadline.changed.connect(lambda: self._told.changed.emit(()))

    def open_key(self, key: object) -> None:
        """Ask for a new recovery code."""
        if key == NEW_CODE:
            self.password.ask_new_code()

    def refresh(self) -> None:
        """Read what may have changed elsewhere."""
        self.backup.refresh()
        self.report.refresh()
        self.guide.refresh()
        self._show_log()
        if self.roster is not None:
            self.roster.refresh()

    def first_focus(self) -> QWidget | None:
        """The first choice."""
        return self.look.scheme

    def _show_log(self) -> None:
        self.log.refresh()


class LogCard(Card):
    """访问日志: every look at and way out of personal data, newest first, and whether the chain holds."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("访问日志"))
        self._workspace = workspace
        self.state = Pill("", "green", dot=True)
        self.list = RowList(_("访问日志"), height=27, bold=False, select_first=False)
        self.list.setMinimumHeight(160)
        self.add_mark(self.state)
        self.add(label(_("谁在什么时候看过、导出过；只记编号，不记姓名"), "second", wrap=True))
        self.add(self.list, 1)
        self.more = link(_("全部日志"))
        self.lost = link(_("遗失登记卡"), icon="printer")
        self.lost.clicked.connect(self._print_card)
        self.add(row(self.lost, 1, self.more))

    def _print_card(self) -> None:
        """What stands on this laptop, or on that of a grid, for the day it is lost: a page to print beforehand."""
        from gridworker.services import lost_laptop
        from gridworker.ui.printing.preview import PrintDialog

        every = [
            (word, partial(lost_laptop.paper, self._workspace, code))
            for word, code in lost_laptop.choices(self._workspace)
        ]
        PrintDialog(self, self._workspace, _("遗失登记卡"), every).open()

    def refresh(self) -> None:
        """Read the newest lines and check the chain."""
        broken = access.verify(self._workspace)
        words = _("连续完好") if broken is None else _("第 {no} 行对不上").format(no=broken)
        self.state.show_state(words, "green" if broken is None else "red", dot=True)
        self.list.set_rows([
            Row(f"{one.at[5:16].replace('T', ' ')}\u3000{one.act}", aside=f"{one.author} · {one.what}".strip(" ·"))
            for one in access_lines.newest(self._workspace, _LISTED)
        ])  # fmt: skip


def about_card(folder: Path) -> Card:
    """关于: version, where the data are, whose work it stands on."""
    card = Card(_("关于"))
    card.add(label(_("网格走访 {version} · 不联网，不注册账号").format(version=__version__), "second", "text"))
    card.add(ElidedLabel(_("数据在 {folder}").format(folder=folder), "second"))
    owed = _("图标 Lucide（ISC），界面 Qt / PySide6（LGPL），加密 SQLCipher（BSD）；许可全文在 licences 里。")
    card.add(label(owed, "second", wrap=True))
    return card
