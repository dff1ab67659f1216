"""Correcting what was recorded: a need with what its kind asks, visits and steps of one's own; Ctrl+Z takes it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ledgers import ledger
from gridworker.services import visiting
from gridworker.services.visiting import NeedGiven
from gridworker.store.door import Change
from gridworker.ui.pages.visit_form_fields import MATERIALS, KindFields
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.timeline import Timeline
from tests.ui.worker_window import CTRL, open_window, press, rows_of
from tests.ui.worker_window import keys as type_keys

Key = Qt.Key
VISIT = {"visited_at": "2026-11-24T14:02", "mode": "home", "outcome": "met", "content": "都好"}
MEDICAL = {
    "kind": "N03", "content": "报销", "matter": "住院报销", "amount": "8,640.00", "materials": ["身份证"],
}  # fmt: skip


@pytest.fixture
def saved(worker):
    """A household with a visit, a medical need and a promised step: their ids."""
    of = ledger("household")
    patch = {"grid": worker.grid, "estate": "金江西苑", "room": "502", "head": "李测试", "phone": "19900000001"}
    home = worker.write("add", Change(of, patch)).ids[0]
    step = {"due_on": "2026-11-27", "content": "陪同交材料"}
    visit, need, step = visiting.save(worker, home, VISIT, [NeedGiven(MEDICAL, step)]).written.ids
    return {"home": home, "visit": visit, "need": need, "step": step}


@pytest.fixture
def window(qtbot, worker, saved):
    return open_window(qtbot, worker, households=0)


@pytest.fixture
def dialog(window, saved):
    """The dialog of the need, opened by E."""
    window.show_page("needs", saved["need"])
    window.page("needs").rows.setFocus()
    type_keys("e")
    return opened()


def opened():
    """The dialog that has just been asked for, once it is the active window."""
    dialog = QApplication.activeModalWidget()
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def value(window, saved, name, ledger_name="need"):
    return window.workspace.row(ledger_name, saved[ledger_name if ledger_name != "followup" else "step"]).plain(name)


def retype(field, text, commit_text):
    field.setFocus()
    field.selectAll()
    commit_text(QApplication.focusWidget(), text)


def take_back(window):
    """Ctrl+Z in the window once it is active again."""
    window.activateWindow()
    QApplication.processEvents()
    window.focus_page()
    press(Key.Key_Z, CTRL)


def test_e_corrects_words_place_and_phone_and_ctrl_z_takes_it_back(window, saved, dialog, commit_text):
    retype(dialog.editors["content"], "住院报销要带哪些材料", commit_text)
    retype(dialog.editors["place"], "县医院", commit_text)
    retype(dialog.editors["phone"], "19900000002", commit_text)
    press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    assert [value(window, saved, name) for name in ("content", "place", "phone")] == [
        "住院报销要带哪些材料", "县医院", "19900000002",
    ]  # fmt: skip
    assert window.page("needs").panel.page.content == "住院报销要带哪些材料"
    take_back(window)
    assert [value(window, saved, name) for name in ("content", "place", "phone")] == ["报销", None, "19900000001"]


def test_money_and_papers_stand_as_they_were_typed_and_untouched_ones_stay(window, saved, dialog):
    assert dialog.editors["amount"].value() == "8640.00"
    assert dialog.editors[MATERIALS].value() == ["身份证"]
    dialog.editors["urgency"].setFocus()
    type_keys("1")
    press(Key.Key_Return, CTRL)
    assert value(window, saved, "urgency") == "red"
    assert (value(window, saved, "amount"), value(window, saved, MATERIALS)) == (864000, "身份证")


def test_a_paper_more_is_kept_with_the_others(window, saved, dialog):
    box = next(one for paper, one in dialog.editors[MATERIALS]._boxes.items() if paper != "身份证")
    box.setFocus()
    press(Key.Key_Space)
    press(Key.Key_Return, CTRL)
    assert len(value(window, saved, MATERIALS).split(",")) == 2
    assert "身份证" in value(window, saved, MATERIALS).split(",")


def test_another_kind_asks_its_own_and_goes_to_its_unit(window, saved, dialog, commit_text):
    dialog.editors["kind"].setFocus()
    while dialog.editors["kind"].value() != "N01":
        press(Key.Key_Up)
    assert "amount" not in dialog.editors
    retype(dialog.editors["wanted_job"], "电焊", commit_text)
    press(Key.Key_Return, CTRL)
    assert (value(window, saved, "kind"), value(window, saved, "wanted_job")) == ("N01", "电焊")
    assert value(window, saved, "unit") != "医保局"
    assert value(window, saved, "amount") == 864000  # what was known of the other kind is not thrown away


def test_what_is_wrong_is_told_at_its_line_and_the_first_is_gone_to(window, saved, dialog, commit_text):
    retype(dialog.editors["phone"], "1990000", commit_text)
    retype(dialog.editors["amount"], "abc", commit_text)
    press(Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert dialog._rows["phone"].error.isVisible()
    assert dialog._rows["amount"].error.isVisible()
    assert dialog.editors["amount"].hasFocus()
    assert value(window, saved, "phone") == "19900000001"
    press(Key.Key_Escape)


_KINDS = (("N01", "employment"), ("N02", "schooling"), ("N03", "medical"), ("N13", "hazard"), ("N15", "dispute"))


@pytest.mark.parametrize(("kind", "block"), _KINDS)
def test_every_field_of_a_kind_can_be_corrected(qtbot, worker, kind, block):
    part = KindFields(kind, worker, every=True)
    qtbot.addWidget(part)
    asked = {one.name for one in ledger("need").fields if one.block == block}
    assert {*part.editors, MATERIALS} >= asked
    assert part.editors.keys() <= asked | {"materials"}


def corrections(widget):
    QApplication.processEvents()
    (told,) = (one for one in widget.findChildren(Timeline) if one.isVisible())
    return [one for one in told.findChildren(Button) if one.text() == "改"]


def test_a_visit_of_one_s_own_is_corrected_from_the_timeline(window, saved, commit_text):
    window.show_page("households", HouseholdKey(saved["home"]))
    (edit,) = corrections(window.page("households").view)
    edit.setFocus()
    press(Key.Key_Space)
    dialog = opened()
    dialog.editors["outcome"].setFocus()
    type_keys("2")
    retype(dialog.editors["content"], "家里没人", commit_text)
    retype(dialog.editors["visited_at"], "-2", commit_text)
    press(Key.Key_Return, CTRL)
    told = [value(window, saved, name, "visit") for name in ("outcome", "content", "visited_at")]
    assert told == ["not_met", "家里没人", "2026-11-23"]
    take_back(window)
    told = [value(window, saved, name, "visit") for name in ("outcome", "content", "visited_at")]
    assert told == ["met", "都好", "2026-11-24T14:02"]


def test_a_visit_of_another_worker_is_only_read(window, saved):
    window.workspace.write("set", Change(ledger("visit"), {"worker": "别人"}, saved["visit"]))
    window.show_page("households", HouseholdKey(saved["home"]))
    assert corrections(window.page("households").view) == []


def test_a_visit_is_not_moved_into_the_future_nor_to_no_day(window, saved, commit_text):
    window.show_page("households", HouseholdKey(saved["home"]))
    corrections(window.page("households").view)[0].click()
    dialog = opened()
    for text in ("明天", "qq"):
        retype(dialog.editors["visited_at"], text, commit_text)
        press(Key.Key_Return, CTRL)
        assert dialog.isVisible()
        assert dialog._rows["visited_at"].error.isVisible()
    assert value(window, saved, "visited_at", "visit") == VISIT["visited_at"]
    press(Key.Key_Escape)


def test_a_day_folded_away_that_is_not_understood_is_unfolded(window, saved, commit_text):
    window.show_page("households", HouseholdKey(saved["home"]))
    corrections(window.page("households").view)[0].click()
    dialog = opened()
    day = dialog.editors["next_on"]
    assert not day.isVisible()
    day.show_unread("qq")
    press(Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert day.hasFocus()
    assert "“qq”" in dialog._rows["next_on"].error._sentence.text()
    assert dialog._rows["next_on"].error.isVisible()
    press(Key.Key_Escape)


def test_a_promised_step_is_corrected_from_the_log_of_its_need(window, saved, commit_text):
    window.show_page("needs", saved["need"])
    (edit,) = corrections(window.page("needs").panel)
    edit.setFocus()
    press(Key.Key_Space)
    dialog = opened()
    retype(dialog.editors["due_on"], "1128", commit_text)
    retype(dialog.editors["content"], "带他去窗口", commit_text)
    press(Key.Key_Return, CTRL)
    told = [value(window, saved, name, "followup") for name in ("due_on", "content", "done_on")]
    assert told == ["2026-11-28", "带他去窗口", None]


def test_a_step_keeps_words_and_a_day(window, saved):
    window.show_page("needs", saved["need"])
    corrections(window.page("needs").panel)[0].click()
    dialog = opened()
    for name in ("due_on", "content"):
        dialog.editors[name].setFocus()
        dialog.editors[name].selectAll()
        press(Key.Key_Delete)
    press(Key.Key_Return, CTRL)
    assert dialog._rows["due_on"].error.isVisible()
    assert dialog._rows["content"].error.isVisible()
    assert dialog.editors["due_on"].hasFocus()
    assert len(rows_of(window.workspace, "followup")) == 1
    press(Key.Key_Escape)
