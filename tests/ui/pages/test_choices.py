"""What waits is decided by real keys: one digit each, or A and one digit for all of a sort; nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.domain.ledgers import ledger
from gridworker.services import conflicts, records
from gridworker.store import access
from gridworker.ui.pages.field_history import HistoryDialog
from gridworker.ui.pages.record_dialog import RecordDialog
from gridworker.ui.pages.undecided import UndecidedStrip
from gridworker.ui.widgets.label import MaskedLabel
from tests.services import edited_apart as apart
from tests.ui.worker_window import CTRL, keys, open_window, press, rows_of


@pytest.fixture
def planted(qtbot, worker, tmp_path):
    """A window over fifty needs that two people filled in differently in two workbooks."""
    needs, books = apart.two_books(worker, tmp_path, count=50)
    apart.take(worker, *books)
    window = open_window(qtbot, worker, households=0)
    window.show_page("weekly")
    card = window.page("weekly").conflicts.card
    card.setFocus()
    window.needs, window.card = needs, card
    yield window
    window.tasks.close()


def units(window):
    return [window.workspace.row("need", need).plain("unit")[:3] for need in window.needs]


def test_fifty_are_decided_one_by_one_with_a_key_each(planted):
    operations = 0
    while planted.card.count():
        keys("12"[operations % 2])
        operations += 1
    assert operations <= 120
    assert not conflicts.open_choices(planted.workspace)
    assert set(units(planted)) == {"甲回填", "乙回填"}
    assert planted.page("weekly").out.period.isAncestorOf(QApplication.focusWidget())


def test_all_of_a_sort_take_two_keys(planted, qtbot):
    side = planted.card.current().sides[1].value[0][:3]
    keys("a")
    assert "50" in planted.card.same._words.text()
    keys("2")
    qtbot.waitUntil(lambda: planted.card.count() == 0)
    assert set(units(planted)) == {side}
    press(Qt.Key.Key_Z, CTRL)
    assert planted.card.count() == 50
    assert not conflicts.open_choices(planted.workspace), "a decision stands until another follows it"
    keys("1")
    qtbot.waitUntil(lambda: planted.card.count() == 0)
    assert set(units(planted)) == {"甲回填", "乙回填"} - {side}


def test_passing_on_writing_another_and_choosing_again(planted, commit_text):
    first = planted.card.current().record
    keys("s")
    second = planted.card.current().record
    assert second != first
    keys("e")
    editor = QApplication.focusWidget()
    editor.selectAll()
    commit_text(editor, "第三家")
    press(Qt.Key.Key_Return)
    assert planted.workspace.row("need", second).plain("unit") == "第三家"
    assert planted.card.hasFocus()
    assert planted.card.count() == 49
    keys("z")
    assert planted.card.current().record == second
    keys("1")
    assert planted.workspace.row("need", second).plain("unit")[1:3] == "回填"
    assert first in {one.record for one in conflicts.open_choices(planted.workspace)}


def test_esc_lets_go_of_all_of_a_sort(planted):
    keys("a")
    press(Qt.Key.Key_Escape)
    keys("1")
    assert planted.card.count() == 49


def test_what_cannot_be_read_is_said_and_nothing_is_saved(planted, commit_text, qtbot, tmp_path):
    homes = records.add(planted.workspace, ledger("household"), [apart.a_home(9)]).ids
    apart.take(planted.workspace, apart.roster(tmp_path, [apart.a_home(9, phone="13900000009")]))
    planted.page("weekly").refresh()
    while planted.card.current().record != homes[0]:
        keys("s")
    keys("e")
    QApplication.focusWidget().selectAll()
    commit_text(QApplication.focusWidget(), "1390")
    press(Qt.Key.Key_Return)
    assert planted.card.other._error.isVisible()
    assert planted.workspace.row("household", homes[0]).plain("phone") == "13800000009"
    press(Qt.Key.Key_Escape)
    keys("2")
    assert planted.workspace.row("household", homes[0]).plain("phone") == "13900000009"


def test_telephones_in_dispute_are_masked_and_looking_at_them_is_logged(planted, tmp_path, qtbot):
    homes = records.add(planted.workspace, ledger("household"), [apart.a_home(9)]).ids
    apart.take(planted.workspace, apart.roster(tmp_path, [apart.a_home(9, phone="13900000009")]))
    planted.page("weekly").refresh()
    while planted.card.current().record != homes[0]:
        keys("s")

    def words():
        return {label.text() for label in planted.card.findChildren(QLabel) if "0009" in label.text()}

    masked, full = {"138****0009", "139****0009"}, {"13800000009", "13900000009"}
    assert words() & (masked | full) == masked
    QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Alt)
    qtbot.waitUntil(lambda: full <= words())
    QTest.keyRelease(QApplication.focusWidget(), Qt.Key.Key_Alt)
    assert not words() & full
    assert [line[3] for line in access.lines(planted.workspace.connection)][-2:] == ["reveal"] * 2
    keys("h")
    (dialog,) = planted.findChildren(HistoryDialog)
    told = {label.text().partition("\n")[0] for label in dialog.events.findChildren(MaskedLabel)}
    assert told == masked
    QTest.keyPress(dialog.fields, Qt.Key.Key_Alt)
    qtbot.waitUntil(lambda: any("13900000009" in one.text() for one in dialog.findChildren(MaskedLabel)))
    dialog.reject()


def test_a_question_is_answered_by_a_digit(qtbot, worker, tmp_path):
    homes = [apart.a_home(1), apart.a_home(1, head="萧大河乙")]
    records.add(worker, ledger("household"), homes)
    apart.take(worker, apart.roster(tmp_path, [apart.a_home(1, head="萧大河丙", phone="13900000001")]))
    window = open_window(qtbot, worker, households=0)
    window.show_page("weekly")
    choices = window.page("weekly").conflicts
    assert choices.questions.isVisible()
    choices.setFocus()
    assert len(rows_of(worker, "household")) == 3
    keys("0")
    assert len(rows_of(worker, "household")) == 3
    assert not choices.questions.isVisible()
    window.tasks.close()


def test_the_history_of_a_choice_is_one_key_away(planted):
    keys("h")
    (dialog,) = planted.findChildren(HistoryDialog)
    told = dialog._found[dialog.fields.current_key()]
    assert {one.state for one in told.told} >= {"shown", "stands"}
    assert {one.said.deed.file for one in told.told if one.state in {"shown", "stands"}} == {
        "甲回填.xlsx",
        "乙回填.xlsx",
    }
    assert all(one.said.place.startswith("诉求台账!") for one in told.told if one.said.deed.file)
    dialog.reject()


def opened(window):
    """The history that was opened last, closed again."""
    dialog = window.findChildren(HistoryDialog)[-1]
    told = (dialog._subjects, dialog._label.text(), dialog.events)
    dialog.reject()
    dialog.deleteLater()
    window.activateWindow()
    QApplication.processEvents()
    return told


def test_ctrl_h_opens_the_history_from_household_form_and_need(qtbot, worker):
    window = open_window(qtbot, worker, households=20)
    need = rows_of(worker, "need")[0]
    home = need.plain("household")
    window.show_page("households", home)
    press(Qt.Key.Key_H, CTRL)
    subjects, _label, _events = opened(window)
    assert subjects[0][1] == home
    assert need.id in {record for _name, record in subjects}
    window.show_page("needs", need.id)
    window.page("needs").panel.main.setFocus()
    press(Qt.Key.Key_H, CTRL)
    assert opened(window)[0][0][1] == need.id
    window.show_page("households", home)
    window.page("households")._edit_household()
    dialog = window.findChildren(RecordDialog)[-1]
    dialog.activateWindow()
    dialog.editors["phone"].setFocus()
    qtbot.waitUntil(dialog.editors["phone"].hasFocus)
    press(Qt.Key.Key_H, CTRL)
    assert opened(window)[1] == "联系电话"
    dialog.reject()
    window.tasks.close()


def test_the_strips_lead_straight_to_the_choice(planted):
    second = conflicts.open_choices(planted.workspace)[1].record
    planted.show_page("needs", second)
    planted.page("needs").panel.findChild(UndecidedStrip).asked.emit()
    assert planted.current_page() == "weekly"
    assert planted.card.hasFocus()
    assert planted.card.current().record == second
    planted.show_page("today")
    strip = next(one for one in planted.page("today").findChildren(UndecidedStrip) if one.isVisible())
    assert any("50" in one.text() for one in strip.findChildren(QLabel))
    strip.asked.emit()
    assert planted.card.hasFocus()
    while planted.card.count():
        keys("1")
    planted.show_page("today")
    assert not strip.isVisible()
