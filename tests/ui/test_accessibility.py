"""Every control can be named, reached by Tab, and read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from gridworker.ui import theme
from tests.ui import places


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
    assert places.faint(window) == {}
