"""The line of a record's dialog by which a person adds a field of their own (自定义项)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ledger import Ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import own_fields
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.field import FieldRow, TextField


class OwnFieldLine(QWidget):
    """A link that opens one line for the heading; `added(name)` once Enter takes it."""

    added = Signal(str)

    def __init__(self, of: Ledger) -> None:
        super().__init__()
        self._of = of
        self.asking = link(_("添一项自己要记的"), icon="plus")
        self.asking.clicked.connect(self.ask)
        self.heading = TextField(_("这一项叫什么"), _("如 养蜂箱数，按回车"))
        self._line = FieldRow(_("项目名"), self.heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.asking)
        column.addWidget(self._line)
        self._line.hide()

    def ask(self) -> None:
        """Open the line for the heading."""
        self._line.show()
        self.asking.hide()
        self.heading.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the heading, and does not save the record; Escape closes the line only."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._line.isVisible():
            self._take()
        elif event.key() == Qt.Key.Key_Escape and self._line.isVisible():
            self._close()
            self.asking.setFocus()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        try:
            name = own_fields.name_for(self._of, self.heading.value())
        except UserError as error:
            self._line.set_error(error.message)
            return
        self._close()
        self.added.emit(name)

    def _close(self) -> None:
        self.heading.set_value("")
        self._line.set_error("")
        self._line.hide()
        self.asking.show()
