"""The pages at the left: icon, word, count; icons only in a narrow window (look §3, §7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label

WIDE = 168
NARROW = 60
_ITEM = 38
_GAP = 4


@dataclass(frozen=True)
class NavItem:
    """One page: code name, word, icon."""

    name: str
    text: str
    icon: str


class Sidebar(QFrame):
    """Emits `asked(name)` when a person picks a page."""

    asked = Signal(str)

    def __init__(self, brand: str, items: Sequence[NavItem]) -> None:
        super().__init__()
        self.setProperty("frame", "sidebar")
        self._narrow = False
        self._brand = label(brand, "card_title")
        self._buttons: dict[str, _NavButton] = {}
        self._group = QButtonGroup(self)
        self._lines = [ElidedLabel(role="second"), ElidedLabel(role="second")]
        self._shield = IconMark("shield-check", "text2", 18)
        self._column = QVBoxLayout(self)
        self._build(items)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons with words."""
        self._narrow = narrow
        self._brand.setVisible(not narrow)
        self._shield.setVisible(narrow)
        for part in self._lines:
            part.setVisible(not narrow)
        for button in self._buttons.values():
            button.set_narrow(narrow)
        side = 0 if narrow else 9
        self._head.setContentsMargins(theme.px(19) if narrow else 11, 0, 0, 0)
        self._column.setContentsMargins(side, 0, side + 1, 12)
        self.setMaximumWidth(self.sizeHint().width())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The width it has now."""
        return QSize(theme.px(NARROW if self._narrow else WIDE), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The narrow width, so that a window may become narrow in the first place."""
        return QSize(theme.px(NARROW), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_narrow(self._narrow)

    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def set_current(self, name: str) -> None:
        """Mark the page now shown."""
        self._buttons[name].setChecked(True)

    def set_count(self, name: str, count: int) -> None:
        """The number beside a page; 0 takes it away."""
        self._buttons[name].set_count(count)

    def set_footer(self, first: str, second: str) -> None:
        """Two lines at the foot: who and where, state of data and backup."""
        for part, text in zip(self._lines, (first, second), strict=True):
            part.setText(text)
        self._shield.setToolTip(f"{first}\n{second}")

    def _build(self, items: Sequence[NavItem]) -> None:
        self._column.setSpacing(_GAP)
        head = row(IconMark("footprints", "primary", 22), self._brand, 1, gap=6)
        box = QWidget()
        box.setLayout(head)
        box.setFixedHeight(theme.px(56))
        self._head = head
        self._column.addWidget(box)
        for number, item in enumerate(items, 1):
            button = _NavButton(item, f"Alt+{number}")
            button.clicked.connect(lambda _checked=False, name=item.name: self.asked.emit(name))
            self._group.addButton(button)
            self._buttons[item.name] = button
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        for part in self._lines:
            part.setContentsMargins(4, 0, 0, 0)
            self._column.addWidget(part)
        self._column.addWidget(self._shield, 0, Qt.AlignmentFlag.AlignHCenter)


class _NavButton(QAbstractButton):
    """One page in the sidebar."""

    def __init__(self, item: NavItem, key: str) -> None:
        super().__init__()
        self._item, self._key = item, key
        self._count = 0
        self._narrow = False
        self.setCheckable(True)
        self.setProperty("ring", 8)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_narrow(self, narrow: bool) -> None:
        """Icon only, or with word and number."""
        self._narrow = narrow
        self.setToolTip(f"{self._item.text}  {self._key}" if narrow else self._key)
        self.updateGeometry()

    def set_count(self, count: int) -> None:
        """A number in red, a red dot when narrow."""
        self._count = count
        self.setAccessibleName(f"{self._item.text} {count}" if count else self._item.text)
        self.update()

    def sizeHint(self) -> QSize:
        """38 high."""
        return QSize(theme.px(42 if self._narrow else WIDE - 19), theme.px(_ITEM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, word, number."""
        current = self.isChecked()
        ink = "primary" if current else "text2"
        with QPainter(self) as painter:
            if current or self.underMouse():
                ground = theme.color("primary_weak" if current else "hover")
                paint.rounded(painter, self.rect(), 8, ground, None)
            size = theme.px(18)
            left = (self.width() - size) // 2 if self._narrow else theme.px(13)
            paint_icon(painter, QRect(left, (self.height() - size) // 2, size, size), self._item.icon, ink)
            if self._narrow:
                if self._count:
                    paint.dot(painter, QPointF(left + size + 1, (self.height() - size) / 2), 8, "red")
                return
            self._paint_words(painter, ink, left + size + theme.px(11))

    def _paint_words(self, painter: QPainter, ink: str, left: int) -> None:
        painter.setFont(theme.font(13, bold=self.isChecked()))
        painter.setPen(theme.color(ink))
        room = QRect(left, 0, self.width() - left - theme.px(10), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._item.text)
        if self._count:
            painter.setFont(theme.font(13, bold=True))
            painter.setPen(theme.color("red"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))
