"""A person erased from the page told before, proved by the password, gone from list and file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.services import retention
from gridworker.ui.pages import resident
from gridworker.ui.pages.erase_dialog import EraseDialog
from gridworker.ui.pages.retention_dialog import RetentionDialog
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.conftest import PASSWORD
from tests.ui.worker_window import open_window, rows_of

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("households")
    return made


def said(dialog):
    return "".join(one.text() for one in dialog.error.findChildren(QLabel))


def test_a_person_is_erased_after_the_password(qtbot, window):
    person = next(row for row in rows_of(window.workspace, "resident") if row.plain("relation") == "配偶")
    window.show_page("households", HouseholdKey(person.plain("household"), resident=person.id))
    page = window.page("households")
    page.person.asked.emit(resident.ERASE, None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EraseDialog)
    assert QTest.qWaitForWindowActive(dialog)
    assert "居民 1" in dialog.goes.text()
    dialog.erase()
    assert said(dialog) == "请选原因，再输密码。"
    dialog.reason.set_value("request")
    dialog.password.setText("猜的密码")
    dialog.forth.click()
    qtbot.waitUntil(lambda: "密码不对" in said(dialog) and dialog.forth.isEnabled())
    dialog.password.setText(PASSWORD)
    with qtbot.waitSignal(dialog.erased, timeout=10_000):
        dialog.forth.click()
    assert person.id not in {row.id for row in rows_of(window.workspace, "resident")}
    assert not page._resident


def test_what_is_over_is_kept_or_erased_by_many(qtbot, window):
    workspace = window.workspace
    retention.choose(workspace, retention.VISITED, 0)
    found = retention.expired(workspace)
    dialog = RetentionDialog(window, workspace)
    dialog.open()
    assert QTest.qWaitForWindowActive(dialog)
    dialog.rows.selectAll()
    assert len(dialog.chosen()) == len(found) > 2
    dialog.rows.clearSelection()
    dialog.rows.selectRow(0)
    dialog.keep.click()
    assert len(retention.expired(workspace)) == len(found) - 1
    dialog.rows.selectAll()
    dialog.erase.click()
    erase = QApplication.activeModalWidget()
    assert isinstance(erase, EraseDialog)
    assert erase.reason.value() == "expired"
    erase.reject()
    dialog.reject()
