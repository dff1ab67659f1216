"""可能已有: shown before a household, a person or a need is entered twice; Enter opens it, Ctrl+Enter goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services.visiting import NeedGiven
from gridworker.ui.pages.likely_dialog import LikelyDialog
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.ui.worker_window import CTRL, open_window, press, rows_of

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("households")
    return made


def asked():
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LikelyDialog)
    return dialog


def type_door(known):
    dialog = QApplication.activeModalWidget()
    for name in ("estate", "building", "unit", "room"):
        dialog.editors[name].set_value(str(known.plain(name)))
    return dialog


def new_at_the_door_of(known):
    press(Key.Key_N, CTRL)
    return type_door(known)


def test_the_same_door_is_asked_about_and_enter_opens_who_lives_there(window):
    known = rows_of(window.workspace, "household")[0]
    new_at_the_door_of(known)
    press(Key.Key_Return, CTRL)
    row = asked().rows._rows.row(0)
    assert (row.title, row.marks[0].text) == (known.plain("head"), "同一门牌")
    press(Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    assert window.page("households").household == known.id
    assert len(rows_of(window.workspace, "household")) == 60


def test_ctrl_enter_once_more_enters_the_new_one(window):
    known = rows_of(window.workspace, "household")[0]
    new_at_the_door_of(known)
    press(Key.Key_Return, CTRL)
    press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    made = window.page("households").household
    assert made != known.id
    assert window.workspace.row("household", made).plain("room") == known.plain("room")


def test_escape_leads_back_to_what_was_typed(window):
    known = rows_of(window.workspace, "household")[0]
    form = new_at_the_door_of(known)
    press(Key.Key_Return, CTRL)
    press(Key.Key_Escape)
    assert QApplication.activeModalWidget() is form
    assert form.editors["room"].value() == known.plain("room")
    form.reject()


def test_a_person_of_the_same_number_is_asked_about(window):
    known = next(row for row in rows_of(window.workspace, "resident") if row.plain("id_no"))
    other = next(row for row in rows_of(window.workspace, "household") if row.id != known.plain("household"))
    window.show_page("households", HouseholdKey(other.id))
    page = window.page("households")
    page._edit_member(0)
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    dialog.editors["name"].set_value("测试人")
    dialog.editors["id_no"].set_value(known.plain("id_no"))
    press(Key.Key_Return, CTRL)
    assert asked().rows._rows.row(0).marks[0].text == "同一身份证号"
    press(Key.Key_Return)
    assert page.household == known.plain("household")


def test_a_need_heard_again_is_asked_about_and_enter_opens_it(window):
    open_needs = (row for row in rows_of(window.workspace, "need") if row.plain("closed_on") is None)
    need = next(row for row in open_needs if row.plain("household"))
    before = len(rows_of(window.workspace, "visit"))
    window.show_page("households", HouseholdKey(need.plain("household"), need=True))
    heard = NeedGiven({"kind": need.plain("kind"), "content": need.plain("content")})
    window.page("households").form.set_given({}, [heard])
    press(Key.Key_Return, CTRL)
    assert asked().rows._rows.row(0).title == need.plain("content")
    press(Key.Key_Return)
    assert window.current_page() == "needs"
    assert window.page("needs").panel.page.id == need.id
    assert len(rows_of(window.workspace, "visit")) == before


def test_nothing_alike_is_not_asked_about(window):
    press(Key.Key_N, CTRL)
    dialog = QApplication.activeModalWidget()
    for name, text in {"building": "99", "unit": "9", "room": "909", "head": "测试人"}.items():
        dialog.editors[name].set_value(text)
    press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    assert len(rows_of(window.workspace, "household")) == 61


def offered(dialog):
    return [dialog.likely.rows._rows.row(number) for number in range(dialog.likely.rows.count())]


def test_who_lives_at_the_door_shows_while_it_is_typed_and_a_key_opens_it(window, qtbot, commit_text):
    known = rows_of(window.workspace, "household")[0]
    press(Key.Key_N, CTRL)
    dialog = QApplication.activeModalWidget()
    assert dialog.likely.isHidden()
    for name in ("building", "unit", "room"):
        dialog.editors[name].setFocus()
        commit_text(dialog.editors[name], str(known.plain(name)))
    assert dialog.editors["estate"].value() == known.plain("estate")
    qtbot.waitUntil(dialog.likely.isVisible)
    assert QApplication.focusWidget() is dialog.editors["room"]
    assert (offered(dialog)[0].title, offered(dialog)[0].marks[0].text) == (known.plain("head"), "同一门牌")
    press(Key.Key_Down, CTRL)
    press(Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    assert window.page("households").household == known.id
    assert len(rows_of(window.workspace, "household")) == 60


def test_a_telephone_or_an_id_number_typed_for_a_new_person_leads_to_the_known_one(window, qtbot, commit_text):
    people = [one for one in rows_of(window.workspace, "resident") if one.plain("id_no")]
    known, other = people[0], next(one for one in people if one.plain("household") != people[0].plain("household"))
    window.show_page("households", HouseholdKey(other.plain("household")))
    press(Key.Key_N, CTRL)
    dialog = QApplication.activeModalWidget()
    commit_text(dialog.editors["id_no"], known.plain("id_no"))
    qtbot.waitUntil(dialog.likely.isVisible)
    assert [(row.title, row.marks[0].text) for row in offered(dialog)][:1] == [(known.plain("name"), "同一身份证号")]
    dialog.editors["id_no"].set_value("")
    commit_text(dialog.editors["id_no"], "9")
    qtbot.waitUntil(dialog.likely.isHidden)
    dialog.reject()
