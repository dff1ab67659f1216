"""What the bar says, offers and takes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gridworker.ui.widgets.message_bar import MessageBar


@pytest.fixture
def bar(qtbot):
    page = QWidget()
    page.resize(700, 100)
    made = MessageBar(page)
    qtbot.addWidget(page)
    page.show()
    made.page = page
    return made


def verb(bar):
    return next(
        button
        for button in bar.findChildren(QWidget)
        if button.isVisible() and button.property("ring") and button.text()
    )


def test_saved_offers_undo_for_some_seconds(bar, qtbot):
    undone = []
    bar.show_saved("已保存", lambda: undone.append(1), seconds=1)
    assert bar.sentence() == "已保存"
    qtbot.waitUntil(lambda: bar.sentence() == "", timeout=3000)
    bar.undo()
    assert undone == []


def test_undo_runs_once(bar):
    undone = []
    bar.show_saved("已保存", lambda: undone.append(1))
    bar.undo()
    bar.undo()
    assert undone == [1]


def test_the_verb_of_a_warning_acts_and_closes(bar, qtbot):
    went = []
    bar.show_warning("第7行D列：电话少一位，请改后重新导入", "转到", lambda: went.append(1))
    qtbot.mouseClick(verb(bar), Qt.MouseButton.LeftButton)
    assert went == [1]
    assert bar.sentence() == ""


def test_undo_does_not_act_on_a_warning(bar):
    went = []
    bar.show_warning("看一下", "转到", lambda: went.append(1))
    bar.undo()
    assert went == []


def test_progress_can_be_cancelled_and_is_replaced_by_the_result(bar):
    stopped = []
    bar.show_progress("正在导入 17 / 33", 17 / 33, lambda: stopped.append(1))
    bar.cancel()
    assert stopped == [1]
    bar.show_progress("正在导入 33 / 33", 1.0)
    bar.show_failure("U盘写不进去，文件没有导出。换个位置再试", "另存到…", lambda: None)
    assert bar.sentence().startswith("U盘")


def test_the_whole_sentence_is_spoken_and_in_the_tooltip_when_cut(bar):
    bar.setGeometry(0, 0, 220, 40)
    bar.show_failure("U盘写不进去，文件没有导出。换个位置再试一次，或者先存到桌面", "另存到…", lambda: None)
    assert bar.accessibleName().endswith("桌面")
