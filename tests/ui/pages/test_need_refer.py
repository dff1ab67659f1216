"""A need is handed on from its page: who offers what is asked, the slip, the answer, and where the worker sees it."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import records
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.need_around import ANSWER
from gridworker.ui.pages.pick_dialog import PickDialog
from tests.ui.worker_window import CTRL, open_window, press, rows_of

Key = Qt.Key


def test_a_need_goes_by_keys_to_who_offers_what_it_asks(qtbot, worker):
    given = [{"name": "县司法局", "services": ["法律援助"]}, {"name": "县图书馆"}]
    units = records.add(worker, ledger("paired_unit"), given).ids
    window = open_window(qtbot, worker)
    window.show_page("needs")
    page = window.page("needs")
    page.rows.setFocus()
    press(Key.Key_Z)
    form = page.panel.form
    form.editors["services"].set_value("法律援助")
    form.editors["to"].setFocus()
    press(Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PickDialog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert [mark.text for mark in dialog.rows._rows.row(0).marks] == ["提供法律援助"]
    press(Key.Key_Return)
    window.activateWindow()
    form.editors["due_on"].setFocus()
    form.editors["due_on"].set_iso("2026-11-26")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Key.Key_Return, CTRL)
    referral = rows_of(worker, "referral")[0]
    assert (referral.plain("paired_unit"), referral.plain("receiver")) == (units[0], "县司法局")
    need = page.panel.page
    assert [one.receiver for one in need.around.referrals] == ["县司法局"]
    assert any(page.rows._rows.row(at).second.startswith("转 县司法局") for at in range(page.rows.count()))
    late = Workspace(worker.store, worker.today + timedelta(days=3))
    today = window.page("today")
    today.workspace = late
    today.refresh()
    rows = [today.tasks._rows.row(number) for number in range(today.tasks.count())]
    assert [row.marks[0].text for row in rows if row.second == "转 县司法局"] == ["超期 2 天"]
    today.workspace = worker
    page.panel.asked.emit(ANSWER, referral.id)
    page.panel.form.editors["answer"].set_value("当面讲清了")
    press(Key.Key_Return, CTRL)
    assert rows_of(worker, "referral")[0].plain("outcome") == "已解决"
