"""The evening sheet by real keys: doors, several households, new ones, needs, reopening, undo, drafts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from gridworker.domain.ledgers import ledger
from gridworker.services import drafts, records
from gridworker.services.sheet import DRAFT, State
from gridworker.ui.pages.sheet_need import LineNeedDialog
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key
HOMES = [
    ("3", "2", "502", "李桂芳"),
    ("3", "2", "402", "孙茂才"),
    ("3", "1", "402", "何玉梅"),
    ("6", "1", "203", "刘洋"),
    ("6", "2", "203", "马兰"),
]


@pytest.fixture
def window(qtbot, worker):
    names = ("estate", "building", "unit", "room", "head")
    records.add(worker, ledger("household"), [dict(zip(names, ("金江西苑", *one), strict=True)) for one in HOMES])
    made = open_window(qtbot, worker, households=0)
    press(Key.Key_F3)
    return made


@pytest.fixture
def page(window):
    return window.page("sheet")


def visits(window):
    return rows_of(window.workspace, "visit")


def focused():
    return QApplication.focusWidget()


def close_by_saving():
    """Ctrl+Enter without its release, which would find no window any more."""
    QTest.keyPress(focused(), Key.Key_Return, CTRL)


def write(door, outcome="1"):
    type_keys(door)
    press(Key.Key_Return)
    type_keys(outcome)
    press(Key.Key_Return)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_sheet_fits_the_smallest_laptop_at_the_largest_letters(qtbot, worker, language):
    from gridworker.i18n import use_language
    from gridworker.ui import theme

    use_language(language)
    theme.apply(theme.LIGHT, 1.3, bundled_font=True)
    window = open_window(qtbot, worker, households=20)
    window.resize(1092, 574)
    press(Key.Key_F3)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1092, 574)
    page = window.page("sheet")
    assert page.rows.cell(0, "state").right() <= page._scroller.viewport().width()


def test_households_of_two_estates_are_told_apart(window, page):
    home = {"estate": "学府春天", "building": "3", "unit": "2", "room": "502", "head": "王建国"}
    records.add(window.workspace, ledger("household"), [home])
    type_keys("3-2-502")
    words = [chip.text() for chip in page.foot.homes.chips()]
    assert words == ["王建国 学府春天3栋2单元502", "李桂芳 金江西苑3栋2单元502"]


def test_f3_shows_the_sheet_under_today(window, page):
    assert window.current_page() == "sheet"
    assert window.sidebar._buttons["today"].isChecked()
    assert focused() is page.rows.door
    window._on_back()
    assert window.current_page() == "today"


def test_a_line_is_a_visit_and_enter_opens_the_next(window, page, commit_text):
    type_keys("3-2-502")
    assert page.sheet.door(page.sheet.line).head == "李桂芳"
    press(Key.Key_Return)
    assert focused() is page.rows.outcome
    type_keys("2")
    assert focused() is page.rows.content
    commit_text(focused(), "敲门无人应")
    press(Key.Key_Return)
    (visit,) = visits(window)
    assert (visit.plain("outcome"), visit.plain("mode"), visit.plain("content")) == ("not_met", "home", "敲门无人应")
    assert focused() is page.rows.door
    assert (page.rows.door.text(), page.rows.content.text()) == ("", "")
    assert page.sheet.place == 1


def test_a_room_alone_is_on_the_stairs_just_walked(page):
    write("3-2-502")
    type_keys("402")
    assert page.sheet.door(page.sheet.line).head == "孙茂才"


def test_one_of_several_is_chosen_by_its_digit(window, page):
    type_keys("6-203")
    assert page.sheet.state(page.sheet.line) is State.SEVERAL
    press(Key.Key_Return)
    type_keys("2")
    assert page.sheet.door(page.sheet.line).head == "马兰"
    assert focused() is page.rows.outcome
    assert page.rows.door.text() == "6-2-203"


def test_initials_find_the_household(page):
    write("3-1-402")
    type_keys("lgf")
    assert page.sheet.door(page.sheet.line).head == "李桂芳"


def test_a_door_nobody_knows_makes_a_household(window, page, qtbot):
    write("3-2-502")
    type_keys("601")
    assert page.rows._views[1].home == "没有这户，回车新建"
    press(Key.Key_Return)
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    qtbot.waitUntil(lambda: focused() is dialog.editors["head"])
    assert [dialog.editors[name].value() for name in ("building", "unit", "room")] == ["3", "2", "601"]
    close_by_saving()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert page.sheet.door(page.sheet.line).short == "3-2-601"
    window.activateWindow()
    qtbot.waitUntil(lambda: focused() is page.rows.outcome)
    press(Key.Key_Return)
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert len(visits(window)) == 2


def test_letters_set_the_mode_and_the_next_line_keeps_it(window, page):
    type_keys("3-2-502")
    press(Key.Key_Return)
    type_keys("d1")
    press(Key.Key_Return)
    assert page.mode.value() == "phone"
    write("402")
    assert {row.plain("mode") for row in visits(window)} == {"phone"}


def test_the_day_is_kept_for_the_lines_that_follow(window, page):
    page.day.setFocus()
    type_keys("-3")
    press(Key.Key_Tab)
    page.rows.door.setFocus()
    write("3-2-502")
    write("402")
    assert {row.plain("visited_at") for row in visits(window)} == {"2026-11-22"}


def test_a_day_that_cannot_be_read_stores_nothing(window, page):
    page.day.setFocus()
    page.day.selectAll()
    type_keys("xyz")
    page.rows.door.setFocus()
    write("3-2-502")
    assert visits(window) == []
    assert focused() is page.day


def test_a_wrong_line_is_reopened_by_arrow_and_amended(window, page):
    write("3-2-502")
    write("402")
    press(Key.Key_Up)
    press(Key.Key_Up)
    assert page.rows.door.text() == "3-2-502"
    press(Key.Key_Return)
    type_keys("3")
    press(Key.Key_Return)
    assert [page.sheet.lines[place].outcome for place in (0, 1)] == ["refused", "met"]
    assert sorted(row.plain("outcome") for row in visits(window)) == ["met", "refused"]
    assert page.sheet.place == 1


def test_undo_takes_the_last_line_back_and_its_words_stay(window, page, commit_text):
    write("3-2-502")
    type_keys("402")
    press(Key.Key_Return)
    type_keys("1")
    commit_text(focused(), "家里装修")
    press(Key.Key_Return)
    assert len(visits(window)) == 2
    press(Key.Key_Z, CTRL)
    assert len(visits(window)) == 1
    assert (page.sheet.place, page.rows.content.text(), page.rows.door.text()) == (1, "家里装修", "3-2-402")
    press(Key.Key_Return)
    assert len(visits(window)) == 2


def test_undo_of_an_amended_line_brings_the_former_words(window, page, commit_text):
    write("3-2-502")
    press(Key.Key_Up)
    page.rows.content.setFocus()
    commit_text(focused(), "恢复好")
    press(Key.Key_Return)
    press(Key.Key_Z, CTRL)
    (visit,) = visits(window)
    assert visit.plain("content") is None


def test_f4_stores_the_line_and_hears_its_need(window, page, commit_text, qtbot):
    type_keys("3-2-502")
    press(Key.Key_Return)
    type_keys("1")
    commit_text(focused(), "下水道返味")
    press(Key.Key_F4)
    dialog = next(one for one in window.findChildren(LineNeedDialog) if one.isVisible())
    qtbot.waitUntil(lambda: focused() is dialog.block.picker.field)
    type_keys("sdql")
    press(Key.Key_Return)
    close_by_saving()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    (visit,), (need,) = visits(window), rows_of(window.workspace, "need")
    assert (need.plain("visit"), need.plain("content"), need.plain("kind")) == (visit.id, "下水道返味", "N12")
    assert page.sheet.lines[0].needs == ("N12",)
    assert page.sheet.place == 1


def test_words_of_a_need_left_by_esc_are_gone_on_with(window, page, commit_text, qtbot):
    type_keys("3-2-502")
    press(Key.Key_Return)
    type_keys("1")
    commit_text(focused(), "下水道返味")
    for words in ("，一周了", "，请疏通"):
        qtbot.waitUntil(lambda: focused() is page.rows.content)
        press(Key.Key_F4)
        dialog = next(one for one in window.findChildren(LineNeedDialog) if one.isVisible())
        if words == "，一周了":
            dialog.block.content.setFocus()
        qtbot.waitUntil(lambda field=dialog.block.content: focused() is field)
        commit_text(focused(), words)
        found = dialog.block.content.value()
        QTest.keyPress(focused(), Key.Key_Escape)
        window.activateWindow()
        page.rows.content.setFocus()
    assert found == "下水道返味，一周了，请疏通"
    assert rows_of(window.workspace, "need") == []


def test_f6_offers_phrases_by_letter_and_ctrl_d_repeats(window, page):
    type_keys("3-2-502")
    press(Key.Key_Return)
    type_keys("2")
    press(Key.Key_F6)
    type_keys("a")
    assert focused() is page.rows.content
    said = page.rows.content.text()
    assert said == "敲门无人应，已留连心卡。"
    press(Key.Key_Return)
    type_keys("402")
    press(Key.Key_D, CTRL)
    assert page.rows.content.text() == said


def test_f8_goes_to_the_next_line_that_waits(window, page):
    type_keys("9-9-999")
    press(Key.Key_Down)
    write("3-2-502")
    assert page.sheet.place == 2
    assert page._counts["waiting"].text() == "1"
    press(Key.Key_F8)
    assert page.sheet.place == 0
    assert page.rows.door.text() == "9-9-999"


def test_enter_while_a_word_is_composed_is_the_input_methods(window, page, compose_text, commit_text):
    type_keys("3-2-502")
    press(Key.Key_Return)
    type_keys("1")
    compose_text(focused(), "huifu")
    press(Key.Key_Return)
    assert visits(window) == []
    commit_text(focused(), "恢复")
    press(Key.Key_Return)
    assert visits(window)[0].plain("content") == "恢复"


def test_what_is_typed_is_kept_and_comes_back(window, page, commit_text, qtbot):
    write("3-2-502")
    type_keys("402")
    press(Key.Key_Return)
    type_keys("2")
    commit_text(focused(), "写到一半")
    qtbot.waitUntil(lambda: "写到一半" in str(drafts.find(window.workspace, DRAFT)), timeout=3000)
    from gridworker.ui.pages.sheet import SheetPage

    again = SheetPage(window.workspace, window.refresh)
    qtbot.addWidget(again)
    assert [line.content for line in again.sheet.lines] == ["", "写到一半", ""]
    assert (again.sheet.place, again.sheet.lines[1].outcome) == (2, "not_met")


def test_copying_the_sentence_puts_counts_on_the_clipboard(window, page):
    write("3-2-502")
    page.side.chat.copy.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("第48周 走访1户")
    assert "李桂芳" not in copied
    QApplication.clipboard().clear()


def test_the_week_is_counted_between_no_two_lines_but_once_afterwards(qtbot, window, page, monkeypatch):
    page.side.chat.take()
    counted = []
    monkeypatch.setattr("gridworker.services.summary.chat_sentence", lambda *_given: counted.append(1) or "走访2户")
    pause = page.side.chat._pause
    pause.setInterval(60_000)  # however slow the machine is
    write("3-2-502")
    write("3-2-402")
    assert counted == []
    pause.start(0)
    qtbot.waitUntil(lambda: page.side.chat.sentence.text() == "走访2户")
    assert counted == [1]


def test_ctrl_delete_takes_away_what_was_not_stored(window, page):
    write("3-2-502")
    type_keys("9-9-999")
    press(Key.Key_Delete, CTRL)
    assert [line.door for line in page.sheet.lines] == ["3-2-502"]
    press(Key.Key_Delete, CTRL)
    assert window.message_bar.sentence().startswith("存了的行不能去掉")
    assert len(visits(window)) == 1


def test_a_paper_written_up_twice_is_told_and_stored_all_the_same(window, page):
    write("3-2-502")
    type_keys("3-2-502")
    assert page.rows._views[1].state == "当天第 2 次"
    assert page.side._whose._advice.text().startswith("这户当天已有 1 次走访")
    press(Key.Key_Return)
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert [view.state for view in page.rows._views[:2]] == ["已存", "已存，第 2 次"]
    assert len(visits(window)) == 2


def test_coming_back_goes_on_with_an_empty_line(window, page):
    write("3-2-502")
    press(Key.Key_Up)
    assert page.rows.door.text() == "3-2-502"
    window.show_page("today")
    press(Key.Key_F3)
    assert (page.sheet.place, page.rows.door.text()) == (1, "")
    write("402")
    assert page.sheet.lines[0].saved
    assert len(visits(window)) == 2


def test_a_stored_line_stays_stored_while_its_door_is_changed_and_esc_brings_it_back(window, page):
    write("3-2-502")
    press(Key.Key_Up)
    type_keys("9")
    assert (page.rows._views[0].state, page._counts["stored"].text(), page._counts["waiting"].text()) == (
        "已存，待改",
        "1",
        "1",
    )
    press(Key.Key_Down)
    assert (page.rows._views[0].state, page._counts["waiting"].text()) == ("已存，待改", "1")
    press(Key.Key_F8)
    press(Key.Key_Escape)
    assert (page.rows._views[0].state, page.rows.door.text()) == ("已存", "3-2-502")
    assert (page._counts["stored"].text(), page._counts["waiting"].text()) == ("1", "0")
    assert page.sheet.door(page.sheet.line).head == "李桂芳"
