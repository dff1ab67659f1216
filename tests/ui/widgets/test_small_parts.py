"""Cards, labels, pills, tiles, timelines, sidebar, focus ring."""

import gc
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from gridworker.ui.widgets.button import LINK, PRIMARY, Button, icon_button
from gridworker.ui.widgets.card import Card, scrolling
from gridworker.ui.widgets.draft_mark import DraftMark
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.number_tile import NumberTile
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.sidebar import NavItem, Sidebar
from gridworker.ui.widgets.timeline import Event, Timeline


@pytest.fixture
def shown(qtbot):
    """Shows a widget and hands it back."""

    def show(widget, width=None, height=None):
        qtbot.addWidget(widget)
        if width:
            widget.resize(width, height or widget.sizeHint().height())
        widget.show()
        return widget

    return show


def test_buttons_have_the_heights_of_the_design():
    heights = [Button("保存", PRIMARY).sizeHint().height(), Button("小", small=True).sizeHint().height()]
    assert heights == [33, 28]
    assert Button("转到", LINK).sizeHint().width() < Button("转到").sizeHint().width()


def test_a_button_says_its_key_and_acts_on_space(shown, qtbot):
    button = shown(Button("保存并下一户", PRIMARY, icon="check", key="Ctrl+Enter"))
    assert button.accessibleName() == "保存并下一户 Ctrl+Enter"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_an_icon_button_is_named(shown):
    assert shown(icon_button("x", "关闭提示")).accessibleName() == "关闭提示"


def test_a_label_that_is_cut_tells_the_rest(shown):
    name = shown(ElidedLabel("金江西苑 3栋2单元502 · 常住1人"), 80)
    assert name.toolTip() == "金江西苑 3栋2单元502 · 常住1人"
    name.resize(400, 20)
    assert name.toolTip() == ""


def test_an_empty_pill_hides(shown):
    box = QWidget()
    pill = Pill("已答复", "green")
    QVBoxLayout(box).addWidget(pill)
    shown(box)
    pill.show_state("", "grey")
    assert not pill.isVisible()
    pill.show_state("超期 3 天", "red")
    assert pill.isVisible()


def test_a_card_without_title_has_no_title_row():
    titled, bare = Card("走访"), Card()
    assert titled.sizeHint().height() > bare.sizeHint().height()


def test_a_tile_drops_its_note_before_its_label(shown):
    tile = NumberTile("第47周已交", "inbox")
    tile.show_number("33", "/ 40", "截止 周五 12:00")
    shown(tile, 300)
    assert tile.note.isVisible()
    tile.resize(130, tile.height())
    assert not tile.note.isVisible()
    assert tile.label.isVisible()


def test_a_tile_that_leads_somewhere_is_clicked_by_mouse_and_enter(shown, qtbot):
    tile = shown(NumberTile("未交", links=True))
    clicks = []
    tile.clicked.connect(lambda: clicks.append(1))
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert clicks == [1, 1]


def test_a_plain_tile_is_no_tab_stop(shown):
    assert shown(NumberTile("未交")).focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_timeline_shows_every_event_and_can_change(shown):
    timeline = shown(Timeline([Event(f"11月{day}日 · 入户", "面色好", "陈晓芸") for day in range(1, 9)]), 400)
    before = timeline.sizeHint().height()
    timeline.show_events([Event("11月16日 · 入户 · 见面", "面色好", "陈晓芸", "door-open", "green")])
    assert timeline.sizeHint().height() < before / 4
    spoken = [entry.accessibleName() for entry in timeline.findChildren(QWidget) if entry.accessibleName()]
    assert spoken[-1] == "11月16日 · 入户 · 见面，面色好，陈晓芸"


def test_a_long_event_wraps_inside_a_scroll_area(shown):
    text = "本人在家，精神好，伤口恢复正常。" * 8
    timeline = Timeline([Event("11月16日 · 入户 · 见面", text, "陈晓芸")])
    area = shown(scrolling(timeline), 300, 200)
    assert timeline.width() == area.viewport().width()
    assert timeline.height() > 100


def test_an_empty_state_says_what_to_do(shown):
    state = shown(EmptyState("inbox", "还没有诉求", "走访时按 F4 记下第一件", [Button("登记诉求", PRIMARY)]), 400)
    state.show_words("没有找到", "换个条件")
    assert "没有找到" in [part.text() for part in state.findChildren(QLabel)]


def test_a_draft_mark_appears_with_the_first_draft(shown):
    box, mark = QWidget(), DraftMark()
    QVBoxLayout(box).addWidget(mark)
    shown(box)
    assert not mark.isVisible()
    mark.show_saved(datetime(2026, 11, 25, 14, 2))
    assert mark.isVisible()
    assert mark.text() == "草稿已保存 14:02"


def test_a_legend_splits_keys_at_spaces(shown):
    legend = shown(KeyLegend([("↑ ↓", "选择"), ("Enter", "打开")]))
    assert [part.text() for part in legend.findChildren(QLabel)] == ["↑", "↓", "选择", "Enter", "打开"]


@pytest.fixture
def sidebar(shown):
    items = [NavItem("today", "今日", "calendar-check"), NavItem("need", "诉求", "send")]
    return shown(Sidebar("网格走访", items), 168, 500)


def test_the_sidebar_asks_for_a_page_by_mouse_and_by_enter(sidebar, qtbot):
    asked = []
    sidebar.asked.connect(asked.append)
    buttons = [part for part in sidebar.findChildren(QWidget) if part.accessibleName() in ("今日", "诉求")]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(buttons[0], Qt.Key.Key_Return)
    assert asked == ["need", "today"]


def test_a_count_is_spoken(sidebar):
    sidebar.set_count("need", 2)
    assert "诉求 2" in [part.accessibleName() for part in sidebar.findChildren(QWidget)]


def test_a_narrow_sidebar_is_sixty_wide(sidebar):
    sidebar.set_narrow(True)
    assert (sidebar.sizeHint().width(), sidebar.maximumWidth()) == (60, 60)
    sidebar.set_narrow(False)
    assert sidebar.sizeHint().width() == 168


def rings(window):
    return [part for part in window.findChildren(QWidget) if type(part).__name__ == "_Ring" and part.isVisible()]


@pytest.fixture
def buttons(shown):
    window = QWidget()
    column = QVBoxLayout(window)
    window.made = [Button("打印"), Button("跳过")]
    for button in window.made:
        column.addWidget(button)
    return shown(window, 200, 200)


def test_one_ring_surrounds_the_focused_control_and_follows_it(buttons, qtbot):
    buttons.made[0].setFocus()
    qtbot.waitUntil(lambda: len(rings(buttons)) == 1)
    buttons.made[1].setFocus()
    target = buttons.made[1]
    qtbot.waitUntil(lambda: [ring.geometry() for ring in rings(buttons)] == [target.geometry().adjusted(-4, -4, 4, 4)])
    target.move(target.pos() + QPoint(10, 10))
    qtbot.waitUntil(lambda: [ring.geometry() for ring in rings(buttons)] == [target.geometry().adjusted(-4, -4, 4, 4)])


def test_the_ring_lets_clicks_through(buttons, qtbot):
    buttons.made[0].setFocus()
    qtbot.waitUntil(lambda: len(rings(buttons)) == 1)
    assert rings(buttons)[0].testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_windows_with_a_ring_can_be_thrown_away(qtbot):
    for _each in range(10):
        window = QWidget()
        column = QVBoxLayout(window)
        for text in ("打印", "跳过"):
            column.addWidget(Button(text))
        window.show()
        window.findChildren(Button)[0].setFocus()
        QApplication.processEvents()
        window.close()
        del window, column
        gc.collect()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    assert QApplication.focusWidget() is None
