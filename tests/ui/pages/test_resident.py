"""A person's page, moving, leaving, joining duplicates; a new household of four, by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.domain.ledgers import ledger
from gridworker.services import deciding, household_page, moving, resident_page, undoing
from gridworker.services.workspace import grid_id
from gridworker.store import derive
from gridworker.store.door import Change
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.ui.test_operations import Hands
from tests.ui.worker_window import CTRL, open_window, press, rows_of

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("households")
    return made


@pytest.fixture
def page(window):
    return window.page("households")


def a_member(window):
    return next(row for row in rows_of(window.workspace, "resident") if row.plain("relation") == "配偶")


def open_person(window, row):
    window.show_page("households", HouseholdKey(row.plain("household"), resident=row.id))
    QApplication.processEvents()


class HandsWithFocus(Hands):
    """A desktop gives the focus back to the window when a dialog closes; the offscreen platform does not."""

    def __init__(self, window):
        super().__init__()
        self._window = window

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        if QApplication.focusWidget() is None:
            self._window.activateWindow()
            QApplication.processEvents()
        super().press(key, modifiers)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_a_new_household_of_four_takes_at_most_sixty(window, page, commit_text):
    """Names and the village group are free text; everything else is counted."""
    hands = HandsWithFocus(window)
    hands.press(Key.Key_N, CTRL)
    for text in ("19", "1", "302"):
        hands.press(Key.Key_Tab)
        hands.type(text)
    hands.press(Key.Key_Tab)
    commit_text(QApplication.focusWidget(), "测试甲")
    hands.press(Key.Key_Return, CTRL)
    hands.press(Key.Key_N, CTRL)
    for name, relation in (("测试乙", 2), ("测试丙", 3), ("测试丁", 4)):
        hands.press(Key.Key_N, CTRL)
        commit_text(QApplication.focusWidget(), name)
        hands.press(Key.Key_Tab)
        for _step in range(relation):
            hands.press(Key.Key_Down)
    hands.press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    home = household_page.read(window.workspace, page.household)
    told = [(member.name, member.relation) for member in home.members]
    assert sorted(told) == sorted([("测试甲", "户主"), ("测试乙", "配偶"), ("测试丙", "儿子"), ("测试丁", "女儿")])
    assert home.short_address == "19-1-302"
    assert hands.count <= 60
    hands.think(4 + 3 * 2)  # three parts of the door, the head; name and relation of the others
    hands.tell("a new household of four, besides names")


def test_a_name_opens_the_person_and_the_way_leads_back(window, page):
    row = a_member(window)
    open_person(window, row)
    assert page.heading.title == row.plain("name")
    assert page.person.isVisible()
    page.go_back()
    assert page.view.isVisible()
    assert page.household == row.plain("household")
    page.go_back()
    assert page.list.isVisible()


def test_numbers_of_a_person_are_masked_and_edited_by_key(window, page):
    row = next(row for row in rows_of(window.workspace, "resident") if row.plain("id_no") and row.plain("phone"))
    open_person(window, row)
    shown = "".join(words(page.person))
    assert row.plain("id_no") not in shown
    assert row.plain("phone") not in shown
    press(Key.Key_E)
    dialog = QApplication.activeModalWidget()
    assert dialog.editors["id_no"].value() == row.plain("id_no")
    dialog.editors["note"].set_value("测试")
    press(Key.Key_Return, CTRL)
    assert window.workspace.row("resident", row.id).plain("note") == "测试"
    assert any("备注" in text for text in words(page.person))


def test_who_moved_out_stays_on_record_and_counts_no_more(window, page):
    row = a_member(window)
    before = household_page.read(window.workspace, row.plain("household")).members
    open_person(window, row)
    page.deeds.leave(row.id, "迁出")
    members = household_page.read(window.workspace, row.plain("household")).members
    assert len(members) == len(before)
    assert (members[-1].id, members[-1].left) == (row.id, "迁出")
    QApplication.processEvents()
    assert "迁出" in words(page.person)
    window.message_bar.undo()
    assert window.workspace.row("resident", row.id).plain("residence") == row.plain("residence")


def test_a_person_moves_to_another_household_by_keys_and_back(window, page):
    row = a_member(window)
    target = next(one for one in rows_of(window.workspace, "household") if one.id != row.plain("household"))
    needs = [(one.id, one.plain("household")) for one in rows_of(window.workspace, "need")]
    open_person(window, row)
    press(Key.Key_M)
    dialog = QApplication.activeModalWidget()
    dialog.typed.setText("-".join(str(target.plain(part)) for part in ("building", "unit", "room")))
    press(Key.Key_Return)
    assert window.workspace.row("resident", row.id).plain("household") == target.id
    assert page.household == target.id
    assert [(one.id, one.plain("household")) for one in rows_of(window.workspace, "need")] == needs
    window.message_bar.undo()
    moved_back = window.workspace.row("resident", row.id)
    assert (moved_back.plain("household"), moved_back.plain("relation")) == (row.plain("household"), "配偶")


def test_a_household_goes_to_another_grid_alone_or_with_its_open_needs(window):
    workspace = window.workspace
    grid = grid_id("JX04")
    workspace.write("add", Change(ledger("grid"), {"code": "JX04", "name": "金江西苑4网格"}, grid))
    home = next(
        row.plain("household")
        for row in rows_of(workspace, "need")
        if row.plain("household") and moving.open_needs(workspace, row.plain("household"))
    )
    needs = moving.open_needs(workspace, home)
    done = moving.household(workspace, home, grid)
    assert workspace.row("household", home).plain("grid") == grid
    assert {one.plain("grid") for one in moving.open_needs(workspace, home)} == {workspace.grid}
    undoing.undo(workspace, done)
    assert workspace.row("household", home).plain("grid") == workspace.grid
    moving.household(workspace, home, grid, with_needs=True)
    assert {workspace.row("need", one.id).plain("grid") for one in needs} == {grid}


def test_handing_over_is_offered_in_the_menu(window, page):
    workspace = window.workspace
    workspace.write("add", Change(ledger("grid"), {"code": "JX04", "name": "金江西苑4网格"}, grid_id("JX04")))
    home = rows_of(workspace, "household")[0]
    window.show_page("households", HouseholdKey(home.id))
    page._do_deed("hand_over")
    QApplication.processEvents()
    press(Key.Key_Return)
    assert workspace.row("household", home.id).plain("grid") == grid_id("JX04")


def test_two_households_are_joined_and_parted_on_the_page(window, page):
    workspace = window.workspace
    one, other = rows_of(workspace, "household")[:2]
    window.show_page("households", HouseholdKey(max(one.id, other.id)))
    page._do_deed("join")
    QApplication.activeModalWidget().picked.emit(min(one.id, other.id))
    QApplication.processEvents()
    press(Key.Key_Return, CTRL)
    name = min(one.id, other.id)
    assert derive.members_of(workspace.connection, one.id) == [name, max(one.id, other.id)]
    assert page.household == name
    assert "由 2 份资料合并" in words(page.view)
    page._do_deed("sources")
    QApplication.processEvents()
    press(Key.Key_Return, CTRL)
    assert workspace.row("household", max(one.id, other.id)) is not None
    assert len(deciding.parts(workspace, name)) == 1
    assert "由 2 份资料合并" not in words(page.view)


def test_f4_registers_a_need_of_the_person(window, page, commit_text):
    row = a_member(window)
    before = {one.id for one in rows_of(window.workspace, "need")}
    open_person(window, row)
    press(Key.Key_F4)
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert not dialog.typed.isVisible()
    dialog.block.set_given({"kind": "N01", "content": "想学一门手艺"}, {})
    press(Key.Key_Return, CTRL)
    (made,) = (one for one in rows_of(window.workspace, "need") if one.id not in before)
    assert (made.plain("resident"), made.plain("household")) == (row.id, row.plain("household"))
    assert made.plain("raised_by") == row.plain("name")
    assert [need.id for need in resident_page.read(window.workspace, row.id).needs] == [made.id]


def test_a_person_shows_the_visits_to_the_household(window, page):
    visit = next(row for row in rows_of(window.workspace, "visit") if row.plain("content"))
    person = next(
        row for row in rows_of(window.workspace, "resident") if row.plain("household") == visit.plain("household")
    )
    told = resident_page.read(window.workspace, person.id).events
    assert visit.plain("content") in [event.body for event in told if event.sort == household_page.VISIT]
