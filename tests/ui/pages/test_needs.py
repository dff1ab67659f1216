"""诉求: filters, narrowing, keys, and registering away from a visit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services import needs_list
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


def shown(page):
    return [page.rows._rows.row(number) for number in range(page.rows.count())]


def test_open_needs_come_first_by_due_date(page, window):
    ids = needs_list.ids(window.workspace, needs_list.Wish())
    assert [row.key for row in shown(page)] == ids
    dues = [window.workspace.row("need", id).plain("due_on") for id in ids]
    assert dues == sorted(dues)


def test_counts_stand_on_the_chips_and_digits_choose(page, window):
    counts = needs_list.counts(window.workspace)
    assert [chip.choice.count for chip in page.filters.chips.chips()] == list(counts.values())
    page.filters.chips.setFocus()
    type_keys("4")
    assert page.filters.chips.value() == needs_list.CALL_BACK
    assert len(shown(page)) == counts[needs_list.CALL_BACK]
    assert {row.marks[0].text for row in shown(page)} == {"待回访"}


def test_digits_choose_a_filter_from_the_list_which_keeps_the_focus(page):
    page.rows.setFocus()
    type_keys("5")
    assert page.filters.chips.value() == needs_list.ALL
    assert page.rows.hasFocus()


def test_only_late_dates_become_pills(page):
    for row in shown(page):
        assert row.marks[1].tone in {"red", "amber"} or not row.marks[1].tone


def test_kind_status_and_words_narrow_the_list(page, qtbot, window):
    page.filters.choose(needs_list.ALL)
    page.filters.kind.set_value("N01")
    page._show_rows()
    assert {row.second.split(" · ")[0] for row in shown(page)} == {"就业"}
    page.filters.reset()
    number = rows_of(window.workspace, "need")[3].plain("number")
    type_keys("/")
    page.rows.setFocus()
    page.filters.typed.setText(number)
    qtbot.waitUntil(lambda: page.rows.count() == 1)
    assert number in shown(page)[0].second


def test_the_chosen_need_stands_beside_the_list(page):
    first = page.panel.page.id
    press(Key.Key_Down)
    assert page.panel.page.id == page.rows.current_key() != first


def test_a_need_asked_for_is_shown_whatever_the_filter(page, window):
    closed = next(row for row in rows_of(window.workspace, "need") if row.plain("closed_on"))
    window.show_page("needs", closed.id)
    assert page.panel.page.id == closed.id
    assert page.rows.current_key() == closed.id


def test_nothing_to_show_says_so_and_hides_the_panel(page, qtbot):
    page.filters.typed.setText("没有这样的话")
    qtbot.waitUntil(page._none.isVisible)
    assert not page.panel.isVisible()


def test_f4_registers_a_need_of_a_household_found_by_initials(page, window, commit_text):
    before = {row.id for row in rows_of(window.workspace, "need")}
    home = rows_of(window.workspace, "household")[7]
    press(Key.Key_F4)
    dialog = QApplication.activeModalWidget()
    dialog.typed.setText(f"{home.plain('building')}-{home.plain('unit')}-{home.plain('room')}")
    dialog._offer()
    dialog.homes.set_value(home.id)
    dialog.block.picker.field.setFocus()
    type_keys("sdql")
    press(Key.Key_Return)
    commit_text(QApplication.focusWidget(), "楼道灯不亮")
    press(Key.Key_Return, CTRL)
    (made,) = (row for row in rows_of(window.workspace, "need") if row.id not in before)
    assert (made.plain("household"), made.plain("source"), made.plain("kind")) == (home.id, "来电", "N12")
    assert page.panel.page.id == made.id


def test_a_public_matter_needs_no_household_but_a_kind(page, window):
    press(Key.Key_F4)
    dialog = QApplication.activeModalWidget()
    dialog.save()
    assert dialog.isVisible()
    assert dialog.block._kind_row.error.isVisible()
    dialog.block._on_kind_chosen("N11")
    dialog.block.content.set_value("垃圾堆在路口")
    dialog.place.set_value("西苑北门")
    dialog.save()
    made = window.workspace.row("need", page.panel.page.id)
    assert (made.plain("household"), made.plain("place"), made.plain("grid")) == (
        None,
        "西苑北门",
        window.workspace.grid,
    )
