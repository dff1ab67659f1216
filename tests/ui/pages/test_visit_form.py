"""The quick visit form: chips, kinds, papers, due dates, problems beside the fields, drafts that survive."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.services import drafts, phrases
from gridworker.services.visiting import VISIT, FormProblem
from gridworker.ui.pages.today import DRAFTS
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.widgets.draft_timer import PAUSE
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key


@pytest.fixture
def window(qtbot, worker):
    made = open_window(qtbot, worker)
    household = rows_of(worker, "household")[0].id
    made.show_page("households", HouseholdKey(household))
    QApplication.processEvents()
    return made


@pytest.fixture
def page(window):
    return window.page("households")


@pytest.fixture
def form(page):
    return page.form


def choose_kind(form, typed):
    press(Key.Key_F4)
    type_keys(typed)
    press(Key.Key_Return)
    return form._needs[-1]


def test_digits_choose_within_the_line_that_has_the_focus(form):
    type_keys("3")
    assert form.mode.value() == "wechat"
    press(Key.Key_Tab)
    type_keys("2")
    assert form.outcome.value() == "not_met"
    assert form.mode.value() == "wechat"


def test_tab_goes_through_the_form_in_the_order_of_the_eye(form):
    block = choose_kind(form, "ylbx")
    form.moment.setFocus()
    groups = []
    for _each in range(14):
        here = QApplication.focusWidget()
        known = (form.moment, form.mode, form.outcome, form.publicity, form.content, form.phrases, block)
        groups.append(next((part for part in known if part is here or part.isAncestorOf(here)), None))
        press(Key.Key_Tab)
    seen = list(dict.fromkeys(group for group in groups if group))
    assert seen == [form.moment, form.mode, form.outcome, form.publicity, form.content, form.phrases, block]


def test_the_phrases_follow_the_outcome_and_letters_insert_them(form):
    met = [chip.choice.value for chip in form.phrases.chips()]
    press(Key.Key_F6)
    type_keys("a")
    assert form.content.value() == met[0]
    form.outcome.setFocus()
    type_keys("2")
    assert [chip.choice.value for chip in form.phrases.chips()] != met


def test_every_phrase_that_has_a_letter_in_the_settings_is_taken_by_it(form, window):
    added = [*phrases.shipped(phrases.MET), "水表已抄。", "门铃坏了。", "狗已拴好。"]
    phrases.keep(window.workspace, phrases.MET, added)
    form._show_phrases()
    press(Key.Key_F6)
    type_keys("d")
    assert form.content.value() == "水表已抄。"
    assert [chip.choice.key for chip in form.phrases.chips()] == list(phrases.LETTERS)


def test_a_kept_phrase_comes_first(form):
    form.content.set_value("老人去女儿家了")
    form._keep_phrase()
    assert form.phrases.chips()[0].choice.value == "老人去女儿家了"


def test_more_topics_unfold_by_their_digit(form):
    form.publicity.setFocus()
    few = len(form.publicity.chips())
    type_keys("0")
    assert len(form.publicity.chips()) > few
    type_keys("1")
    assert form.given()[0]["publicity"] == ["反诈"]


def test_a_kind_brings_its_lines_papers_and_due_date(form, window):
    block = choose_kind(form, "ylbx")
    assert QApplication.focusWidget() is block.content
    assert {"matter", "hospital", "amount", "agent"} <= block._fields.editors.keys()
    assert not block._fields.papers.isVisible()
    block._fields.editors["matter"].setFocus()
    type_keys("1")
    assert block._fields.papers.isVisible()
    assert block._fields.papers._count.text() == "齐 0 / 7"
    assert block._why.text() == "15个工作日"
    given = form.given()[1][0].fields
    assert given["kind"] == "N03"
    assert given["due_on"] > (window.workspace.today + timedelta(days=15)).isoformat()


def test_ticked_papers_are_counted_and_saved(form):
    block = choose_kind(form, "N02")
    block._fields.editors["stage"].setFocus()
    type_keys("6")
    boxes = list(block._fields.papers._boxes.values())
    boxes[0].click()
    assert block._fields.papers._count.text().startswith("齐 1 /")
    assert form.given()[1][0].fields["materials"] == ["父母身份证"]


def test_urgency_letters_move_the_due_date_unless_it_was_typed(form, window):
    block = choose_kind(form, "sdql")
    usual = block._due.iso()
    block._urgency.setFocus()
    type_keys("r")
    assert block._due.iso() == (window.workspace.today + timedelta(days=1)).isoformat()
    block._due.setFocus()
    block._due.setText("1214")
    block._due.setModified(True)
    assert block._due.iso().endswith("12-14")
    assert block._why.text().startswith("自定")
    assert usual != block._due.iso()


@pytest.mark.parametrize("digit", ["1", "3"])
def test_a_digit_takes_an_offered_kind_while_nothing_is_typed(form, digit):
    press(Key.Key_F4)
    block = form._needs[0]
    chip = next(chip for chip in block.picker._offers.chips() if chip.choice.key == digit)
    type_keys(digit)
    assert block._kind == chip.choice.value
    assert block.content.hasFocus()


def test_a_digit_after_a_letter_belongs_to_the_code(form):
    press(Key.Key_F4)
    block = form._needs[0]
    type_keys("n02")
    assert block.picker.field.text() == "n02"
    assert not block._kind
    press(Key.Key_Return)
    assert block._kind == "N02"


def test_what_fits_no_kind_is_told_at_once(form):
    press(Key.Key_F4)
    picker = form._needs[0].picker
    field = picker.field
    assert not picker._none.isVisible()
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) < field.width() - 16
    type_keys("xqzx")
    assert picker._none.isVisible()
    assert not picker._offers.isVisible()
    press(Key.Key_Backspace)
    field.clear()
    assert picker._offers.isVisible()


def test_an_input_method_that_composes_keeps_enter(form, compose_text):
    press(Key.Key_F4)
    block = form._needs[0]
    compose_text(block.picker.field, "yi liao")
    press(Key.Key_Return)
    assert not block._kind
    assert form.isVisible()


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_saved(form, window):
    before = len(rows_of(window.workspace, "visit"))
    press(Key.Key_F4)
    press(Key.Key_Return, CTRL)
    block = form._needs[0]
    assert "类别" in block._kind_row.error._sentence.text()
    assert block.picker.field.hasFocus()
    assert len(rows_of(window.workspace, "visit")) == before


def test_a_visit_of_tomorrow_is_refused(form):
    form.moment.setFocus()
    form.moment.setText("明天")
    form.moment.setModified(True)
    press(Key.Key_Return, CTRL)
    assert form._moment_row.error.isVisible()


def test_text_that_is_no_day_says_so(form):
    form.moment.setFocus()
    form.moment.setText("前几天")
    form.moment.setModified(True)
    form.mode.setFocus()
    assert form._moment_row.error.isVisible()


def test_problems_of_the_visit_and_of_needs_go_to_their_places(form):
    block = choose_kind(form, "N01")
    form.show_problems([FormProblem(VISIT, "visited_at", "晚了"), FormProblem(0, "content", "写一句")])
    assert form._moment_row.error._sentence.text() == "晚了"
    assert block._content_row.error._sentence.text() == "写一句"


def test_two_needs_are_numbered_and_one_can_be_taken_out(form):
    choose_kind(form, "N01")
    second = choose_kind(form, "N12")
    assert second._title.text() == "诉求 2"
    press(Key.Key_Delete, CTRL)
    assert [block._kind for block in form._needs] == ["N01"]


def test_the_next_visit_follows_the_manner_and_can_be_agreed(form, window):
    by_rule = form.next_visit.chips()[0].text()
    form.outcome.setFocus()
    type_keys("4")
    assert form.next_visit.chips()[0].text() != by_rule
    form.next_visit.setFocus()
    press(Key.Key_Right)
    assert form.next_on.isVisible()
    form.next_on.set_iso("2026-12-24")
    assert form.given()[0]["next_on"] == "2026-12-24"


def test_a_draft_is_kept_after_a_pause_and_comes_back_with_its_needs(form, page, window, qtbot):
    household = page.household
    block = choose_kind(form, "ylbx")
    block.content.set_value("不会报销")
    block._fields.editors["matter"].setFocus()
    type_keys("1")
    block._fields.papers._boxes["身份证"].click()
    qtbot.wait(PAUSE + 100)
    assert form.draft_mark.isVisible()
    assert drafts.find(window.workspace, f"{DRAFTS}{household}")
    page.go_back()
    window.show_page("households", HouseholdKey(rows_of(window.workspace, "household")[1].id))
    assert not form._needs
    window.show_page("households", HouseholdKey(household))
    (need,) = form.given()[1]
    assert (need.fields["kind"], need.fields["content"]) == ("N03", "不会报销")
    assert need.fields["materials"] == ["身份证"]


def test_the_words_of_a_draft_are_gone_on_with(form, page, window, commit_text):
    household = page.household
    commit_text(form.content, "腿脚好多了")
    window.show_page("needs")
    window.show_page("households", HouseholdKey(rows_of(window.workspace, "household")[1].id))
    window.show_page("households", HouseholdKey(household))
    form.content.setFocus()
    commit_text(QApplication.focusWidget(), "，药够吃")
    assert form.content.value() == "腿脚好多了，药够吃"


def test_leaving_keeps_a_draft_at_once(form, page, window):
    household = page.household
    type_keys("2")
    window.show_page("needs")
    assert drafts.find(window.workspace, f"{DRAFTS}{household}")[0]["visit"]["mode"] == "phone"


def test_a_draft_keeps_a_time_that_was_not_understood(form, page, window):
    household = page.household
    type_keys("2")
    form.moment.setText("xyz")
    form.moment.setModified(True)
    window.show_page("needs")
    window.show_page("households", HouseholdKey(household))
    assert form.moment.text() == "xyz"
    assert form.moment.unread()


def test_looking_leaves_no_draft(page, window):
    window.show_page("needs")
    assert drafts.names(window.workspace, DRAFTS) == []


def test_saving_and_emptying_forget_the_draft(form, page, window):
    type_keys("2")
    page.drafts.keep()
    press(Key.Key_Return, CTRL)
    assert drafts.names(window.workspace, DRAFTS) == []
    type_keys("2")
    page.drafts.keep()
    form.clear.click()
    assert drafts.names(window.workspace, DRAFTS) == []
    assert form.mode.value() == "home"


def test_parts_that_come_and_go_open_no_windows_of_their_own(form, window):
    choose_kind(form, "ylbx")
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]
    assert shown == []


def test_a_next_day_that_is_not_understood_is_told_at_its_field_and_nothing_is_saved(form, window):
    before = len(rows_of(window.workspace, "visit"))
    form.next_visit.setFocus()
    press(Key.Key_Right)
    type_keys("qq")
    press(Key.Key_Return, CTRL)
    assert "“qq”" in form._next_error._sentence.text()
    assert form._next_error.isVisible()
    assert form.next_on.hasFocus()
    assert len(rows_of(window.workspace, "visit")) == before
    form.next_on.selectAll()
    type_keys("1224")
    press(Key.Key_Tab)
    assert not form._next_error.isVisible()
    assert form.given()[0]["next_on"] == "2026-12-24"


def test_a_draft_keeps_days_that_were_not_understood(form, page):
    block = choose_kind(form, "sdql")
    for field in (block._due, block._step_on):
        field.setFocus()
        field.selectAll()
        type_keys("qq")
    form.next_visit.setFocus()
    press(Key.Key_Right)
    type_keys("ww")
    page.drafts.keep()
    page.drafts.open_for(page.household, "")
    block = form._needs[0]
    assert [field.text() for field in (block._due, block._step_on, form.next_on)] == ["qq", "qq", "ww"]
    press(Key.Key_Return, CTRL)
    assert form._needs == [block]
    assert "“qq”" in block._due_row.error._sentence.text()
    assert block._due.hasFocus()


def test_a_sum_that_is_none_is_told_at_its_own_line(form):
    block = choose_kind(form, "ylbx")
    block._fields.editors["amount"].setFocus()
    type_keys("abc")
    press(Key.Key_Return, CTRL)
    line = block._fields.rows["amount"]
    assert line.error.isVisible()
    assert block.content.hasFocus()  # it stands above and is missing too
    assert "写一句" in block._content_row.error._sentence.text()
    assert "金额" in line.error._sentence.text()
    block.content.set_value("看病的钱")
    press(Key.Key_Return, CTRL)
    assert block._fields.editors["amount"].hasFocus()
    assert not block._content_row.error.isVisible()
    type_keys("1")
    assert not line.error.isVisible()


def test_a_draft_waits_for_the_end_of_a_word(window, form, compose_text, commit_text, qtbot):
    name = f"{DRAFTS}{form._household}"
    form.content.setFocus()
    commit_text(form.content, "恢复")
    compose_text(form.content, "henhao")
    qtbot.wait(PAUSE + 200)
    assert drafts.find(window.workspace, name) is None
    commit_text(form.content, "很好")
    qtbot.waitUntil(lambda: drafts.find(window.workspace, name) is not None, timeout=3 * PAUSE)
    assert drafts.find(window.workspace, name)[0]["visit"]["content"] == "恢复很好"


def test_f8_asks_for_the_sort_of_visit_and_who_was_met(window, form, commit_text):
    form.content.setFocus()
    assert not form.more.isVisible()
    press(Key.Key_F8)
    type_keys("2")
    commit_text(form.more.met, "测试乙")
    press(Key.Key_Return, CTRL)
    told = {row.plain("purpose"): row.plain("met") for row in rows_of(window.workspace, "visit")}
    assert told.get("重点走访") == "测试乙"
    assert not form.more.isVisible()
