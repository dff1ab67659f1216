"""审核: through the queue by keys, a word saved and taken back, what a book said, replies going out."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.services import escalating, replying, review
from gridworker.services.replying import Reply
from gridworker.ui import theme
from tests.ui.township_window import close_desk, open_desk, with_books

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, township, open_copy, tmp_path):
    made = open_desk(qtbot, with_books(township, open_copy, tmp_path), "review")
    yield made
    close_desk(made)


@pytest.fixture
def page(desk):
    return desk.window.page("review")


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def test_the_first_of_the_queue_is_open(desk, page):
    first = page.queue.list.current_key()
    assert page.queue.list.hasFocus()
    assert page.record.number.text() == desk.workspace.row("need", first).plain("number")
    assert page.reply.due_on.value() is not None


def test_j_and_k_go_through_the_queue(page):
    first = page.queue.list.current_key()
    press(Qt.Key.Key_J)
    second = page.queue.list.current_key()
    press(Qt.Key.Key_K)
    assert page.queue.list.current_key() == first != second


def test_a_reply_is_written_saved_and_the_next_need_opened(desk, page, commit_text):
    need = page.queue.list.current_key()
    waiting = review.waiting_count(desk.workspace)
    press(Qt.Key.Key_A)
    assert page.reply.text.hasFocus()
    commit_text(page.reply.text, "周五前到场")
    press(Qt.Key.Key_Return, CTRL)
    row = desk.workspace.row("need", need)
    assert (row.plain("review"), row.plain("reply")) == ("accepted", "周五前到场")
    assert review.waiting_count(desk.workspace) == waiting - 1
    assert page.queue.list.current_key() not in {None, need}
    assert page.reply.text.value() == ""
    assert page.queue.done.text() == "这次已审 1"
    assert desk.window.top_bar.button.text() == "发出回复 1"


def test_u_passes_a_need_to_the_county_and_its_answer_is_written_down(qtbot, desk, page):
    need = page.queue.list.current_key()
    press(Qt.Key.Key_U)
    QApplication.activeModalWidget().form.editors["receiver"].set_value("县住建局")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_Return, CTRL)
    (step,) = escalating.of_need(desk.workspace, need)
    assert (step.from_level, step.to, step.waits) == ("乡镇", "县 县住建局", True)
    page.queue.filter.set_value(review.WHISTLE)
    page.queue.select(need)
    page.record.levels.answer_asked.emit(step.id)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None and QApplication.focusWidget() is not None)
    press(Qt.Key.Key_Return, CTRL)
    assert escalating.of_need(desk.workspace, need)[0].outcome == "已解决"
    desk.window.message_bar.undo()
    assert escalating.of_need(desk.workspace, need)[0].waits


def test_ctrl_z_takes_a_word_back(desk, page):
    need = page.queue.list.current_key()
    before = replying.reply_of(desk.workspace.row("need", need))
    press(Qt.Key.Key_Return, CTRL)
    assert replying.is_owed(desk.workspace, need)
    desk.window.message_bar.undo()
    assert replying.reply_of(desk.workspace.row("need", need)) == before
    assert not replying.is_owed(desk.workspace, need)
    assert page.queue.list.current_key() == need


def test_several_are_returned_with_one_comment_and_taken_back_together(desk, page, commit_text):
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    some = page.queue.list.selected_keys()
    assert len(some) == 3
    assert page.reply.foot.text() == "已选 3 件：写了的给每一件，空着的不改"
    assert page.reply.reply() == Reply("accepted")
    units = {one: desk.workspace.row("need", one).plain("assigned_to") for one in some}
    press(Qt.Key.Key_R)
    commit_text(page.reply.note_text, "缺照片，补后再报")
    press(Qt.Key.Key_Return, CTRL)
    assert {desk.workspace.row("need", one).plain("review_note") for one in some} == {"缺照片，补后再报"}
    assert page.queue.done.text() == "这次已审 3"
    assert {one: desk.workspace.row("need", one).plain("assigned_to") for one in some} == units
    desk.window.message_bar.undo()
    assert {desk.workspace.row("need", one).plain("review") for one in some} == {None}
    assert not any(replying.is_owed(desk.workspace, one) for one in some)


def test_several_go_to_one_unit_with_a_due_date(desk, page):
    first = page.queue.list.current_key()
    replying.save(desk.workspace, first, Reply(reply="先前答复"))
    page.refresh()
    page.queue.list.setFocus()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    some = page.queue.list.selected_keys()
    page.reply.unit.setText("镇住建办")
    page.reply.due_on.set_value(date(2026, 12, 4))
    press(Qt.Key.Key_Return, CTRL)
    told = [desk.workspace.row("need", one) for one in some]
    assert [(row.plain("assigned_to"), row.plain("due_on")) for row in told] == [("镇住建办", "2026-12-04")] * 2
    assert {row.plain("reply") for row in told if row.id == first} <= {"先前答复"}
    assert (
        page.reply.unit.value()
        == replying.reply_of(desk.workspace.row("need", page.queue.list.current_key())).assigned_to
    )


def test_returning_asks_for_the_reason(desk, page, commit_text):
    need = page.queue.list.current_key()
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Return, CTRL)
    assert desk.workspace.row("need", need).plain("review") is None
    assert page.reply.error.isVisible()
    commit_text(page.reply.note_text, "地点写不清")
    press(Qt.Key.Key_Return, CTRL)
    assert desk.workspace.row("need", need).plain("review_note") == "地点写不清"


def test_news_from_elsewhere_spare_a_word_being_written(desk, page, commit_text):
    press(Qt.Key.Key_A)
    commit_text(page.reply.text, "写到一半")
    desk.refresh.changed.emit(())
    assert page.reply.text.value() == "写到一半"


def test_a_filter_shows_other_needs_and_an_empty_one_says_so(desk, page):
    page.queue.filter.set_value("open")
    page.queue._show()
    assert page.queue.list.count() == sum("open" in one.queues for one in review.queue(desk.workspace))
    page.queue.show_lines([], desk.workspace.today)
    assert page.queue.empty.isVisible()
    assert not page.record.isEnabled()


def test_a_need_found_elsewhere_is_opened_here(desk, page):
    wanted = review.queue(desk.workspace)[-1].id
    desk.window.show_page("needs", wanted)  # a worker's page: the township reviews instead
    assert desk.window.current_page() == "review"
    assert page.record.number.text() == desk.workspace.row("need", wanted).plain("number")


def test_the_household_of_a_need_is_one_click_away(qtbot, desk, page):
    qtbot.mouseClick(page.record.home, Qt.MouseButton.LeftButton)
    assert desk.window.current_page() == "households"


def test_replies_leave_as_files(qtbot, desk, page, tmp_path):
    press(Qt.Key.Key_Return, CTRL)
    page.send(tmp_path)
    qtbot.waitUntil(lambda: not page._sending, timeout=20_000)
    assert [one.name for one in tmp_path.glob("*回复.xlsx")] == ["JX03_第48周_回复.xlsx"]
    assert replying.outgoing(desk.workspace) == {}
    assert "遮住版" in desk.window.message_bar.sentence()


def test_a_known_unit_is_taken_from_the_list(page):
    page.reply.known_units.setCurrentIndex(0)
    page.reply._take_unit(0)
    assert page.reply.reply().assigned_to == page.reply.known_units.itemText(0) != ""


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_page_fits_the_smallest_window(desk, page, scheme, scale):
    theme.apply(scheme, scale, bundled_font=True)
    desk.window.resize(1092, 574)
    QApplication.processEvents()
    least = desk.window.minimumSizeHint()
    assert least.width() <= 1092
    assert least.height() <= 574
    assert page.reply.save.isVisible()
