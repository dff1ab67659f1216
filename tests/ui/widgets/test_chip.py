"""Chips by keyboard and mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gridworker.ui.widgets.chip import ChipGroup, Choice, digit_choices

OUTCOMES = [("met", "见面"), ("not_met", "未见面"), ("refused", "拒访")]


@pytest.fixture
def form(qtbot):
    """A form with a field before and after a group of each kind."""
    page = QWidget()
    page.before, page.after = QLineEdit(), QLineEdit()
    page.one = ChipGroup("结果", digit_choices(OUTCOMES))
    page.many = ChipGroup("宣传", digit_choices(OUTCOMES), exclusive=False)
    column = QVBoxLayout(page)
    for part in (page.before, page.one, page.many, page.after):
        column.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    page.before.setFocus()
    return page


def test_a_digit_chooses_and_tells_once(form, qtbot):
    form.one.setFocus()
    with qtbot.waitSignal(form.one.changed) as told:
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_2)
    assert told.args == ["not_met"]
    assert form.one.value() == "not_met"
    assert form.focusWidget().text() == "未见面"


def test_a_digit_in_a_text_field_stays_a_digit(form, qtbot):
    qtbot.keyClick(form.before, Qt.Key.Key_2)
    assert form.before.text() == "2"
    assert form.one.value() is None


def test_arrows_choose_in_an_exclusive_group_and_go_round(form, qtbot):
    form.one.set_value("refused")
    form.one.setFocus()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Right)
    assert form.one.value() == "met"
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Left)
    assert form.one.value() == "refused"


def test_arrows_only_move_in_a_group_of_several(form, qtbot):
    form.many.setFocus()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Right)
    assert form.many.value() == ()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Space)
    assert form.many.value() == ("not_met",)


def test_digits_toggle_in_a_group_of_several(form, qtbot):
    form.many.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_1):
        qtbot.keyClick(form.focusWidget(), key)
    assert form.many.value() == ("refused",)


def test_a_group_is_one_tab_stop_at_the_chosen_chip(form, qtbot):
    form.one.set_value("refused")
    stops = []
    for _each in range(3):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        stops.append(form.focusWidget())
    assert [stops[0].text(), stops[1].text()] == ["拒访", "见面"]
    assert stops[2] is form.after


def test_a_click_chooses_and_a_second_one_keeps_it(form, qtbot):
    for _each in range(2):
        qtbot.mouseClick(form.one.chips()[1], Qt.MouseButton.LeftButton)
        assert form.one.value() == "not_met"


def test_an_optional_group_can_be_emptied(qtbot):
    group = ChipGroup("紧急程度", digit_choices(OUTCOMES), optional=True)
    qtbot.addWidget(group)
    group.show()
    group.set_value("met")
    qtbot.mouseClick(group.chips()[0], Qt.MouseButton.LeftButton)
    assert group.value() is None


def test_letters_choose_whatever_their_case(qtbot):
    group = ChipGroup("紧急程度", [Choice("red", "红", "R"), Choice("blue", "蓝", "B")])
    qtbot.addWidget(group)
    group.show()
    group.setFocus()
    qtbot.keyClick(group.focusWidget() or group.chips()[0], Qt.Key.Key_B)
    assert group.value() == "blue"


def test_setting_a_value_says_nothing(form, qtbot):
    with qtbot.assertNotEmitted(form.one.changed):
        form.one.set_value("met")
        form.one.set_value("unknown")
    assert form.one.value() is None


def test_the_cross_and_delete_remove(qtbot):
    group = ChipGroup(
        "条件", [Choice("a", "独居", removable=True), Choice("b", "空巢", removable=True)], exclusive=False
    )
    qtbot.addWidget(group)
    group.show()
    gone = []
    group.removed.connect(gone.append)
    chip = group.chips()[1]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 14, chip.height() // 2))
    group.chips()[0].setFocus()
    qtbot.waitUntil(group.chips()[0].hasFocus)
    qtbot.keyClick(group.chips()[0], Qt.Key.Key_Delete)
    assert gone == ["b", "a"]
    assert group.value() == ()


def test_new_choices_keep_what_is_still_among_them(form):
    form.many.set_value(("met", "refused"))
    form.many.set_choices([Choice("refused", "拒访"), Choice("away", "外出")])
    assert form.many.value() == ("refused",)
    assert [chip.text() for chip in form.many.chips()] == ["拒访", "外出"]


def test_choosing_moves_no_neighbour(form):
    form.one.set_value("met")
    before = [chip.geometry() for chip in form.one.chips()]
    form.one.set_value("refused")
    assert [chip.geometry() for chip in form.one.chips()] == before


def test_a_narrow_group_wraps_and_grows(qtbot):
    group = ChipGroup("结果", digit_choices(OUTCOMES))
    qtbot.addWidget(group)
    assert group.heightForWidth(120) > group.heightForWidth(600)
