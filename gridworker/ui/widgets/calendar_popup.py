"""A month to choose a day from, painted from the tokens."""

from datetime import date

from PySide6.QtCore import QDate, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.icons import icon
from gridworker.ui.widgets import paint


class Month(QCalendarWidget):
    """Monday first; today has an edge, the chosen day a ground, days of other months are pale."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.setAccessibleName(_("日历"))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        heads = QTextCharFormat()
        heads.setForeground(theme.color("text2"))
        self.setHeaderTextFormat(heads)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, heads)
        for name, shape in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icon(shape))

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate) -> None:
        """One day."""
        side = min(rect.width(), rect.height()) - 2
        box = QRect(rect.center().x() - side // 2, rect.center().y() - side // 2, side, side)
        chosen = day == self.selectedDate()
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        if chosen:
            paint.rounded(painter, box, 7, theme.color("primary"), None)
        elif day.toPython() == self._today:
            paint.rounded(painter, box, 7, None, QPen(theme.color("primary"), 1.2))
        ink = "on_primary" if chosen else "text" if day.month() == self.monthShown() else "text3"
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font(13, bold=chosen))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day()))
        painter.restore()


class CalendarPopup(QFrame):
    """A month in a pop-up; `chosen(date)` on a click or Enter, Esc closes."""

    chosen = Signal(object)

    def __init__(self, owner: QWidget, day: date, today: date) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frame", "popup")
        self.month = Month(today)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.activated.connect(self._take)
        self.month.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.month)
        self.setFocusProxy(self.month)

    def _take(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))
