"""The forms that come with the program: all there, made by the tool, each filled from invented people."""

from pathlib import Path

import pytest

from gridworker.exchange import raw
from gridworker.services import filling, ready_forms
from gridworker.services.form_plan import Wish
from gridworker.services.ready_forms import Ready
from gridworker.services.workspace import Workspace
from tests.conftest import OpenCopy
from tests.services.township_books import filled
from tests.tools import make_forms

BY_HAND = {"楼长名册", "议事会记录", "活动登记", "业委会物业表", "包保单位三张清单"}
"""Forms about the community, of which these people have nothing yet: only who, where and when is filled in."""


@pytest.fixture
def many(open_copy: OpenCopy) -> Workspace:
    """People enough for every kind of need."""
    return filled(open_copy, households=120, seed=3)


def test_they_are_what_the_tool_writes() -> None:
    made = {one.name: make_forms.form_bytes(one) for one in make_forms.blanks()}
    assert len(made) == 17
    assert {one.name for one in ready_forms.every()} == made.keys()
    for one in ready_forms.every():
        assert one.path.read_bytes() == made[one.name], one.name


def test_each_fills(many: Workspace, tmp_path: Path) -> None:
    for ready in ready_forms.every():
        wish = ready_forms.usual(ready, Wish(full=True, reason="测试"))
        plan = filling.plan(many, ready.path, wish)
        out = tmp_path / f"{ready.name}.xlsx"
        filling.write(many, plan, out, wish)
        assert bool(plan.rows) is (ready.name not in BY_HAND), ready.name
        if ready.name == "包保单位三张清单":
            continue  # its rows are units, and there are none
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
