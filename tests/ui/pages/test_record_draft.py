"""What was typed into a record's dialog is there again until it is saved or cleared, by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import drafts, visiting
from gridworker.services.visiting import NeedGiven
from gridworker.store.door import Change
from gridworker.ui.pages import household_edit, need_edit
from gridworker.ui.pages.own_fields import OwnFieldLine
from gridworker.ui.pages.record_draft import DRAFTS
from gridworker.ui.pages.visit_form_fields import MATERIALS
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.widgets.draft_timer import PAUSE
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key
VISIT = {"visited_at": "2026-11-24T14:02", "mode": "home", "outcome": "met", "content": "都好"}
MEDICAL = {"kind": "N03", "content": "报销", "matter": "住院报销", "materials": ["身份证"]}


@pytest.fixture
def saved(worker):
    """A household with a visit, a medical need and a promised step: their ids."""
    patch = {"grid": worker.grid, "estate": "金江西苑", "room": "502", "head": "李测试", "phone": "19900000001"}
    home = worker.write("add", Change(ledger("household"), patch)).ids[0]
    step = {"due_on": "2026-11-27", "content": "陪同交材料"}
    visit, need, step = visiting.save(worker, home, VISIT, [NeedGiven(MEDICAL, step)]).written.ids
    return {"household": home, "visit": visit, "need": need, "followup": step}


@pytest.fixture
def window(qtbot, worker, saved):
    made = open_window(qtbot, worker, households=0)
    made.show_page("households")
    return made


@pytest.fixture
def new(window):
    """Opens the dialog of a new household by its key."""

    def run():
        window.activateWindow()
        QApplication.processEvents()
        window.focus_page()
        press(Key.Key_N, CTRL)
        return active()

    return run


def active():
    dialog = QApplication.activeModalWidget()
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def shown(dialog):
    dialog.open()
    return active()


def write(editor, text, commit_text):
    editor.setFocus()
    editor.selectAll()
    commit_text(QApplication.focusWidget(), text)


def kept(window):
    return drafts.names(window.workspace, DRAFTS)


def leave():
    press(Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_escape_keeps_what_was_typed_of_a_new_household(window, new, commit_text):
    dialog = new()
    assert dialog.draft.mark.isHidden()
    write(dialog.editors["head"], "王测试", commit_text)
    write(dialog.editors["note"], "门口有狗", commit_text)
    leave()
    again = new()
    assert (again.editors["head"].value(), again.editors["note"].value()) == ("王测试", "门口有狗")
    assert again.editors["note"].isVisible()  # it stood under 更多
    assert again.editors["estate"].hasFocus()
    assert again.draft.mark.isVisible()
    assert "还没保存" in again.draft.mark.text()
    assert len(rows_of(window.workspace, "household")) == 1
    leave()


def test_typing_is_safe_after_the_pause_and_says_so(window, new, commit_text, qtbot):
    dialog = new()
    write(dialog.editors["head"], "王测试", commit_text)
    qtbot.wait(PAUSE + 100)
    assert drafts.find(window.workspace, kept(window)[0])[0] == {"head": "王测试"}
    assert dialog.draft.mark.text().startswith("草稿已保存")
    leave()


def test_looking_leaves_no_draft(window, new, saved):
    new()
    leave()
    for dialog in (
        household_edit.edit_household(window.workspace, window, saved["household"]),
        need_edit.NeedDialog(window.workspace, window, saved["need"]),
        need_edit.edit_visit(window.workspace, window, saved["visit"]),
        need_edit.edit_step(window.workspace, window, saved["followup"]),
    ):
        shown(dialog).draft.keep()
        leave()
    assert kept(window) == []


def test_saving_forgets_the_draft(window, new, commit_text):
    dialog = new()
    write(dialog.editors["room"], "501", commit_text)
    write(dialog.editors["head"], "王测试", commit_text)
    dialog.draft.keep()
    assert kept(window)
    press(Key.Key_Return, CTRL)
    assert {row.plain("head") for row in rows_of(window.workspace, "household")} == {"李测试", "王测试"}
    assert kept(window) == []


def test_one_link_clears_it_and_brings_it_back(window, new, commit_text):
    dialog = new()
    write(dialog.editors["head"], "王测试", commit_text)
    leave()
    again = new()
    again.draft.clear.setFocus()
    press(Key.Key_Space)
    assert (again.editors["head"].value(), kept(window)) == ("", [])
    assert again.draft.mark.isHidden()
    again.draft.clear.setFocus()
    press(Key.Key_Space)
    assert again.editors["head"].value() == "王测试"
    assert kept(window)
    press(Key.Key_Space)
    leave()
    assert kept(window) == []
    assert new().editors["head"].value() == ""
    leave()


def test_each_record_and_each_household_has_its_own(window, saved, commit_text):
    workspace, home = window.workspace, saved["household"]
    other = workspace.write("add", Change(ledger("household"), {"grid": workspace.grid, "room": "601"})).ids[0]
    window.show_page("households", HouseholdKey(home))
    window.page("households").view.setFocus()
    press(Key.Key_N, CTRL)
    write(active().editors["name"], "李小测", commit_text)
    leave()
    assert shown(household_edit.edit_resident(workspace, window, other)).editors["name"].value() == ""
    leave()
    assert shown(household_edit.edit_resident(workspace, window, home)).editors["name"].value() == "李小测"
    leave()
    by_door = household_edit.new_household(workspace, window, {"building": "5", "room": "101"})
    write(shown(by_door).editors["head"], "赵测试", commit_text)
    leave()
    assert shown(household_edit.new_household(workspace, window)).editors["head"].value() == ""
    leave()


def test_only_what_was_typed_is_saved_over_what_came_meanwhile(window, saved, commit_text):
    workspace, home = window.workspace, saved["household"]
    write(shown(household_edit.edit_household(workspace, window, home)).editors["note"], "门口有狗", commit_text)
    leave()
    workspace.write("edit", Change(ledger("household"), {"phone": "19900000002"}, home))
    assert shown(household_edit.edit_household(workspace, window, home)).editors["phone"].value() == "19900000002"
    press(Key.Key_Return, CTRL)
    row = workspace.row("household", home)
    assert (row.plain("phone"), row.plain("note")) == ("19900000002", "门口有狗")
    assert kept(window) == []


def test_a_need_comes_back_with_its_other_kind_and_its_papers(window, saved, commit_text):
    def reopened():
        return shown(need_edit.NeedDialog(window.workspace, window, saved["need"]))

    dialog = reopened()
    box = next(one for paper, one in dialog.editors[MATERIALS]._boxes.items() if paper != "身份证")
    box.setFocus()
    press(Key.Key_Space)
    papers = dialog.editors[MATERIALS].value()
    leave()
    dialog = reopened()
    assert dialog.editors[MATERIALS].value() == papers
    dialog.editors["kind"].setFocus()
    while dialog.editors["kind"].value() != "N01":
        press(Key.Key_Up)
    write(dialog.editors["wanted_job"], "电焊", commit_text)
    leave()
    dialog = reopened()
    assert (dialog.editors["kind"].value(), dialog.editors["wanted_job"].value()) == ("N01", "电焊")
    dialog.draft.clear.click()
    assert (dialog.editors["kind"].value(), dialog.editors[MATERIALS].value()) == ("N03", ["身份证"])
    leave()
    assert kept(window) == []


def test_half_a_day_is_left_alone_while_typing_and_kept(window, saved, qtbot):
    def reopened():
        return shown(need_edit.edit_step(window.workspace, window, saved["followup"]))

    dialog = reopened()
    dialog.editors["due_on"].setFocus()
    type_keys("+1")  # a day already
    qtbot.wait(PAUSE + 100)
    assert dialog.editors["due_on"].text() == "+1"
    assert kept(window)
    type_keys("0")
    leave()
    dialog = reopened()
    assert dialog.editors["due_on"].iso() == "2026-12-05"
    press(Key.Key_Return, CTRL)
    assert window.workspace.row("followup", saved["followup"]).plain("due_on") == "2026-12-05"


def test_a_time_typed_anew_comes_back(window, saved):
    def reopened():
        return shown(need_edit.edit_visit(window.workspace, window, saved["visit"]))

    dialog = reopened()
    dialog.editors["visited_at"].setFocus()
    dialog.editors["visited_at"].selectAll()
    type_keys("1120")
    leave()
    assert reopened().editors["visited_at"].value()[:10] == "2026-11-20"
    leave()


def test_a_field_of_ones_own_comes_back_with_its_line(window, saved, commit_text):
    workspace, home = window.workspace, saved["household"]
    dialog = shown(household_edit.edit_household(workspace, window, home))
    dialog._show_more()
    line = dialog.findChild(OwnFieldLine)
    line.ask()
    commit_text(line.heading, "养蜂箱数")
    press(Key.Key_Return)
    commit_text(QApplication.focusWidget(), "12箱")
    leave()
    assert shown(household_edit.edit_household(workspace, window, home)).editors["+养蜂箱数"].value() == "12箱"
    leave()
