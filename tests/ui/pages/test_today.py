"""今日: the order of the due list, its reasons, the numbers, what leads where."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from gridworker.domain.ledgers import ledger
from gridworker.services import drafts, due, needs_list, visiting
from gridworker.store.door import Change
from gridworker.ui.pages.today import DRAFTS
from gridworker.ui.pages.worker_page import HouseholdKey
from tests.ui.worker_window import open_window, press, rows_of


@pytest.fixture
def window(qtbot, worker):
    return open_window(qtbot, worker)


@pytest.fixture
def page(window):
    return window.page("today")


def rows(row_list):
    return [row_list._rows.row(number) for number in range(row_list.count())]


def test_the_due_list_is_the_plan_in_its_order_with_reasons(window, page):
    plan = due.plan(window.workspace)
    shown = rows(page.due)
    assert [row.key for row in shown] == [one.household for one in plan.visits]
    assert all(one.reason in row.second for one, row in zip(plan.visits, shown, strict=True))


def test_somebody_never_met_is_a_first_visit_not_late(window, page):
    plan = due.plan(window.workspace)
    never = next(number for number, one in enumerate(plan.visits) if not (one.last_met or one.last_tried))
    assert rows(page.due)[never].marks[-1].text == "首次走访"
    visiting.save(window.workspace, plan.visits[never].household, {"visited_at": "2026-11-25", "outcome": "not_met"})
    page.refresh()
    (again,) = (row for row in rows(page.due) if row.key == plan.visits[never].household)
    assert again.marks[-1].text == "还没见到人"


def test_enter_opens_the_household_with_the_form_ready(window, page):
    household = page.due.current_key()
    press(Qt.Key.Key_Return)
    assert window.current_page() == "households"
    form = window.page("households").form
    assert form.isVisible()
    assert form.mode.isAncestorOf(window.focusWidget())
    assert window.page("households").household == household


def test_f2_does_the_same(window, page):
    press(Qt.Key.Key_Down)
    household = page.due.current_key()
    press(Qt.Key.Key_F2)
    assert window.page("households").household == household


def test_numbers_say_what_the_lists_hold(window, page):
    plan = due.plan(window.workspace)
    assert page._tiles["due"].number.text() == str(len(plan.visits))
    late = [one for one in plan.visits if one.last_met and one.days_overdue]
    assert page._tiles["late"].number.text() == str(len(late))
    steps = [one for one in plan.followups if one.due_on <= window.workspace.today]
    assert page._tiles["steps"].number.text() == str(len(steps))


def test_a_number_leads_to_its_list(window, page):
    with_needs = page._tiles["needs"]
    with_needs.clicked.emit()
    assert window.current_page() == "needs"
    assert window.page("needs").filters.chips.value() == needs_list.OPEN


def test_a_promised_step_opens_its_need(window, page):
    page.tasks.setFocus()
    page.tasks.select_number(0)
    need = page.tasks.current_key()
    press(Qt.Key.Key_Return)
    assert window.current_page() == "needs"
    assert window.page("needs").panel.page.id == need


def test_a_draft_is_marked_on_its_row(window, page):
    household = page.due.current_key()
    drafts.keep(window.workspace, f"{DRAFTS}{household}", {"visit": {}, "needs": []})
    page.refresh()
    assert rows(page.due)[0].marks[0].text == "有草稿"


def test_the_ring_counts_households_visited_today(window, page):
    window.show_page("households", HouseholdKey(page.due.current_key(), page._queue))
    window.page("households").visits.save()
    window.show_page("today")
    assert page._progress._ring.accessibleDescription().startswith("已走访 1/")


def test_an_empty_plan_says_so_and_f2_goes_to_the_list(qtbot, worker):
    home = worker.write("add", Change(ledger("household"), {"grid": worker.grid, "room": "12", "head": "某某"})).ids[0]
    met = {"visited_at": worker.now.isoformat(timespec="minutes"), "mode": "home", "outcome": "met"}
    visiting.save(worker, home, met)
    window = open_window(qtbot, worker, households=0)
    page = window.page("today")
    assert page._none.isVisible()
    assert page._nobody.isHidden()
    assert page._progress._hint.text() == "今天的走访都完成了"
    press(Qt.Key.Key_F2)
    assert window.current_page() == "households"
    assert window.page("households").list.rows.hasFocus()
    assert not page.due.isVisible()


def test_the_week_counts_homes_since_monday(window):
    from gridworker.services import today_page

    found, today = today_page.read(window.workspace), window.workspace.today
    monday = (today - timedelta(days=today.weekday())).isoformat()
    visits = rows_of(window.workspace, "visit")
    assert found.this_week == {row.plain("household") for row in visits if row.plain("visited_at") >= monday}
    assert found.this_week
