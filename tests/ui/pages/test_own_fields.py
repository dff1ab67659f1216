"""A field that a person adds: one line more in the dialog, on the page, and in the next dialog of its sort."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.ui.pages.household_edit import edit_resident
from gridworker.ui.pages.own_fields import OwnFieldLine
from tests.ui.pages.test_resident import open_person, words
from tests.ui.worker_window import CTRL, open_window, press, rows_of

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    return open_window(qtbot, worker, households=6)


def edit(window, row):
    open_person(window, row)
    press(Key.Key_E)
    dialog = QApplication.activeModalWidget()
    dialog._show_more()
    return dialog


def test_a_field_is_added_filled_shown_and_offered_for_the_next_person(window, commit_text):
    first, second = rows_of(window.workspace, "resident")[:2]
    dialog = edit(window, first)
    line = dialog.findChild(OwnFieldLine)
    line.asking.setFocus()
    press(Key.Key_Space)
    commit_text(line.heading, "姓名")
    press(Key.Key_Return)
    assert line.heading.isVisible()
    line.heading.clear()
    commit_text(line.heading, "养蜂箱数")
    press(Key.Key_Return)
    assert dialog.isVisible()
    commit_text(QApplication.focusWidget(), "12箱")
    press(Key.Key_Return, CTRL)
    assert window.workspace.row("resident", first.id).plain("+养蜂箱数") == "12箱"
    assert "12箱" in words(window.page("households").person)
    other = edit_resident(window.workspace, window, second.plain("household"), second.id)
    assert "+养蜂箱数" in other.editors


def test_escape_closes_the_line_and_not_the_dialog(window):
    dialog = edit(window, rows_of(window.workspace, "resident")[0])
    line = dialog.findChild(OwnFieldLine)
    line.ask()
    press(Key.Key_Escape)
    assert dialog.isVisible()
    assert not line.heading.isVisible()
    assert line.asking.hasFocus()
    dialog.reject()
