"""访问日志 in the window: what is opened and looked for stands in it; found by words and by what was done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gridworker.domain.ids import to_text
from gridworker.services import access_lines
from gridworker.store import queries
from gridworker.ui.pages.access_log import LogDialog
from tests import invented
from tests.ui.township_window import close_desk, open_desk


@pytest.fixture
def desk(qtbot, worker):
    invented.fill(worker, 12)
    made = open_desk(qtbot, worker)
    yield made
    close_desk(made)


def acts(desk):
    return [(line.act, line.record) for line in access_lines.newest(desk.workspace)][::-1]


def test_what_is_opened_and_looked_for_is_noted_once(qtbot, desk):
    homes = queries.every(desk.workspace.connection, "household")
    resident = queries.every(desk.workspace.connection, "resident")[0].id
    need = queries.every(desk.workspace.connection, "need")[0].id
    before = len(acts(desk))
    QTest.keyClicks(desk.window.top_bar.search, "313")
    desk.window.show_page("households", homes[0].id)
    desk.window.show_page("households", homes[0].id)
    desk.window.page("households")._show_resident(resident)
    desk._note_search()
    desk._note_search()
    desk.window.show_page("needs", need)
    desk.window.page("needs").rest_on("need", need)
    qtbot.waitUntil(lambda: acts(desk)[-1][0] == "查看", timeout=3000)
    opened = [("household", homes[0].id), ("resident", resident), ("need", need)]
    assert acts(desk)[before:] == [("查看", opened[0]), ("查看", opened[1]), ("搜索", None), ("查看", opened[2])]


def test_the_log_is_asked_for_by_key_narrowed_and_leads_to_the_record(qtbot, desk):
    home = queries.every(desk.workspace.connection, "household")[3].id
    desk.window.show_page("households", home)
    desk.window.show_page("today")
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = next(iter(desk.window.findChildren(LogDialog)))
    assert dialog.state.text() == "连续完好"
    dialog.typed.setText(to_text(home)[-5:])
    qtbot.waitUntil(lambda: len(dialog._lines) == 1)
    dialog.rows.select_number(0)
    dialog.go.click()
    assert desk.window.current_page() == "households"
    assert desk.window.page("households").household == home
