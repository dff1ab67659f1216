"""The search keeps out of the way of input methods (gui.md §7)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gridworker.ui.widgets.search_box import Hit, SearchBox


@pytest.fixture
def page(qtbot):
    made = QWidget()
    made.search = SearchBox()
    made.asked, made.taken = [], []
    made.search.query.connect(made.asked.append)
    made.search.chosen.connect(made.taken.append)
    QVBoxLayout(made).addWidget(made.search)
    qtbot.addWidget(made)
    made.show()
    made.search.setFocus()
    qtbot.waitUntil(made.search.hasFocus)
    return made


def answer(page):
    """Let every query find two people at once."""
    page.search.query.connect(lambda text: page.search.show_hits([Hit("李桂芳", key=1), Hit("李国强", key=2)]))


def test_composing_asks_nothing_and_opens_nothing(page, qtbot, compose_text):
    answer(page)
    compose_text(page.search, "li'gui")
    qtbot.wait(100)
    assert page.asked == []
    assert not page.search.is_open()


def test_keys_belong_to_the_input_method_while_it_composes(page, qtbot, compose_text):
    answer(page)
    qtbot.keyClicks(page.search, "l")
    qtbot.waitUntil(page.search.is_open)
    compose_text(page.search, "gui")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(page.search, key)
    assert page.taken == []
    assert page.search.is_open()


def test_the_first_word_asks_at_once_and_the_next_ones_together(page, qtbot, commit_text):
    answer(page)
    commit_text(page.search, "李")
    assert page.asked == ["李"]
    commit_text(page.search, "桂")
    commit_text(page.search, "芳")
    qtbot.waitUntil(lambda: len(page.asked) > 1)
    assert page.asked == ["李", "李桂芳"]
    assert page.search.is_open()


def test_enter_does_not_wait_for_the_pause(page, qtbot):
    answer(page)
    qtbot.keyClicks(page.search, "lgf")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.asked == ["l", "lgf"]
    assert page.taken == [1]
    assert page.search.text() == ""
    assert not page.search.is_open()


def test_arrows_move_and_enter_takes(page, qtbot):
    answer(page)
    qtbot.keyClicks(page.search, "l")
    qtbot.waitUntil(page.search.is_open)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.taken == [2]


def test_a_click_takes_a_hit_and_never_the_focus(page, qtbot):
    answer(page)
    qtbot.keyClicks(page.search, "l")
    qtbot.waitUntil(page.search.is_open)
    rows = page.search.findChild(QFrame, "popup").rows
    place = rows.visualRect(rows.model().index(1, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.taken == [2]
    assert page.search.hasFocus()


def test_escape_closes_first_and_clears_then(page, qtbot):
    answer(page)
    qtbot.keyClicks(page.search, "l")
    qtbot.waitUntil(page.search.is_open)
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert (page.search.is_open(), page.search.text()) == (False, "l")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""


def test_nothing_found_is_said_and_cannot_be_taken(page, qtbot):
    page.search.query.connect(lambda text: page.search.show_hits([]))
    qtbot.keyClicks(page.search, "zzz")
    qtbot.waitUntil(page.search.is_open)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.taken == []
    assert page.search.text() == "zzz"


def test_late_hits_for_an_emptied_field_open_nothing(page):
    page.search.setText("")
    page.search.show_hits([Hit("李桂芳", key=1)])
    assert not page.search.is_open()
