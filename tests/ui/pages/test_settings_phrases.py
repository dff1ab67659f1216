"""常用语 in 设置 by key: added, changed, moved, deleted, taken back; offered in the forms at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from gridworker.services import phrases
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qtbot, worker):
    made = open_desk(qtbot, worker, "settings")
    yield made
    close_desk(made)


@pytest.fixture
def card(desk):
    made = desk.window.page("settings").phrases
    made.list.setFocus()
    return made


def kept(desk, group=phrases.MET):
    return phrases.sentences(desk.workspace, group)


def test_a_sentence_is_added_changed_moved_and_deleted_by_key(desk, card, commit_text):
    first, second, third = phrases.shipped(phrases.MET)
    card.typed.setFocus()
    commit_text(card.typed, "已教会用反诈应用。")
    press(Key.Key_Return)
    assert kept(desk) == [first, second, third, "已教会用反诈应用。"]
    assert card.typed.hasFocus()
    card.list.setFocus()
    assert card.list.current_key() == 3
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)
    assert kept(desk) == [first, "已教会用反诈应用。", second, third]
    press(Key.Key_Return)
    assert card.typed.text() == "已教会用反诈应用。"
    card.typed.selectAll()
    commit_text(card.typed, "装了反诈应用。")
    press(Key.Key_Return)
    assert kept(desk) == [first, "装了反诈应用。", second, third]
    assert card.list.hasFocus()
    press(Key.Key_Delete)
    assert kept(desk) == [first, second, third]
    press(Key.Key_Z, CTRL)
    assert kept(desk) == [first, "装了反诈应用。", second, third]


def test_esc_leaves_a_sentence_as_it_was(desk, card, commit_text):
    press(Key.Key_Return)
    commit_text(card.typed, "别的")
    press(Key.Key_Escape)
    assert card.list.hasFocus()
    assert kept(desk) == phrases.shipped(phrases.MET)
    assert card.typed.text() == ""


def test_each_field_has_its_own_and_the_original_comes_back(desk, card, commit_text):
    card.group.setFocus()
    type_keys("4")
    card.list.setFocus()
    press(Key.Key_Delete)
    assert len(kept(desk, phrases.STEP)) == len(phrases.shipped(phrases.STEP)) - 1
    assert kept(desk) == phrases.shipped(phrases.MET)
    assert card.original.isVisible()
    card.original.click()
    assert kept(desk, phrases.STEP) == phrases.shipped(phrases.STEP)
    assert not card.original.isVisible()


def test_the_forms_offer_them_at_once(qtbot, worker):
    window = open_window(qtbot, worker)
    window.show_page("households", HouseholdKey(rows_of(worker, "household")[0].id))
    window.show_page("needs")
    phrases.keep(worker, phrases.MET, ["今天新写的一句"])
    window.show_page("households")
    assert window.page("households").form.phrases.chips()[0].choice.value == "今天新写的一句"


def test_f6_puts_one_into_a_step_of_a_need(qtbot, worker):
    window = open_window(qtbot, worker)
    phrases.keep(worker, phrases.STEP, ["先打电话", "问过 A&B 公司"])
    window.show_page("needs")
    window.page("needs").rows.setFocus()
    type_keys("n")
    field = window.page("needs").panel.form.editors["content"]
    field.setFocus()
    press(Key.Key_F6)
    menu = field.findChild(QMenu)
    assert menu.isVisible()
    qtbot.keyClick(menu, Key.Key_B)
    QApplication.processEvents()
    assert field.value() == "问过 A&B 公司"
