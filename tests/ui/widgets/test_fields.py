"""Fields, their rows and dates."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from gridworker.ui import theme
from gridworker.ui.widgets.check_box import CheckBox, RadioButton, Select
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.date_field import DateField, spoken_date
from gridworker.ui.widgets.field import LABEL_WIDTH, FieldRow, LongField, TextField

TODAY = date(2026, 11, 25)


def parse(text, today):
    """Understands 昨天 and -2 only."""
    return {"昨天": today - timedelta(1), "-2": today - timedelta(2)}.get(text)


@pytest.fixture
def day(qtbot):
    made = DateField("走访日期", parse, lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (TODAY, "今天 11月25日 周三"),
        (date(2026, 11, 24), "昨天 11月24日 周二"),
        (date(2026, 11, 26), "明天 11月26日 周四"),
        (date(2026, 12, 14), "12月14日 周一"),
        (date(2025, 12, 31), "2025年12月31日 周三"),
    ],
)
def test_a_date_is_said_as_people_say_it(value, said):
    assert spoken_date(value, TODAY) == said


def test_today_is_the_default(day):
    assert day.value() == TODAY
    assert day.text() == "今天 11月25日 周三"


def test_typing_replaces_and_enter_reads(day, qtbot):
    day.selectAll()
    with qtbot.waitSignal(day.changed) as told:
        qtbot.keyClicks(day, "-2")
        qtbot.keyClick(day, Qt.Key.Key_Return)
    assert told.args == [date(2026, 11, 23)]
    assert day.text() == "11月23日 周一"


def test_a_value_just_typed_counts_without_leaving(day, commit_text):
    day.clear()
    commit_text(day, "昨天")
    assert day.value() == date(2026, 11, 24)


def test_what_is_not_understood_is_refused_and_left_standing(day, qtbot):
    day.selectAll()
    qtbot.keyClicks(day, "13-45")
    with qtbot.waitSignal(day.refused) as told:
        qtbot.keyClick(day, Qt.Key.Key_Return)
    assert "“13-45”" in told.args[0]
    assert day.text() == "13-45"


def test_leaving_an_untouched_date_says_nothing(day, qtbot):
    with qtbot.assertNotEmitted(day.changed):
        day.editingFinished.emit()


def test_an_optional_date_starts_and_may_become_empty(qtbot):
    made = DateField("下次走访", parse, lambda: TODAY, optional=True)
    qtbot.addWidget(made)
    assert made.value() is None
    made.set_value(TODAY)
    made.selectAll()
    qtbot.keyClick(made, Qt.Key.Key_Delete)
    assert made.value() is None


def test_down_opens_a_calendar_whose_day_is_taken(day, qtbot):
    qtbot.keyClick(day, Qt.Key.Key_Down)
    month = day.findChild(QCalendarWidget)
    assert month.selectedDate().toPython() == TODAY
    month.activated.emit(month.selectedDate().addDays(2))
    assert day.value() == date(2026, 11, 27)


def test_a_text_field_tells_typing_but_not_setting(qtbot, commit_text):
    field = TextField("医院")
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    field.set_value("县人民医院")
    commit_text(field, "东区")
    assert heard == ["县人民医院东区"]
    assert field.value() == "县人民医院东区"


def test_tab_leaves_a_long_field(qtbot, commit_text):
    page, field, after = QWidget(), LongField("走访内容"), TextField("备注")
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addWidget(after)
    qtbot.addWidget(page)
    page.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    heard = []
    field.changed.connect(heard.append)
    field.set_value("旧")
    commit_text(field, "新")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert heard == ["旧新"]


def test_digits_are_asked_for_in_latin(qtbot):
    field = TextField("电话", digits=True)
    qtbot.addWidget(field)
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhDigitsOnly


def test_rows_of_a_form_start_on_one_line(qtbot):
    page = QWidget()
    column = QVBoxLayout(page)
    editors = [TextField("医院"), ChipGroup("方式", digit_choices([(1, "入户")])), CheckBox("代办"), LongField("内容")]
    rows = [FieldRow("走访方式", editor) for editor in editors]
    for each in rows:
        column.addWidget(each)
    qtbot.addWidget(page)
    page.show()
    assert {editor.mapTo(page, QPoint(0, 0)).x() - each.x() for each, editor in zip(rows, editors, strict=True)} == {
        LABEL_WIDTH
    }
    middles = [
        each.label.geometry().center().y() - editor.geometry().center().y()
        for each, editor in zip(rows[:2], editors[:2], strict=True)
    ]
    assert all(abs(gap) <= 2 for gap in middles)


def test_an_error_is_a_sentence_that_can_be_taken_back(qtbot):
    row = FieldRow("电话", TextField("电话"))
    qtbot.addWidget(row)
    row.show()
    row.set_error("电话少一位，应为 11 位")
    assert row.error.isVisible()
    row.set_error("")
    assert not row.error.isVisible()


def test_the_label_column_grows_with_the_font(qtbot):
    field = TextField("电话")
    row = FieldRow("电话", field)
    qtbot.addWidget(row)
    row.show()
    theme.apply(theme.LIGHT, 1.3, bundled_font=True)
    qtbot.waitUntil(lambda: field.x() == round(LABEL_WIDTH * 1.3))


def test_a_click_on_the_word_ticks(qtbot):
    for made in (CheckBox("代办"), RadioButton("同意")):
        qtbot.addWidget(made)
        made.show()
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(made.width() - 4, made.height() // 2))
        assert made.isChecked()


def test_a_select_shows_its_placeholder_until_something_is_chosen(qtbot):
    made = Select("字段", "选择字段…")
    qtbot.addWidget(made)
    made.addItems(["姓名", "电话"])
    made.setCurrentIndex(-1)
    made.show()
    empty = made.grab().toImage()
    made.setCurrentIndex(1)
    assert made.grab().toImage() != empty
    assert made.accessibleName() == "字段"
