"""调解 by keys: from a need to its mediation, a party, a session, the call-back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services import demo_community, mediating
from gridworker.ui.pages.need_around import MEDIATE
from gridworker.ui.pages.record_dialog import RecordDialog
from tests.ui.worker_window import open_window, press, rows_of

Key = Qt.Key


def press_in_list(qtbot, page, key):
    """One key in the list; a dialog that closed leaves the focus nowhere when nothing is on a screen."""
    page.window().activateWindow()
    page.rows.setFocus()
    qtbot.waitUntil(page.rows.hasFocus)
    press(key)


def saved(qtbot, page, key, given):
    """What a dialog saves that a key of the list opened."""
    press_in_list(qtbot, page, key)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecordDialog)
    for name, value in given.items():
        dialog.editors[name].set_value(value)
    dialog.save()
    assert not dialog.isVisible()


def test_a_dispute_is_mediated_from_its_page(qtbot, worker):
    window = open_window(qtbot, worker)
    demo_community.fill(worker)
    window.show_page("needs")
    page = window.page("mediation")
    open_one = next(one for one in mediating.disputes(worker) if one.is_open)
    window.page("needs").open_key(open_one.need)
    window.page("needs").panel.elsewhere_asked.emit(open_one.need, MEDIATE, None)
    assert (window.current_page(), page.rows.current_key()) == ("mediation", open_one.need)
    saved(qtbot, page, Key.Key_P, {"side": "甲方", "name": "欧阳若兰"})
    agreed = {"content": "说好十点后不挪桌椅", "outcome": "达成协议"}
    saved(qtbot, page, Key.Key_N, agreed)
    session = next(one for one in rows_of(worker, "mediation") if one.plain("need") == open_one.need)
    shown = mediating.read(worker, open_one.need)
    assert ([one.name for one in shown.parties], shown.place) == (["欧阳若兰"], 2)
    press_in_list(qtbot, page, Key.Key_H)
    assert worker.row("mediation", session.id).plain("called_back_on") == worker.today.isoformat()
    assert page.view.back.isHidden()
    press_in_list(qtbot, page, Key.Key_G)
    assert (window.current_page(), window.page("needs").panel.page.id) == ("needs", open_one.need)
