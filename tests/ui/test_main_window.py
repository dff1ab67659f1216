"""The frame: lazy pages, keys, headings, search, messages, what gives way."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from gridworker.ui import keys, theme
from gridworker.ui.main_window import MainWindow
from gridworker.ui.page import Message, Page, PageSpec
from gridworker.ui.reveal import HOLD
from gridworker.ui.widgets.label import MaskedLabel
from gridworker.ui.widgets.search_box import Hit
from gridworker.ui.widgets.top_bar import Action, Heading


class MockPage(Page):
    def __init__(self, title, done, key="F4"):
        super().__init__(Heading(title), Action("登记", lambda: done.append(title), key=key))
        self.refreshed = 0
        self.opened = []
        self.went_back = 0
        self.field = QLineEdit()
        self.field.setAccessibleName(title)
        QVBoxLayout(self).addWidget(self.field)

    def refresh(self):
        self.refreshed += 1

    def open_key(self, key):
        self.opened.append(key)

    def go_back(self):
        self.went_back += 1

    def first_focus(self):
        return self.field


@pytest.fixture
def done():
    return []


@pytest.fixture
def window(qtbot, done):
    made = MainWindow([
        PageSpec("today", "今日", "calendar-check", lambda: MockPage("今日", done, key="F2")),
        PageSpec("household", "住户", "users", lambda: MockPage("住户", done)),
    ])  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    made.show_page("today")
    qtbot.waitUntil(made.page("today").field.hasFocus)
    return made


def test_pages_are_made_when_first_shown(window):
    assert window.stack.count() == 1
    window.show_page("household")
    assert window.stack.count() == 2


def test_alt_and_a_number_goes_to_a_page_and_focuses_its_first_field(window, qtbot):
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current_page() == "household"
    assert window.focusWidget() is window.page("household").field
    assert window.top_bar.title.text() == "住户"


def test_a_page_can_lead_to_a_record_on_another(window):
    window.page("today").navigate.emit("household", 7)
    assert window.current_page() == "household"
    assert window.page("household").opened == [7]


def test_f2_uses_the_action_of_the_page_or_asks_the_window(window, qtbot, done):
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F2)
    assert done == ["今日"]
    window.show_page("household")
    with qtbot.waitSignal(window.visit_asked):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F2)


def test_the_key_of_an_action_works_only_while_it_is_offered(window, qtbot, done):
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F4)
    assert done == []
    window.show_page("household")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F4)
    assert done == ["住户"]


def test_a_heading_shows_the_way_back(window, qtbot):
    page = window.page("today")
    page.set_heading(Heading("补录", "今日", "第48周"))
    assert window.top_bar.title.text() == "补录"
    assert window.top_bar.detail.text() == "第48周"
    qtbot.mouseClick(window.top_bar.parent_title, Qt.MouseButton.LeftButton)
    assert page.went_back == 1


def test_a_hidden_page_does_not_change_the_heading(window):
    hidden = window.page("household")
    hidden.set_heading(Heading("李桂芳 户", "住户"))
    assert window.top_bar.title.text() == "今日"


def test_only_the_visible_page_refreshes_at_once(window):
    window.show_page("household")
    shown, hidden = window.page("household"), window.page("today")
    before = shown.refreshed, hidden.refreshed
    window.refresh.changed.emit(object())
    assert (shown.refreshed, hidden.refreshed) == (before[0] + 1, before[1])
    window.show_page("today")
    assert hidden.refreshed == before[1] + 1


def test_ctrl_k_searches_and_enter_takes_the_first_hit(window, qtbot):
    window.searched.connect(lambda text: window.top_bar.search.show_hits([Hit("李桂芳 户", key=text)]))
    taken = []
    window.hit_chosen.connect(taken.append)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.focusWidget(), "lgf")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert taken == ["lgf"]


def test_ctrl_z_undoes_what_the_message_offers(window, qtbot):
    undone = []
    window.say(Message("saved", "已保存", act=lambda: undone.append(1)))
    window.page("today").setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    assert window.message_bar.sentence() == ""


def test_escape_cancels_long_work_and_closes_other_messages(window, qtbot):
    stopped = []
    window.message_bar.show_progress("正在导入 17 / 33", 0.5, lambda: stopped.append(1))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert stopped == [1]
    window.say(Message("warning", "看一下"))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.message_bar.sentence() == ""


def global_box(widget):
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def test_a_message_covers_neither_page_nor_title_nor_search(window):
    window.resize(1366, 768)
    before = global_box(window.stack)
    window.say(Message("saved", "已保存", act=print))
    said = global_box(window.message_bar)
    assert window.message_bar.isVisible()
    assert global_box(window.stack) == before
    for part in (window.stack, window.top_bar.title, window.top_bar.search):
        assert not said.intersects(global_box(part))


def test_a_long_message_takes_the_title_s_place_too(window):
    window.resize(1366, 768)
    window.say(Message("failure", "第7行D列：电话少一位，请改后重新导入；" * 3, "转到", print))
    said = global_box(window.message_bar)
    assert said.left() <= global_box(window.top_bar.title).left()
    assert not said.intersects(global_box(window.top_bar.search))


@pytest.mark.parametrize(("kind", "stays"), [("saved", False), ("warning", True), ("failure", True)])
def test_what_was_saved_on_one_page_is_not_offered_on_another(window, qtbot, kind, stays):
    window.say(Message(kind, "看一下", act=print))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert bool(window.message_bar.sentence()) is stays


def test_a_page_may_keep_ctrl_z_for_itself(window, qtbot):
    undone = []
    page = window.page("today")
    keys.bind(page, "Ctrl+Z", lambda: undone.append("page"))
    page.setFocus()
    window.say(Message("saved", "已保存", act=lambda: undone.append("window")))
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["page"]


def test_ctrl_enter_of_a_page_hears_both_enter_keys(window, qtbot):
    saved = []
    page = window.page("today")
    keys.bind(page, "Ctrl+Enter", lambda: saved.append(1))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(page.field, key, Qt.KeyboardModifier.ControlModifier)
    assert saved == [1, 1]


def test_a_narrow_window_shows_icons_only(window):
    window.resize(1366, 700)
    assert not window.sidebar.is_narrow()
    window.resize(1092, 574)
    assert window.sidebar.is_narrow()


def test_holding_alt_shows_masked_values(window, qtbot):
    page = window.page("today")
    asked = []
    masked = MaskedLabel("138****5678", lambda: asked.append(1) or "13800005678")
    page.layout().addWidget(masked)
    qtbot.keyPress(page.field, Qt.Key.Key_Alt)
    assert asked == []
    qtbot.waitUntil(lambda: masked.text() == "13800005678")
    qtbot.keyRelease(page.field, Qt.Key.Key_Alt)
    assert masked.text() == "138****5678"


def test_alt_with_another_key_or_a_left_page_shows_nothing(window, qtbot):
    page = window.page("today")
    asked = []
    page.layout().addWidget(MaskedLabel("138****5678", lambda: asked.append(1) or "13800005678"))
    qtbot.keyPress(page.field, Qt.Key.Key_Alt)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.wait(HOLD + 50)
    assert asked == []


def test_closing_tells_first(window, qtbot):
    with qtbot.waitSignal(window.closing):
        window.close()


@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("name", ["today", "household", "stats"])
def test_every_mock_page_fits_a_small_laptop(gallery, qtbot, name, scale):
    theme.apply(theme.LIGHT, scale, bundled_font=True)
    window = gallery.main_window()
    qtbot.addWidget(window)
    window.show_page(name)
    window.resize(1092, 574)
    window.show()
    assert window.size() == QSize(1092, 574)
