"""Lists: keys, signals, headings, a hundred thousand rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

ROWS = [
    Row("诉求 2", heading=True),
    Row("楼道灯不亮", "水电气路 · 李桂芳", 31, dot="red", marks=(Mark("办理中", "blue"), Mark("超期 3 天", "red"))),
    Row("下水道返味", "5栋", 28, verb="转到", tint="amber", marks=(Mark("已上报", "violet"), Mark("12月4日"))),
    Row("住户 1", heading=True),
    Row("联系电话", "3栋2单元301", 7),
]


@pytest.fixture
def rows(qtbot):
    made = RowList("诉求", (Column("状态", 90), Column("时限", 80, right=True)))
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.set_rows(ROWS)
    made.show()
    made.setFocus()
    return made


def test_the_first_real_row_is_current(rows):
    assert rows.current_key() == 31


def test_arrows_pass_over_headings(rows, qtbot):
    rows.select_key(28)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_key() == 7
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert rows.current_key() == 28


def test_home_and_end(rows, qtbot):
    qtbot.keyClick(rows, Qt.Key.Key_End)
    assert rows.current_key() == 7
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert rows.current_key() == 31


def test_enter_and_a_double_click_open(rows, qtbot):
    opened = []
    rows.opened.connect(opened.append)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    place = rows.visualRect(rows.model().index(2, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [31, 28]


def test_a_click_on_the_verb_acts(rows, qtbot):
    acted = []
    rows.acted.connect(acted.append)
    box = rows.visualRect(rows.model().index(2, 0))
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert acted == []
    place = box.center()
    place.setX(box.right() - 20)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert acted == [28]


def test_letters_and_digits_are_left_to_the_page(rows, qtbot):
    before = rows.current_key()
    qtbot.keyClicks(rows, "j3")
    assert rows.current_key() == before


def test_the_current_row_survives_a_reload_by_its_key(rows, qtbot):
    rows.select_key(7)
    rows.set_rows([Row("别的", key=1), *ROWS])
    assert rows.current_key() == 7


def test_choosing_is_told(rows, qtbot):
    with qtbot.waitSignal(rows.chosen) as told:
        rows.select_key(7)
    assert told.args == [7]


def test_an_empty_list_chooses_nothing_aloud(rows, qtbot):
    with qtbot.waitSignal(rows.chosen) as told:
        rows.set_rows([])
    assert told.args == [None]


def test_a_side_list_starts_with_nothing_chosen(qtbot):
    rows = RowList("到期办理", select_first=False)
    qtbot.addWidget(rows)
    rows.set_rows(ROWS)
    assert rows.current_key() is None


def test_a_row_is_spoken_with_its_marks(rows):
    model = rows.model()
    spoken = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "楼道灯不亮，水电气路 · 李桂芳，办理中，超期 3 天"
    assert QAccessible.queryAccessibleInterface(rows).text(QAccessible.Text.Name) == "诉求"


def test_of_a_hundred_thousand_rows_only_those_on_screen_are_asked_for(qtbot):
    asked = []

    def fetch(number):
        asked.append(number)
        return Row(f"住户 {number}", "3栋2单元", number, dot="red", marks=(Mark("超期", "red"),))

    rows = RowList("住户")
    qtbot.addWidget(rows)
    rows.resize(600, 700)
    rows.show()
    rows.set_source(100_000, fetch)
    rows.grab()
    assert len(set(asked)) < 40
    for number in range(60):
        asked.clear()
        rows.verticalScrollBar().setValue(number * 70_001 % rows.verticalScrollBar().maximum())
        rows.grab()
        assert len(set(asked)) < 80


def test_the_current_row_of_a_source_stays_current_where_keys_are_known(qtbot):
    rows = RowList("住户")
    qtbot.addWidget(rows)
    keys = list(range(0, 9000, 3))
    rows.set_source(len(keys), lambda number: Row(str(number), key=keys[number]), keys)
    assert rows.current_key() == 0
    rows.select_key(6000)
    left = keys[100:]
    rows.set_source(len(left), lambda number: Row(str(number), key=left[number]), left)
    assert rows.current_key() == 6000
    assert rows.currentIndex().row() == 1900


def test_fetched_rows_are_kept_and_forgotten(qtbot):
    asked = []
    rows = RowList("住户")
    qtbot.addWidget(rows)
    rows.set_source(5000, lambda number: asked.append(number) or Row(str(number), key=number))
    model = rows.model()
    for number in range(3000):
        model.row(number)
    asked.clear()
    model.row(2999)
    assert asked == []
    model.row(0)
    assert asked == [0]


def test_headings_stand_over_their_columns(qtbot):
    rows = RowList("诉求", (Column("状态", 90), Column("时限", 80, right=True)))
    rows.set_rows(ROWS)
    box = headed("诉求", rows)
    qtbot.addWidget(box)
    box.resize(600, 300)
    box.show()
    image = box.grab().toImage()
    ground = image.pixel(300, 13)
    inked = [x for x in range(320, 597) if any(image.pixel(x, y) != ground for y in range(6, 22))]
    assert min(inked) == pytest.approx(600 - 10 - 80 - 10 - 90, abs=4)  # 状态 begins its column at the left
    assert max(inked) == pytest.approx(600 - 10, abs=4)  # 时限 ends its column at the right
