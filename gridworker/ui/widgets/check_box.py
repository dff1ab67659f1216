"""Check boxes, radio buttons and drop-down selects, painted from the tokens."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QRadioButton, QSizePolicy, QStyleOptionComboBox

from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint

_BOX = 16
_GAP = 8


class CheckBox(QCheckBox):
    """A box with a tick and a word."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("ring", 4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Box, gap and word."""
        return _choice_size(self)

    def minimumSizeHint(self) -> QSize:
        """The whole word always."""
        return self.sizeHint()

    def hitButton(self, place: object) -> bool:
        """A click on the word counts."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Filled with a tick when checked."""
        with QPainter(self) as painter:
            box = _choice_box(self)
            if self.isChecked():
                paint.rounded(painter, box, 4, theme.color("primary"), None)
                paint_icon(painter, box.adjusted(1, 1, -1, -1), "check", "on_primary")
            else:
                paint.rounded(painter, box, 4, theme.color("surface"), QPen(theme.color("field_border"), 1.2))
            _paint_word(painter, self)


class RadioButton(QRadioButton):
    """A round mark and a word; prefer a ChipGroup for short lists."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("ring", 8)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Mark, gap and word."""
        return _choice_size(self)

    def hitButton(self, place: object) -> bool:
        """A click on the word counts."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring with a dot when checked."""
        with QPainter(self) as painter:
            box = QRectF(_choice_box(self))
            edge = theme.color("primary" if self.isChecked() else "field_border")
            paint.rounded(painter, box, box.width() / 2, theme.color("surface"), QPen(edge, 1.6))
            if self.isChecked():
                paint.dot(painter, box.center(), box.width() / 2, "primary")
            _paint_word(painter, self)


class Select(QComboBox):
    """A drop-down of known values that looks like a field; `placeholder` shows while nothing is chosen."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """As high as a field."""
        return QSize(super().sizeHint().width() + theme.px(12), theme.px(31))

    def minimumSizeHint(self) -> QSize:
        """Four characters."""
        return QSize(theme.px(90), theme.px(31))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field frame, value or placeholder, chevron."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        empty = self.currentIndex() < 0
        with QPainter(self) as painter:
            edge = QPen(theme.color("primary"), 2) if self.hasFocus() else QPen(theme.color("field_border"), 1)
            paint.rounded(painter, self.rect(), 7, theme.color("surface"), edge)
            painter.setPen(theme.color("text3" if empty else "text"))
            painter.setFont(theme.font(13))
            size = theme.px(14)
            room = self.rect().adjusted(10, 0, -size - 14, 0)
            text = self.placeholderText() if empty else self.currentText()
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
            corner = QRect(self.width() - size - 10, (self.height() - size) // 2, size, size)
            paint_icon(painter, corner, "chevron-down", "text2")


def _choice_size(button: QAbstractButton) -> QSize:
    gap = _GAP if button.text() else 0
    return QSize(theme.px(_BOX) + gap + theme.text_width(button.text()) + 2, theme.px(22))


def _choice_box(button: QAbstractButton) -> QRect:
    size = theme.px(_BOX)
    return QRect(0, (button.height() - size) // 2, size, size)


def _paint_word(painter: QPainter, button: QAbstractButton) -> None:
    painter.setFont(theme.font(13))
    painter.setPen(theme.color("text" if button.isEnabled() else "text3"))
    room = button.rect().adjusted(theme.px(_BOX) + _GAP, 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, button.text())
