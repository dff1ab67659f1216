"""看板, kept filters, order, and merging one need into another: by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.domain.rules import need_states
from gridworker.services import naming, need_page, needs_list, saved_filters
from gridworker.services.needs_list import Wish
from gridworker.ui.pages import need
from gridworker.ui.pages.sure_dialog import SureDialog
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("needs")
    return made


@pytest.fixture
def page(window):
    return window.page("needs")


def status_of(window, id):
    return window.workspace.row("need", id).plain("status")


def shown_ids(rows):
    return [rows._rows.row(number).key for number in range(rows.count())]


def board_on(page, state):
    """The board, on the first card of a column."""
    type_keys("b")
    column = page.board.columns[state]
    page.board._enter(column).setFocus()
    return column.current_key()


def test_b_shows_the_board_with_every_need_in_the_column_of_its_state(window, page):
    type_keys("b")
    assert page.board.isVisible()
    for state, column in page.board.columns.items():
        assert {status_of(window, id) for id in shown_ids(column)} <= {state}
    there = [row for row in rows_of(window.workspace, "need") if row.plain("status") in page.board.columns]
    assert sum(column.count() for column in page.board.columns.values()) == len(there)
    type_keys("b")
    assert not page.board.isVisible()
    assert page.rows.hasFocus()


def test_a_digit_moves_the_card_and_it_can_be_taken_back(window, page):
    id = board_on(page, need_states.REGISTERED)
    type_keys("2")
    assert status_of(window, id) == need_states.IN_PROGRESS
    assert page.board.columns[need_states.IN_PROGRESS].current_key() == id
    assert page.board.columns[need_states.IN_PROGRESS].hasFocus()
    window.message_bar.undo()
    assert status_of(window, id) == need_states.REGISTERED


def test_what_the_rules_forbid_is_explained_and_moves_nothing(window, page):
    id = board_on(page, need_states.REGISTERED)
    type_keys("6")
    assert status_of(window, id) == need_states.REGISTERED
    assert "不能直接改为「已销号」" in window.message_bar.sentence()
    assert "可以改为" in window.message_bar.sentence()


def test_what_needs_more_words_opens_its_form(window, page):
    id = board_on(page, need_states.IN_PROGRESS)
    type_keys("5")
    assert not page.board.isVisible()
    assert page.panel.page.id == id
    assert page.panel.form is not None
    press(Key.Key_Return, CTRL)
    assert status_of(window, id) == need_states.CLOSED


def test_arrows_go_from_column_to_column_and_one_card_is_current(page):
    board_on(page, need_states.REGISTERED)
    press(Key.Key_Right)
    assert page.board.columns[need_states.IN_PROGRESS].hasFocus()
    assert page.board.columns[need_states.REGISTERED].current_key() is None
    press(Key.Key_Left)
    assert page.board.columns[need_states.REGISTERED].hasFocus()


def test_enter_on_a_card_opens_the_need(page):
    id = board_on(page, need_states.REPORTED)
    press(Key.Key_Return)
    assert not page.board.isVisible()
    assert page.panel.page.id == id


def test_a_filter_is_kept_by_name_and_comes_back_with_one_key(window, page, commit_text):
    page.filters.kind.set_value("N01")
    page.filters.order.setCurrentIndex(page.filters.order.findData(needs_list.NEWEST))
    page.filters.choose(needs_list.ALL)
    page.filters.changed.emit()
    wanted = shown_ids(page.rows)
    page.rows.setFocus()
    type_keys("s")
    QApplication.processEvents()
    commit_text(QApplication.focusWidget(), "就业")
    press(Key.Key_Return)
    assert saved_filters.kept(window.workspace) == {"就业": Wish(needs_list.ALL, "N01", order=needs_list.NEWEST)}
    window.activateWindow()
    QApplication.processEvents()
    page.filters.chips.setFocus()
    type_keys("1")
    assert page.filters.kind.value() == ""
    assert shown_ids(page.rows) != wanted
    type_keys("7")
    assert page.filters.kind.value() == "N01"
    assert shown_ids(page.rows) == wanted
    press(Key.Key_Delete)
    assert saved_filters.kept(window.workspace) == {}


def test_orders(window):
    workspace = window.workspace
    newest = needs_list.lines(workspace, needs_list.ids(workspace, Wish(needs_list.ALL, order=needs_list.NEWEST)))
    days = [workspace.row("need", one.id).plain("registered_at")[:10] for one in newest]
    assert days == sorted(days, reverse=True)
    kinds = [
        workspace.row("need", id).plain("kind")
        for id in needs_list.ids(workspace, Wish(needs_list.ALL, order=needs_list.BY_KIND))
    ]
    assert kinds == sorted(kinds)
    urgent = [
        workspace.row("need", id).plain("urgency")
        for id in needs_list.ids(workspace, Wish(needs_list.ALL, order=needs_list.BY_URGENCY))
    ]
    assert urgent == sorted(urgent, key=["red", "yellow", "blue"].index)


def test_a_need_is_merged_into_another_that_its_page_names(window, page):
    first, second = shown_ids(page.rows)[:2]
    number = window.workspace.row("need", second).plain("number")
    page._ask(need.MOVE, need_states.MERGED)
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    dialog.typed.setText(number)
    press(Key.Key_Return)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, SureDialog), "the two are of different households"
    homes = [naming.home_of(window.workspace, id) for id in (first, second)]
    assert all(any(home in part.text() for part in asked.findChildren(QLabel)) for home in homes)
    assert status_of(window, first) != need_states.MERGED
    press(Key.Key_Return, CTRL)
    row = window.workspace.row("need", first)
    assert (row.plain("status"), row.plain("merged_into")) == (need_states.MERGED, second)
    told = dict(need_page.read(window.workspace, first).facts)
    assert told["并入诉求"].startswith(number)
    window.message_bar.undo()
    assert status_of(window, first) != need_states.MERGED


def test_voiding_asks_for_its_reason_and_then_leaves_the_way(window, page, commit_text):
    id = board_on(page, need_states.IN_PROGRESS)
    press(Key.Key_Return)
    page._ask(need.MOVE, need_states.VOIDED)
    press(Key.Key_Return, CTRL)
    assert status_of(window, id) == need_states.IN_PROGRESS
    commit_text(page.panel.form.editors["moved_reason"], "重复登记")
    press(Key.Key_Return, CTRL)
    assert status_of(window, id) == need_states.VOIDED
