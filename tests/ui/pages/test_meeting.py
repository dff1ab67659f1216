"""A meeting held by real keys: signed in, said, counted, resolved, given to do, on to the next topic."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import meeting_deeds, meetings, proposals, records
from tests.ui.pages.test_affairs import in_front
from tests.ui.worker_window import CTRL, keys, open_window, press, rows_of

Key = Qt.Key


@pytest.fixture
def held(qtbot, worker):
    meeting = records.add(worker, ledger("meeting"), [{"name": "第9次议事会", "invited": 4}]).ids[0]
    for title in ("疏通主管道", "加充电口"):
        meeting_deeds.raise_topic(worker, meeting, title, "徐秀芝")
    window = open_window(qtbot, worker, households=0)
    window.show_page("meeting", meeting)
    return window.page("meeting"), meeting


def test_a_topic_is_counted_decided_and_given_to_do(worker, held):
    page, meeting = held
    assert page.topic.line.hasFocus()
    page.topic.line.setText("赵明：六楼不受影响")
    press(Key.Key_Return)
    press(Key.Key_I, CTRL)
    dialog = in_front(QApplication.activeModalWidget())
    press(Key.Key_Return)  # who raised the topics is expected
    dialog.typed.setText("赵明")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    in_front(page.window())
    press(Key.Key_2, CTRL)
    keys("1")
    press(Key.Key_Return)
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert meetings.read(worker, meeting).agenda[0].decision == ""  # one vote, two present
    press(Key.Key_Z)
    keys("2")
    for _box in range(3):
        press(Key.Key_Return)
    assert page.topic.resolution.hasFocus()
    page.topic.resolution.setText("用维修金疏通")
    press(Key.Key_Return)
    page.topic.task.setText("张贴公示")
    page.topic.responsible.setText("秦淑芬")
    page.topic.due.setFocus()
    keys("1130")
    press(Key.Key_Return)
    shown = meetings.read(worker, meeting)
    item = shown.agenda[0]
    assert {one.name for one in shown.people} == {"徐秀芝", "赵明"}
    assert (item.votes, item.decision, item.resolution) == ((2, 0, 0), "通过", "用维修金疏通")
    assert item.minutes[0].endswith("赵明：六楼不受影响")
    assert [(one.content, one.responsible, one.due_on) for one in item.tasks] == [("张贴公示", "秦淑芬", "2026-11-30")]
    press(Key.Key_Return, CTRL)
    assert page.agenda.rows.current_key() == shown.agenda[1].id


def test_votes_that_do_not_add_up_keep_one_at_the_topic(worker, held):
    page, meeting = held
    meeting_deeds.count_present(worker, meeting, 3)
    page.refresh()
    press(Key.Key_2, CTRL)
    keys("2")
    first = page.agenda.rows.current_key()
    press(Key.Key_Return, CTRL)
    assert page.agenda.rows.current_key() == first
    page.agenda.rows.select_number(1)
    assert (page.agenda.rows.current_key(), page.topic.votes.boxes[0].value()) == (first, 2)
    page.topic.line.setText("赵明：再看看")
    page.topic.line.setFocus()
    press(Key.Key_Return)
    assert page.topic.votes.boxes[0].value() == 2  # what is being counted stays while a line is saved


def test_a_waiting_topic_is_taken_up_and_its_way_stands_on_its_record(worker, held):
    page, meeting = held
    (topic,) = records.add(worker, ledger("topic"), [{"title": "晾衣架统一位置"}]).ids
    press(Key.Key_N, CTRL)
    in_front(QApplication.activeModalWidget()).typed.setText("晾衣")
    press(Key.Key_Return)
    assert [one.title for one in meetings.read(worker, meeting).agenda][-1] == "晾衣架统一位置"
    assert proposals.waiting(worker) == []
    in_front(page.window())
    page.navigate.emit("affairs", ("topic", topic))
    assert page.window().page("affairs").view.isVisible()
    assert rows_of(worker, "meeting")[0].plain("state") == "进行中"
