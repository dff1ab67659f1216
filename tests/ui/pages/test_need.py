"""One need: its way, the township's word, the log, and every move with what the rules ask."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gridworker.domain.ledgers import ledger
from gridworker.services import need_page
from gridworker.store.door import Change
from gridworker.ui.pages import need, need_around
from gridworker.ui.pages.form_editors import show
from gridworker.ui.pages.need import NeedPanel, main_action
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.timeline import _Entry
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    made.show_page("needs")
    return made


@pytest.fixture
def page(window):
    return window.page("needs")


def open_with_status(window, status):
    row = next(row for row in rows_of(window.workspace, "need") if row.plain("status") == status)
    window.show_page("needs", row.id)
    window.page("needs").rows.setFocus()
    return row.id


def row(window, id):
    return window.workspace.row("need", id)


def fill(panel, **given):
    for name, value in given.items():
        show(panel.form.editors[name], value)


def heads(page):
    return [entry._event.head for entry in page.panel.findChildren(_Entry)]


def test_n_writes_a_step_and_the_next_one_and_moves_the_need_on(window, page, commit_text):
    id = open_with_status(window, "已登记")
    type_keys("n")
    assert page.panel.form is not None
    type_keys("2")
    press(Key.Key_Tab)
    commit_text(QApplication.focusWidget(), "问过医保窗口")
    fill(page.panel, next_on="2026-11-27", next="陪同去交")
    press(Key.Key_Return, CTRL)
    assert page.panel.form is None
    assert row(window, id).plain("status") == "办理中"
    assert any("电话" in head for head in heads(page))
    events = need_page.read(window.workspace, id).events
    assert "陪同去交" in [event.body for event in events if event.sort == "planned"]


def test_a_step_without_words_is_refused_in_its_form(window, page):
    open_with_status(window, "办理中")
    type_keys("n")
    press(Key.Key_Return, CTRL)
    form = page.panel.form
    assert form._rows["content"].error.isVisible()
    assert form.editors["content"].hasFocus()


def test_a_next_step_without_a_day_is_told_at_that_line(window, page, commit_text):
    open_with_status(window, "办理中")
    type_keys("n")
    form = page.panel.form
    for name in ("content", "next"):
        form.editors[name].setFocus()
        commit_text(QApplication.focusWidget(), "问过窗口")
    press(Key.Key_Return, CTRL)
    assert page.panel.form is form
    assert not form._rows["content"].error.isVisible()
    assert "日期" in form._rows["next_on"].error._sentence.text()
    assert form.editors["next_on"].hasFocus()


@pytest.mark.parametrize(
    ("action", "name"), [(need.STEP, "done_on"), (need.CLOSE, "closed_on"), (need.EXTEND, "due_on")]
)
def test_a_day_that_is_not_understood_is_told_at_its_field(window, page, action, name):
    id = open_with_status(window, "办理中")
    before = row(window, id)
    page.panel.asked.emit(action, None)
    form = page.panel.form
    form.editors[name].setFocus()
    form.editors[name].selectAll()
    type_keys("qq")
    form.first_focus().setFocus()
    press(Key.Key_Return, CTRL)
    assert page.panel.form is form
    assert form._rows[name].error.isVisible()
    assert "“qq”" in form._rows[name].error._sentence.text()
    assert form.editors[name].hasFocus()
    assert row(window, id) == before


def test_esc_leaves_the_form_and_gives_the_list_its_keys_back(window, page):
    open_with_status(window, "办理中")
    type_keys("n")
    press(Key.Key_Escape)
    assert page.panel.form is None
    assert page.rows.hasFocus()


def test_closing_calling_back_and_writing_off_by_ctrl_enter(window, page):
    id = open_with_status(window, "办理中")
    press(Key.Key_Return, CTRL)
    fill(page.panel, result_note="灯换好了")
    press(Key.Key_Return, CTRL)
    assert (row(window, id).plain("status"), row(window, id).plain("result")) == ("已办结", "已解决")
    window.show_page("needs", id)
    assert page.panel.main.text() == "回访"
    press(Key.Key_Return, CTRL)
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("satisfaction") == "满意"
    window.show_page("needs", id)
    assert page.panel.main.text() == "销号"
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("status") == "已销号"
    press(Key.Key_Return, CTRL)  # nothing is left to be done
    assert page.panel.form is None
    window.show_page("needs", id)
    assert not page.panel.main.isVisible()


def test_who_is_dissatisfied_has_the_need_taken_up_again(window, page):
    id = open_with_status(window, "已办结")
    press(Key.Key_Return, CTRL)
    type_keys("4")
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("status") == "办理中"
    assert row(window, id).plain("closed_on") is None


def test_putting_off_asks_for_a_reason(window, page):
    id = open_with_status(window, "办理中")
    before = row(window, id).plain("due_on")
    page.panel._extend.click()
    fill(page.panel, due_on="2026-12-31")
    press(Key.Key_Return, CTRL)
    assert page.panel.form is not None
    assert row(window, id).plain("due_on") == before
    fill(page.panel, moved_reason="等配件")
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("due_on") == "2026-12-31"


def test_putting_off_to_the_same_day_is_refused_at_that_field(window, page):
    id = open_with_status(window, "办理中")
    before = window.workspace.store.connection.total_changes
    type_keys("y")
    press(Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is page.panel.form.editors["due_on"]
    assert any("要晚于原来的" in one.text() for one in page.panel.form.findChildren(QLabel))
    assert window.workspace.store.connection.total_changes == before
    assert row(window, id).plain("status") == "办理中"


def test_a_need_goes_up_by_two_keys_is_answered_and_can_be_taken_back(window, page):
    id = open_with_status(window, "办理中")
    type_keys("u")
    press(Key.Key_Return, CTRL)
    assert (row(window, id).plain("status"), page.panel.page.standing.level) == ("已上报", "乡镇")
    assert "在乡镇 · 11月25日起" in {pill.text() for pill in page.panel.findChildren(Pill)}
    (waiting,) = page.panel.page.around.passed
    page.panel.asked.emit(need_around.ANSWER_ABOVE, waiting.id)
    page.panel.form.editors["outcome"].set_value("退回")
    press(Key.Key_Return, CTRL)
    assert page.panel.page.standing.level == "网格"
    press(Key.Key_Z, CTRL)
    assert page.panel.page.standing.level == "乡镇"


def test_only_moves_the_rules_allow_are_offered(window, page):
    open_with_status(window, "已上报")
    words = [action.text() for action in page.panel._menu.actions()]
    assert "改为 办理中" in words
    assert "改为 已作废" not in words


def test_a_planned_step_is_done_by_its_link(window, page):
    planned = next(row for row in rows_of(window.workspace, "followup") if row.plain("done_on") is None)
    window.show_page("needs", planned.plain("need"))
    event = next(one for one in page.panel.page.events if one.sort == "planned")
    page._ask(need.FINISH, event)
    page.panel.form.submit()
    assert window.workspace.row("followup", event.step).plain("done_on") == window.workspace.today.isoformat()


def test_the_reply_is_marked_until_the_township_confirms(qtbot, worker, window):
    shown = need_page.read(worker, open_with_status(window, "已上报"))
    reply = need_page.Reply(
        "可以代办", "县医保中心", "退回", "缺照片", "回复.xlsx", "2026-11-20T09:00", unconfirmed=True
    )
    panel = NeedPanel(worker)
    qtbot.addWidget(panel)
    panel.show_need(replace(shown, reply=reply))
    pills = {pill.text() for pill in panel.findChildren(Pill)}
    assert {"表内填写", "退回"} <= pills
    assert "可以代办" in {label.text() for label in panel.findChildren(QLabel)}


@pytest.mark.parametrize(
    ("status", "state", "action"),
    [
        ("办理中", "逾期", need.CLOSE),
        ("已办结", "待回访", need.CALL_BACK),
        ("已办结", "已办结", need.WRITE_OFF),
        ("已销号", "已销号", ""),
    ],
)
def test_the_main_action_follows_the_state(window, status, state, action):
    shown = need_page.read(window.workspace, rows_of(window.workspace, "need")[0].id)
    assert main_action(replace(shown, status=status, state=state)) == action


def test_the_person_leads_to_the_household(window, page):
    id = open_with_status(window, "办理中")
    page.panel.household_asked.emit(row(window, id).plain("household"))
    assert window.current_page() == "households"
    assert window.page("households").household == row(window, id).plain("household")


@pytest.mark.parametrize("status", ["已上报", "已办结"])
def test_what_was_returned_is_taken_up_again_by_the_main_key(window, page, status):
    id = open_with_status(window, status)
    window.workspace.write("reply", Change(ledger("need"), {"review": "returned", "review_note": "缺照片"}, id))
    window.show_page("needs", id)
    page.refresh()
    assert {"已退回"} <= {pill.text() for pill in page.panel.findChildren(Pill)}
    assert page.panel.main.text() == "继续办理"
    page.rows.setFocus()
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("status") == "办理中"
    type_keys("u")
    press(Key.Key_Return, CTRL)
    assert (row(window, id).plain("status"), row(window, id).plain("review")) == ("已上报", None)
    assert page.panel.page.state != "已退回"


def test_y_puts_off_and_the_log_says_so(window, page, commit_text):
    id = open_with_status(window, "办理中")
    type_keys("y")
    type_keys("2027-01-31")
    press(Key.Key_Tab)
    while QApplication.focusWidget() is not page.panel.form.editors["moved_reason"]:
        press(Key.Key_Tab)
    commit_text(QApplication.focusWidget(), "等配件")
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("due_on") == "2027-01-31"
    assert any("改为 2027-01-31" in head for head in heads(page))


def choose_in_menu(page, word):
    type_keys("m")
    menu = page.panel._menu
    while menu.activeAction().text() != word:
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    QApplication.processEvents()


def test_voiding_by_keys_asks_for_the_reason(window, page, commit_text):
    id = open_with_status(window, "办理中")
    choose_in_menu(page, "改为 已作废")
    assert page.panel.form.verb == "作废"
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("status") == "办理中"
    commit_text(QApplication.focusWidget(), "登记错了")
    press(Key.Key_Return, CTRL)
    assert row(window, id).plain("status") == "已作废"
    window.show_page("needs", id)
    assert any("已作废" in head for head in heads(page))


def test_merging_by_keys_names_the_other_need(window, page, commit_text):
    id = open_with_status(window, "办理中")
    other = next(one for one in rows_of(window.workspace, "need") if one.plain("status") == "已登记")
    choose_in_menu(page, "改为 已合并")
    commit_text(QApplication.focusWidget(), other.plain("number"))
    QTest.qWait(120)
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)  # they are of different households
    assert (row(window, id).plain("status"), row(window, id).plain("merged_into")) == ("已合并", other.id)
    assert other.plain("number") in told_of(window, id)


def told_of(window, id):
    return "\n".join(event.body for event in need_page.read(window.workspace, id).events)


def test_a_need_taken_up_again_says_how_often(window, page):
    id = open_with_status(window, "已办结")
    press(Key.Key_Return, CTRL)
    type_keys("4")
    press(Key.Key_Return, CTRL)
    window.show_page("needs", id)
    assert "重办 1 次" in {pill.text() for pill in page.panel.findChildren(Pill)}
    assert any("回访 · 不满意" in head for head in heads(page))
