"""Every control can be named, reached by Tab, and read."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from gridworker.ui import theme


@pytest.fixture(params=["today", "household", "stats"])
def window(request, gallery, qtbot):
    made = gallery.main_window()
    qtbot.addWidget(made)
    made.show_page(request.param)
    made.show()
    qtbot.waitUntil(made.isVisible)
    return made


def focusable(window):
    return [w for w in window.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]


def test_every_focusable_widget_has_a_name(window):
    unnamed = [
        widget
        for widget in focusable(window)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert unnamed == []


def test_tab_visits_every_stop_once_and_returns(window, qtbot):
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    start = window.focusWidget()
    seen = []
    for _each in range(80):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() is start:
            break
        seen.append(window.focusWidget())
    assert window.focusWidget() is start
    assert len(seen) == len(set(map(id, seen)))


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
def test_words_stand_out_from_their_ground(window, scheme):
    theme.apply(scheme, bundled_font=True)
    picture = window.grab().toImage()
    found = {part.text(): contrast_of(part, window, picture) for part in spoken_parts(window)}
    assert {text: round(value, 2) for text, value in found.items() if value < 4.5} == {}


def spoken_parts(window):
    parts = [part for kind in (QLabel, QAbstractButton) for part in window.findChildren(kind)]
    return [part for part in parts if part.isEnabled() and part.text() and not part.visibleRegion().isEmpty()]


def contrast_of(part, window, picture):
    """The contrast of the commonest colour with the one farthest from it, as painted."""
    seen = part.visibleRegion().boundingRect()
    image = picture.copy(seen.translated(part.mapTo(window, QPoint(0, 0))))
    colours = Counter(image.pixel(x, y) for x in range(image.width()) for y in range(image.height()))
    ground = QColor(colours.most_common(1)[0][0])
    return max(theme.contrast(QColor(colour), ground) for colour in colours)
