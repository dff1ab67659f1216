"""The global search: a field with its own pop-up that keeps out of the way of input methods (gui.md §7).

Nothing happens while an input method composes. The first letter is asked for at once, what follows it within 60 ms is
gathered; Enter does not wait for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets.field import lead_with
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

PAUSE = 60  # ms in which typing is gathered after a query was asked
_SHOWN = 8  # hits visible without scrolling
_ROW = 44


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, where it stands, its icon, a word at the right; `key` comes back."""

    title: str
    subtitle: str = ""
    key: Any = None
    icon: str = "house"
    mark: str = ""


class SearchBox(QLineEdit):
    """Emits `query(text)`; shows what `show_hits` is given; emits `chosen(key)` for the hit taken."""

    query = Signal(str)
    chosen = Signal(object)

    def __init__(self, placeholder: str = "", key: str = "Ctrl+K") -> None:
        super().__init__()
        self._preedit = self._asked = ""
        self.setPlaceholderText(placeholder or _("姓名、拼音、门牌、电话"))
        self.setAccessibleName(_("搜索"))
        lead_with(self, "search")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._cap = key_cap(key)
        self._cap.setParent(self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._catch_up)
        self.textChanged.connect(self._on_text_changed)
        self._popup = _Popup(self)
        self._popup.rows.clicked.connect(lambda index: self._take())

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found for the present text; nothing found says so."""
        if not self.text().strip() or not self.hasFocus():
            self._popup.hide()
            return
        self._popup.show_rows([_row(hit) for hit in hits] or [Row(_("没有找到"), _("换个写法，或只输姓的拼音"))])

    def is_open(self) -> bool:
        """Whether the pop-up is shown."""
        return self._popup.isVisible()

    def sizeHint(self) -> QSize:
        """290 px wide where there is room."""
        return QSize(theme.px(290), super().sizeHint().height())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ Enter Esc serve the pop-up, unless an input method is composing."""
        if self._preedit or not self._serve(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving closes the pop-up."""
        super().focusOutEvent(event)
        self._popup.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key cap at the right."""
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(self.width() - size.width() - 9, (self.height() - size.height()) // 2, *size.toTuple())
        self.setTextMargins(0, 0, size.width() + 8, 0)

    def _serve(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.is_open():
            self._popup.rows.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self._catch_up()
            self._take()
        elif key == Qt.Key.Key_Escape and (self.is_open() or self.text()):
            self._popup.hide() if self.is_open() else self.clear()
        else:
            return False
        return True

    def _on_text_changed(self, text: str) -> None:
        self._cap.setVisible(not text)
        if not text.strip():
            self._pause.stop()
            self._popup.hide()
        elif not self._pause.isActive():
            self._ask()

    def _catch_up(self) -> None:
        if self.text().strip() != self._asked:
            self._ask()

    def _ask(self) -> None:
        self._pause.start()
        self._asked = self.text().strip()
        self.query.emit(self._asked)

    def _take(self) -> None:
        key = self._popup.rows.current_key() if self.is_open() else None
        if key is not None:
            self._popup.hide()
            self.clear()
            self.chosen.emit(key)


class _Popup(QFrame):
    """A list under the field that never takes the focus."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field, Qt.WindowType.ToolTip)
        self._field = field
        self.setObjectName("popup")
        self.setProperty("frame", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows = RowList(_("搜索结果"), height=_ROW)
        self.rows.setParent(self)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Fill, size and place under the field's right edge."""
        self.rows.set_rows(rows)
        self.rows.select_number(0)
        width = max(self._field.width(), theme.px(360))
        height = theme.px(_ROW) * min(len(rows), _SHOWN) + 8
        corner = self._field.mapToGlobal(QPoint(self._field.width() - width, self._field.height() + 4))
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))
        self.rows.setGeometry(4, 4, width - 8, height - 8)
        self.show()
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Hide with the window that owns the field."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.hide()
        return super().event(event)


def _row(hit: Hit) -> Row:
    marks = (Mark(hit.mark),) if hit.mark else ()
    return Row(hit.title, hit.subtitle, key=hit.key, icon=hit.icon, marks=marks)
