"""收回复: where a reply is dropped or chosen; what it would do is seen before it is taken."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from gridworker.i18n import _
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card
from gridworker.ui.widgets.empty_state import EmptyState


class ReplyCard(Card):
    """`chosen(paths)` for what was dropped, `choose_asked`, `history_asked`."""

    chosen = Signal(object)
    choose_asked = Signal()
    history_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("收回复"))
        self.choose_button = Button(_("选文件"), icon="folder-open", key="Ctrl+O")
        self.history_button = Button(_("导入记录"), icon="history", key="Ctrl+H", small=True)
        self.setAcceptDrops(True)
        self.add_action(self.history_button)
        advice = _("先看会改什么，确认了才进数据；进了也能撤销")
        self.add(EmptyState("inbox", _("把乡镇的回复表拖到这里"), advice, [self.choose_button]), 1)
        self.choose_button.clicked.connect(self.choose_asked)
        self.history_button.clicked.connect(self.history_asked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        self.chosen.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
