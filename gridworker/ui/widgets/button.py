"""Buttons: one filled per page, bordered ones beside it, words in a row (look §3)."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint

PRIMARY = "primary"
SECONDARY = "secondary"
DANGER = "danger"
LINK = "link"  # a word that acts: row actions, card headings
VERB = "verb"  # the same in bold: the one verb of a message
QUIET = "quiet"  # the same in text2: the way back, the × of a message
STOP = "stop"  # the same in red: cancel
_WORDS = {LINK: "primary", VERB: "primary", QUIET: "text2", STOP: "red"}
_ICON = 16
_ICON_GAP = 6
_KEY_GAP = 7
_RADIUS = 7
_LEAST = 34  # px at scale 1.0: two characters and the dots


@dataclass(frozen=True)
class _Paints:
    """What a state of a button is painted with."""

    fill: QColor | None
    edge: QColor | None
    ink: QColor


class Button(QPushButton):
    """A push button of a kind, with icon and the key that does the same.

    Kinds: primary, secondary, danger, or a bare word: link, verb, quiet, stop. One that wears a record's own words
    `gives_way`: they are cut where there is not room.
    """

    def __init__(
        self, text: str = "", kind: str = SECONDARY, *, icon: str = "", key: str = "", small: bool = False,
        gives_way: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(text)
        self._kind = kind
        self._icon_name = icon
        self._key = key
        self._small = small
        self._gives_way = gives_way
        self.setProperty("ring", _RADIUS)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QSizePolicy.Policy.Maximum if gives_way else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.show_face(text, icon=icon, key=key)

    def show_face(self, text: str, *, icon: str = "", key: str = "") -> None:
        """Another word, icon and key on the same button."""
        self._icon_name, self._key = icon, key
        self.setText(text)
        self.setAccessibleName(f"{text} {key}".strip())
        self.updateGeometry()

    def key(self) -> str:
        """The key that does the same, if one does."""
        return self._key

    def set_kind(self, kind: str) -> None:
        """Make it primary, secondary, danger or link."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Content and padding; 33 px high, small 28, link as high as its line."""
        height = 20 if self._kind in _WORDS else 28 if self._small else 33
        padding = 0 if self._kind in _WORDS else theme.px(10 if self._small else 13)
        return QSize(self._content_width() + 2 * padding, theme.px(height))

    def minimumSizeHint(self) -> QSize:
        """Buttons never give way, but for one made so."""
        return QSize(theme.px(_LEAST), self.sizeHint().height()) if self._gives_way else self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, word, key."""
        paints = self._paints()
        with QPainter(self) as painter:
            edge = QPen(paints.edge, 1) if paints.edge else None
            paint.rounded(painter, self.rect(), _RADIUS, paints.fill, edge)
            self._paint_content(painter, paints.ink)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        left = max((self.width() - self._content_width()) // 2, 0)
        if self._icon_name:
            size = theme.px(_ICON)
            paint_icon(painter, QRect(left, (self.height() - size) // 2, size, size), self._icon_name, ink)
            left += size + (_ICON_GAP if self.text() else 0)
        painter.setPen(ink)
        painter.setFont(theme.font(13, bold=self._bold()))
        box = QRect(left, 0, self.width() - left, self.height())
        words = self.text()
        if self._gives_way:
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        if self._key:
            box.setLeft(left + theme.text_width(self.text(), 13, bold=self._bold()) + _KEY_GAP)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._key)

    def _content_width(self) -> int:
        width = theme.text_width(self.text(), 13, bold=self._bold())
        if self._icon_name:
            width += theme.px(_ICON) + (_ICON_GAP if self.text() else 0)
        if self._key:
            width += _KEY_GAP + theme.text_width(self._key, 13, bold=self._bold())
        return width

    def _bold(self) -> bool:
        return self._kind in (PRIMARY, VERB)

    def _paints(self) -> _Paints:
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        weak = 1.0 if self.isEnabled() else 0.45
        if self._kind == PRIMARY:
            return _Paints(theme.color("primary_hover" if lit else "primary", weak), None, theme.color("on_primary"))
        if self._kind in _WORDS:
            ink = _WORDS[self._kind]
            return _Paints(None, None, theme.color("primary_hover" if lit and ink == "primary" else ink, weak))
        ink = "red" if self._kind == DANGER else "text"
        edge = theme.color("field_border" if self.isEnabled() else "border")
        return _Paints(
            theme.color("hover" if lit else "surface"), edge, theme.color(ink if self.isEnabled() else "text3")
        )


def link(text: str, *, icon: str = "") -> Button:
    """A primary-coloured word that acts, for rows and card headings."""
    return Button(text, LINK, icon=icon)


def icon_button(icon: str, name: str, kind: str = SECONDARY) -> Button:
    """A button with an icon only; the name is its tooltip and what a reader says."""
    made = Button("", kind, icon=icon, small=True)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
