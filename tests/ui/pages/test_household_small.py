"""A household in a small window with large letters: first who lives there, the form one key away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.ui import theme
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.ui.worker_window import CTRL, open_window, press, rows_of


@pytest.fixture
def window(qtbot, worker):
    theme.apply(theme.LIGHT, 1.3, bundled_font=True)
    made = open_window(qtbot, worker)
    made.resize(1092, 574)
    return made


def open_needy(window, *, visit=False):
    need = next(row for row in rows_of(window.workspace, "need") if row.plain("closed_on") is None)
    window.show_page("households", HouseholdKey(need.plain("household"), visit=visit))
    QApplication.processEvents()
    return window.page("households")


def seen(page):
    return page.view._head.isVisible(), page.form.isVisible()


def test_the_household_is_seen_first_and_the_form_is_one_key_away(window):
    page = open_needy(window)
    assert seen(page) == (True, False)
    assert page.view._left.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_F2)
    assert seen(page) == (False, True)
    assert page.form.mode.isAncestorOf(QApplication.focusWidget()) or page.form.mode.hasFocus()
    assert page.form._open.isVisible()
    assert page.form._open.text().startswith("未办结：")
    press(Qt.Key.Key_Escape)
    assert seen(page) == (True, False)
    assert page.view._left.isAncestorOf(QApplication.focusWidget())


def test_what_is_not_seen_is_not_saved(window):
    page = open_needy(window)
    before = len(rows_of(window.workspace, "visit"))
    press(Qt.Key.Key_Return, CTRL)
    assert len(rows_of(window.workspace, "visit")) == before
    assert seen(page) == (False, True)
    press(Qt.Key.Key_Return, CTRL)
    assert len(rows_of(window.workspace, "visit")) == before + 1


def test_f4_and_the_due_list_lead_to_the_form(window):
    page = open_needy(window)
    press(Qt.Key.Key_F4)
    assert seen(page) == (False, True)
    assert seen(open_needy(window)) == (True, False)
    assert seen(open_needy(window, visit=True)) == (False, True)


def test_a_larger_window_shows_both_again(window):
    page = open_needy(window)
    window.resize(1920, 1000)
    QApplication.processEvents()
    assert seen(page) == (True, True)
    assert not page.form._open.isVisible()
