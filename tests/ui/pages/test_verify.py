"""核实: signs looked at by keys, a sample drawn and its results written down, a worker's explanation."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.ledgers.recheck import DRAWN
from gridworker.services import rechecking, records
from gridworker.store import queries
from gridworker.ui.widgets.row_list import RowList
from tests.ui.township_window import close_desk, open_desk, with_books

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, township, open_copy, tmp_path):
    made = open_desk(qtbot, with_books(township, open_copy, tmp_path), "collect")
    yield made
    close_desk(made)


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def test_a_sample_is_drawn_and_its_results_written_by_keys(qtbot, desk):
    press(Qt.Key.Key_F10)
    page = desk.window.page("verify")
    qtbot.waitUntil(lambda: page.which.value() is not None)
    page.which.set_value(DRAWN)
    page.seed.set_value("第一次")
    page.count.set_value("3")
    page.sample()
    drawn = [page.rows._rows.row(place).key for place in range(page.rows.count())]
    assert drawn == [one.id for one in page._drawn] != []
    page.rows.setFocus()
    press(Qt.Key.Key_2)
    page.side.remark.set_value("当天不在家")
    press(Qt.Key.Key_Return, CTRL)
    row = desk.workspace.row("recheck", drawn[0])
    assert (row.plain("result"), row.plain("note"), row.plain("seed")) == ("有出入", "当天不在家", "第一次")
    qtbot.waitUntil(lambda: page.rows._rows.row(0).marks[0].text == "有出入")
    desk.window.message_bar.undo()
    assert desk.workspace.row("recheck", drawn[0]).deleted
    page.sample()
    assert [page.rows._rows.row(place).key for place in range(page.rows.count())] == drawn


def test_a_worker_sees_the_own_signs_and_explains(qtbot, worker):
    homes = records.add(
        worker, ledger("household"), [{"building": "3", "room": f"{floor}01"} for floor in (1, 2, 3)]
    ).ids
    said = {"visited_at": "2026-11-24", "mode": "home", "outcome": "met", "content": "家中一切正常，宣传了防诈骗"}
    records.add(worker, ledger("visit"), [said | {"household": to_text(home)} for home in homes])
    desk = open_desk(qtbot, worker, "verify")
    page = desk.window.page("verify")
    qtbot.waitUntil(lambda: page.rows.count() == 3)
    assert isinstance(page.first_focus(), RowList)
    page.side.explained.set_value("集中宣传，统一写的")
    page.side.submit()
    (row,) = queries.every(worker.connection, "recheck")
    assert (row.plain("reason"), row.plain("explained")) == ("内容相同", "集中宣传，统一写的")
    qtbot.waitUntil(lambda: [one.explained for one in rechecking.unusual(worker)].count("") == 2)
    close_desk(desk)
