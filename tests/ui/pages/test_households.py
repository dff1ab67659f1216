"""住户: filters, narrowing by typing, opening, and a hundred thousand rows."""

from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import households_list
from gridworker.store.door import Change
from gridworker.ui.pages.households import HouseholdsPage
from gridworker.ui.pages.households_list import HouseholdsList
from gridworker.ui.refresh import Refresh
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("households")
    return made


@pytest.fixture
def page(window):
    return window.page("households")


def test_the_list_walks_up_the_stairs(page):
    addresses = [page.list.rows._rows.row(number).second for number in range(4)]
    assert addresses == sorted(addresses)
    assert page.list._count.text() == "共 60 户"


def test_a_digit_chooses_a_filter(page):
    page.list.filters.setFocus()
    type_keys("3")
    assert page.list.filters.value() == households_list.WATCHED
    levels = {page.list.rows._rows.row(number).marks[0].text for number in range(page.list.rows.count())}
    assert levels <= {"红", "黄"}


def test_typing_narrows_the_list_by_pinyin_and_by_people(page, qtbot, window):
    resident = next(row for row in rows_of(window.workspace, "resident") if row.plain("relation") != "户主")
    page.list.typed.setText(resident.plain("name"))
    home = resident.plain("household")
    qtbot.waitUntil(lambda: page.list.rows.count() < 60)
    keys = [page.list.rows._rows.row(number).key for number in range(page.list.rows.count())]
    assert home in keys


def test_enter_in_the_field_opens_the_first_hit(page, window, qtbot):
    home = rows_of(window.workspace, "household")[5]
    type_keys("/")
    assert page.list.typed.hasFocus()
    page.list.typed.setText(f"{home.plain('building')}-{home.plain('unit')}-{home.plain('room')}")
    press(Qt.Key.Key_Return)
    assert page.household == home.id


def test_nothing_found_says_what_to_do(page, qtbot):
    page.list.typed.setText("没有这个人")
    qtbot.waitUntil(page.list._none.isVisible)
    assert not page.list.rows.isVisible()


def test_the_word_before_the_title_leads_back(page, window):
    press(Qt.Key.Key_Return)
    assert window.top_bar.parent_title.text() == "住户"
    window.top_bar.back.emit()
    assert page.list.isVisible()
    assert window.top_bar.title.text() == "住户"


def test_ctrl_n_makes_a_household(page, window):
    press(Qt.Key.Key_N, CTRL)
    dialog = QApplication.activeModalWidget()
    values = {"building": "9", "unit": "1", "room": "101", "head": "测试人", "phone": "19900001234"}
    for name, text in values.items():
        dialog.editors[name].set_value(text)
    dialog.save()
    assert page.household
    row = window.workspace.row("household", page.household)
    assert {name: row.plain(name) for name in values} == values
    assert row.plain("grid") == window.workspace.grid


def test_thirty_thousand_households_scroll(qtbot, worker):
    of = ledger("household")
    homes = (
        Change(of, {"grid": worker.grid, "estate": "大湾组", "room": str(number), "head": "某某"})
        for number in range(30_000)
    )
    from gridworker.store import door

    door.write(worker.connection, worker.store.deed("test", worker.now), homes, index=False)
    found = HouseholdsList(worker)
    qtbot.addWidget(found)
    found.resize(1100, 700)
    found._show_rows()
    found.show()
    assert found.rows.count() == 30_000
    begin = perf_counter()
    for number in range(0, 30_000, 1_500):
        found.rows.select_number(number)
        QApplication.processEvents()
    assert (perf_counter() - begin) / 20 < 0.5  # a stall would be seconds


def test_the_township_looks_but_does_not_visit(qtbot, township):
    of = ledger("household")
    home = township.write("add", Change(of, {"estate": "大湾组", "room": "12", "head": "某某"})).ids[0]
    page = HouseholdsPage(township, Refresh())
    qtbot.addWidget(page)
    page.show()
    page.open_key(home)
    assert page.action is None
    assert not page.form.isVisible()
    assert page.view.isVisible()


def test_esc_leads_from_a_household_to_the_list_but_not_out_of_a_text(window):
    page = window.page("households")
    page.open_household(rows_of(window.workspace, "household")[0].id)
    page.form.content.setFocus()
    press(Qt.Key.Key_Escape)
    assert page.household
    page.form.mode.setFocus()
    press(Qt.Key.Key_Escape)
    assert not page.household
    assert page.list.isVisible()
