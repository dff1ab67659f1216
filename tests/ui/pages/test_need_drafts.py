"""Words typed for a need are there again when their form or dialog is opened again, by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services import drafts
from gridworker.ui.pages import need
from gridworker.ui.pages.need_new import NewNeedDialog
from gridworker.ui.pages.record_draft import DRAFTS
from gridworker.ui.widgets.draft_timer import PAUSE
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key
WORDS, MORE = "问过医保窗口", "，周五再去"


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("needs")
    return made


@pytest.fixture
def page(window):
    return window.page("needs")


@pytest.fixture
def commit(commit_text):
    """Chinese words to whatever has the focus."""
    return lambda words: commit_text(QApplication.focusWidget(), words)


def open_with_status(window, status="办理中", place=0):
    rows = [row.id for row in rows_of(window.workspace, "need") if row.plain("status") == status]
    window.show_page("needs", rows[place])
    window.page("needs").rows.setFocus()
    return rows[place]


def back_at(place):
    """The window is active again once a dialog is gone."""
    place.window().activateWindow()
    place.setFocus()
    QApplication.processEvents()


def kept(window):
    return drafts.names(window.workspace, DRAFTS)


def test_a_step_left_by_esc_goes_on_behind_its_words(window, page, commit):
    open_with_status(window)
    type_keys("n")
    press(Key.Key_2)
    press(Key.Key_Tab)
    commit(WORDS)
    press(Key.Key_Escape)
    type_keys("n")
    form = page.panel.form
    assert form.draft.mark.isVisible()
    assert form.editors["mode"].value() == "电话"
    commit(MORE)
    assert form.editors["content"].value() == WORDS + MORE
    press(Key.Key_Return, CTRL)
    assert kept(window) == []
    type_keys("n")
    assert page.panel.form.editors["content"].value() == ""
    assert not page.panel.form.draft.mark.isVisible()


def test_a_step_is_kept_while_one_types(window, page, commit, qtbot):
    id = open_with_status(window)
    type_keys("n")
    press(Key.Key_Tab)
    commit(WORDS)
    qtbot.waitUntil(lambda: kept(window) == [f"{DRAFTS}need/{id}/step"], timeout=3 * PAUSE)
    assert page.panel.form.draft.mark.isVisible()


def test_the_words_of_closing_belong_to_their_need(window, page, commit):
    first = open_with_status(window)
    press(Key.Key_Return, CTRL)
    press(Key.Key_Tab)
    commit(WORDS)
    open_with_status(window, place=1)
    press(Key.Key_Return, CTRL)
    assert page.panel.form.editors["result_note"].value() == ""
    press(Key.Key_Escape)
    open_with_status(window)
    press(Key.Key_Return, CTRL)
    commit(MORE)
    assert page.panel.form.editors["result_note"].value() == WORDS + MORE
    assert page.panel.page.id == first


def test_reasons_belong_to_their_move(window, page, commit):
    open_with_status(window)
    for target, words in (("作废", "重复登记"), ("已撤回", "本人不办了")):
        page.panel.asked.emit(need.MOVE, target)
        assert page.panel.form.editors["moved_reason"].value() == ""
        commit(words)
        press(Key.Key_Escape)
    page.panel.asked.emit(need.MOVE, "作废")
    commit("，见前一件")
    assert page.panel.form.editors["moved_reason"].value() == "重复登记，见前一件"


def test_the_reason_of_another_due_date_is_gone_on_with(window, page, commit):
    open_with_status(window)
    type_keys("y")
    page.panel.form.editors["moved_reason"].setFocus()
    commit(WORDS)
    press(Key.Key_Escape)
    type_keys("y")
    commit(MORE)
    assert page.panel.form.editors["moved_reason"].value() == WORDS + MORE


def test_opening_and_leaving_keeps_nothing(window, page):
    open_with_status(window)
    for key in ("n", "y"):
        type_keys(key)
        press(Key.Key_Escape)
    press(Key.Key_F4)
    press(Key.Key_Escape)
    assert kept(window) == []


def new_need(window):
    back_at(window.page("needs").rows)
    press(Key.Key_F4)
    return next(one for one in window.findChildren(NewNeedDialog) if one.isVisible())


def test_a_new_need_goes_on_behind_its_words_with_its_household(window, commit):
    dialog = new_need(window)
    home = rows_of(window.workspace, "household")[0]
    press(Key.Key_3)
    dialog.typed.setFocus()
    commit(home.plain("head"))
    chosen = dialog._household()
    assert chosen == home.id
    dialog.block.picker.field.setFocus()
    type_keys("N05")
    press(Key.Key_Return)
    commit(WORDS)
    press(Key.Key_Escape)
    dialog = new_need(window)
    assert dialog.draft.mark.isVisible()
    commit(MORE)
    assert dialog.block.content.value() == WORDS + MORE
    assert (dialog.source.value(), dialog.homes.value(), dialog.block.kind) == ("微信群", chosen, "N05")
    press(Key.Key_Return, CTRL)
    assert kept(window) == []
    assert WORDS + MORE in [row.plain("content") for row in rows_of(window.workspace, "need")]


def test_the_words_for_one_person_are_not_anothers(window, commit):
    dialog = NewNeedDialog(window, window.workspace, 11, 13)
    dialog.open()
    back_at(dialog.block.content)
    commit(WORDS)
    press(Key.Key_Escape)
    assert kept(window) == [f"{DRAFTS}need/new/11"]
    dialog = new_need(window)
    assert dialog.block.content.value() == ""
    dialog.reject()


def test_a_cleared_need_is_empty_and_can_be_brought_back(window, commit):
    dialog = new_need(window)
    back_at(dialog.block.content)
    commit(WORDS)
    press(Key.Key_Escape)
    dialog = new_need(window)
    dialog.draft.clear.click()
    assert (dialog.block.content.value(), kept(window)) == ("", [])
    dialog.draft.clear.click()
    assert dialog.block.content.value() == WORDS
    dialog.reject()
