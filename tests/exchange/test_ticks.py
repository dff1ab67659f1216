"""Columns to be ticked below one heading: the ticked column's heading is the value."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet
from gridworker.services import columns

Rows = list[list[RawValue]]
HEAD: Rows = [
    ["反映人", "诉求内容", "诉求类别", None, None, None, "走访情况", None],
    [None, None, "就业", "入学", "医疗", "七上八下", "见面", "拒访"],
]
MERGES = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 6), (1, 7, 1, 8)]


def sheet(*ticks: list[RawValue], mapping: dict[str, object] | None = None) -> ForeignSheet:
    rows = [*HEAD, *([f"王{'甲乙丙丁'[n]}", "路灯不亮", *one] for n, one in enumerate(ticks))]
    return understand(RawBook("xlsx", [RawSheet("表", rows=rows, merges=MERGES)]), mapping).sheets[0]


def asked(found: ForeignSheet) -> list[tuple[str, str, str]]:
    return [(one.cell, one.code, one.value) for row in found.rows for one in row.problems]


def told(found: ForeignSheet, name: str) -> list[object]:
    return [row.values.get(name) for row in found.rows]


def test_the_heading_of_the_ticked_column_is_the_value() -> None:
    found = sheet(
        ["√", None, None, None, 1, None],
        [None, "是", "×", None, None, "☑"],
        [None, None, "医疗", None, "否", 0],
        [None] * 6,
    )
    assert told(found, "need.kind") == ["N01", "N02", "N03", None]
    assert told(found, "visit.outcome") == ["met", "refused", None, None]
    assert [row.cells["need.kind"] for row in found.rows] == ["C3", "D4", "E5", "C6"]
    assert found.mapped["F"] == "need.kind"
    assert asked(found) == []


@pytest.mark.parametrize(
    ("ticks", "problem"),
    [
        (["√", None, "√", None], ("C3", "several_ticks", "就业、医疗")),
        ([None, "大概", None, None], ("D3", "unknown_mark", "大概")),
        ([None, None, None, "√"], ("F3", "invalid", "七上八下")),
    ],
)
def test_what_cannot_be_one_answer_is_asked_about(ticks: list[RawValue], problem: tuple[str, str, str]) -> None:
    found = sheet([*ticks, None, None], ["√", None, None, None, None, None], [None, "√", None, None, "√", None])
    assert asked(found) == [problem]
    assert told(found, "need.kind")[1:] == ["N01", "N02"]


def test_counted_things_are_no_ticks() -> None:
    found = sheet([1, 0, 3, 0, 1, None], [1, 0, 1, 0, 1, None])
    assert "need.kind" not in found.mapped.values()
    assert {one.name for one in found.unmapped} >= set("CDEF")


def test_yes_and_no_below_a_question_of_a_text_file() -> None:
    rows: Rows = [
        ["户主", "家庭住址", "性别", "", "联系电话"],
        ["", "", "男", "女", ""],
        ["王大明", "大湾组3号", "√", "", "13800000001"],
        ["李芳", "大湾组4号", "", "√", "13800000002"],
    ]
    found = understand(RawBook("csv", [RawSheet("", rows=rows)])).sheets[0]
    assert found.header_rows == (1, 2)
    assert told(found, "resident.gender") == ["男", "女"]


def test_columns_of_one_question_are_mapped_together() -> None:
    found = sheet(["√", None, None, None, None, None])
    plan = columns.changed(columns.plans([found]), "表", "D", "need.source")
    assert [one.field for one in plan[0].columns[2:6]] == ["need.source"] * 4
    again = sheet(["√", None, None, None, None, None], mapping=columns.as_mapping(plan))
    assert asked(again) == [("C3", "invalid", "就业")]


def test_of_a_text_of_a_whole_cell_above_the_answers_only_the_end_may_be_the_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    monkeypatch.setattr("gridworker.exchange.ticks.meanings", lambda _group, leaf: tried.append(leaf) or ())
    head: Rows = [["反映人", "[" * 30_000, None, None], [None, "就业", "入学", "医疗"]]
    rows = [*head, *([f"王{one}", "√", None, None] for one in "甲乙丙")]
    understand(RawBook("xlsx", [RawSheet("表", rows=rows, merges=[(1, 1, 2, 1), (1, 2, 1, 4)])]))
    assert 0 < sum(len(one) > 14 for one in tried) < 100
