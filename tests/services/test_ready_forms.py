"""The forms that come with the program: all there, made by the tool, each filled from invented people."""

from pathlib import Path

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.exchange import raw
from gridworker.services import filling, ready_forms, records
from gridworker.services.form_plan import Wish
from gridworker.services.ready_forms import Ready
from gridworker.services.workspace import Workspace
from tests.community import Community
from tests.conftest import OpenCopy
from tests.services.township_books import filled
from tests.tools import make_forms


@pytest.fixture
def many(open_copy: OpenCopy) -> Workspace:
    """People enough for every kind of need, and something in every ledger of the community."""
    workspace = filled(open_copy, households=120, seed=3)
    Community(workspace)
    told = {
        "kind": "业主委员会",
        "name": "金江西苑业主委员会",
        "estate": "金江西苑",
        "leader": "严守诚",
        "state": "正常",
    }
    more = {"filing": "2024-3", "until_on": "2027-04-30", "note": "第二届"}
    records.add(workspace, ledger("organisation"), [told | more])
    return workspace


def test_they_are_what_the_tool_writes() -> None:
    made = {one.name: make_forms.form_bytes(one) for one in make_forms.blanks()}
    assert len(made) == 17
    assert {one.name for one in ready_forms.every()} == made.keys()
    for one in ready_forms.every():
        assert one.path.read_bytes() == made[one.name], one.name


def test_each_fills(many: Workspace, tmp_path: Path) -> None:
    for ready in ready_forms.every():
        wish = ready_forms.usual(ready, Wish(full=True, reason="测试", open=True))
        plan = filling.plan(many, ready.path, wish)
        out = tmp_path / f"{ready.name}.xlsx"
        filling.write(many, plan, out, wish)
        assert plan.rows, ready.name
        assert any(
            "金江社区" in str(cell) for row in raw.read_book_here(out.read_bytes()).sheets[0].rows for cell in row
        )
        assert "序号" not in [one.heading for one in plan.unknown]
        assert all(_fills_something(plan.rows, column.number) for column in plan.form.asked), ready.name


def _fills_something(rows: list[filling.PlannedRow], column: int) -> bool:
    return any(column in row.cells for row in rows)


def test_what_a_ready_form_takes_gives_way_to_what_is_asked_for() -> None:
    ready = Ready("台账", "", (("kind", "N14"),))
    assert ready_forms.usual(ready, Wish()).where == (("kind", "N14"),)
    assert ready_forms.usual(ready, Wish(where=(("kind", "N15"),))).where == (("kind", "N15"),)
    assert ready_forms.find("没有这张表.xlsx") is None
