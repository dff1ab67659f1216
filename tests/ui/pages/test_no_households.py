"""A store without anybody: what 今日, 住户 and 诉求 say, and how one gets on from there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from gridworker.services import needs_list
from gridworker.ui.pages.no_households import NoHouseholds
from gridworker.ui.refresh import Refresh
from tests.ui.worker_window import CTRL, open_window, press, rows_of

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    return open_window(qtbot, worker, households=0)


def nobody(page):
    (found,) = (one for one in page.findChildren(NoHouseholds) if one.isVisible())
    return found


def test_today_says_so_and_enter_makes_the_first_household(window):
    page = window.page("today")
    shown = nobody(page)
    assert shown.title.text() == "还没有住户"
    assert not page._none.isVisible()
    assert page._progress._hint.text() == "今天没有要走的户"
    assert shown.new.hasFocus()
    press(Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    for name, text in {"building": "9", "unit": "1", "room": "101", "head": "测试人"}.items():
        dialog.editors[name].set_value(text)
    press(Key.Key_Return, CTRL)
    (home,) = rows_of(window.workspace, "household")
    assert window.page("households").household == home.id


def test_f2_leads_to_the_ways_from_every_page(window):
    window.show_page("needs")
    window.visit_asked.connect(lambda: window.show_page("today"))
    press(Key.Key_F2)
    window.sidebar.setFocus()
    press(Key.Key_F2)
    assert nobody(window.page("today")).new.hasFocus()
    window.show_page("households")
    window.page("households").list.typed.setFocus()
    press(Key.Key_F2)
    assert nobody(window.page("households")).new.hasFocus()


@pytest.mark.parametrize("name", ["today", "households"])
def test_a_roster_is_chosen_on_the_page_that_takes_books(window, name, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: asked.append(given) or ([], ""))
    window.show_page(name)
    nobody(window.page(name)).bring.setFocus()
    press(Key.Key_Return)
    assert window.current_page() == "weekly"
    assert len(asked) == 1


def test_the_households_say_no_such_only_under_a_filter(window, qtbot):
    window.show_page("households")
    page = window.page("households").list
    assert nobody(page).new.hasFocus()
    page.filters.setFocus()
    press(Key.Key_Right)
    assert page._none.isVisible()
    assert page._nobody.isHidden()
    press(Key.Key_Left)
    assert page._none.isHidden()
    page.typed.setText("张")
    qtbot.waitUntil(page._none.isVisible)


def test_the_needs_say_no_such_only_under_a_filter(window):
    window.show_page("needs")
    page = window.page("needs")
    assert page._none.title.text() == "还没有诉求"
    press(Key.Key_5)
    assert page.filters.wish().which == needs_list.ALL
    page._any = True
    page._show_rows()
    assert page._none.title.text() == "没有这样的诉求"
    press(Key.Key_1)
    assert page._none.title.text() == "没有未办结的诉求"


def test_the_township_waits_for_its_books(qtbot, township):
    from gridworker.ui.pages.households import HouseholdsPage

    page = HouseholdsPage(township, Refresh())
    qtbot.addWidget(page)
    page.show()
    assert not nobody(page).new.isVisible()
    assert "周报" in nobody(page).advice.text()
