"""The columns of a foreign sheet: shown, corrected, remembered; a corrected reading replaces the one before."""

import json
from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.ledger import OWN
from gridworker.services import column_memory, columns, dump, intake, preview, remapping
from gridworker.services.preview import Looked
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.services.township_books import nothing

HEADS = ["姓名", "住址", "养蜂箱数", "能联系上的号"]
PEOPLE = [["测试甲", "大湾组1号", "12箱", "19900000001"], ["测试乙", "大湾组2号", "3箱", "19900000002"]]


def sheet(folder: Path, name: str = "蜂农.xlsx", heads: list[str] = HEADS, people: list[list[str]] = PEOPLE) -> Path:
    made = openpyxl.Workbook()
    for line in (heads, *people):
        made.active.append(line)
    made.save(folder / name)
    return folder / name


def look(workspace: Workspace, path: Path) -> Looked:
    return preview.look(workspace, [path], nothing)[0]


def correct(workspace: Workspace, looked: Looked, **fields: str) -> Looked:
    plan = looked.report.columns
    for letter, field in fields.items():
        plan = columns.changed(plan, plan[0].sheet, letter, field)
    return remapping.remap(workspace, [looked], 0, plan, nothing)[0]


def people(workspace: Workspace) -> dict[object, dict[str, object]]:
    return {row.plain("name"): dict(row.values) for row in queries.every(workspace.connection, "resident")}


def test_each_column_is_told_with_samples_and_why_it_is_left_out(worker: Workspace, tmp_path: Path) -> None:
    looked = look(worker, sheet(tmp_path))
    (plan,) = looked.report.columns
    told = {one.heading: (one.field, one.samples, columns.why(one) != "") for one in plan.columns}
    assert told["姓名"] == ("resident.name", ("测试甲", "测试乙"), False)
    assert told["养蜂箱数"] == ("", ("12箱", "3箱"), True)
    hives = next(one for one in plan.columns if one.heading == "养蜂箱数")
    assert f"resident.{OWN}养蜂箱数" in columns.targets(plan, hives)[:2]
    assert all(columns.label(one) != one for one in columns.targets(plan, hives))


def test_corrected_columns_come_in_and_are_remembered_for_the_next_sheet(worker: Workspace, tmp_path: Path) -> None:
    looked = correct(worker, look(worker, sheet(tmp_path)), C="resident.+养蜂箱数", D="resident.phone")
    assert [one.by_hand for one in looked.report.columns[0].columns] == [False, False, True, True]
    preview.take(worker, [looked], nothing)
    assert people(worker)["测试甲"]["+养蜂箱数"] == "12箱"
    assert people(worker)["测试甲"]["phone"] == "19900000001"
    later = sheet(tmp_path, "蜂农2.xlsx", people=[["测试丙", "大湾组3号", "7箱", "19900000003"]])
    intake.take(worker, [later])
    assert people(worker)["测试丙"]["+养蜂箱数"] == "7箱"


def test_sheets_under_the_same_headings_follow_a_correction_where_they_were_read_the_same(
    worker: Workspace, tmp_path: Path
) -> None:
    path = sheet(tmp_path)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).title = "二组"
    book.save(path)
    plan = columns.changed(look(worker, path).report.columns, "二组", "C", "resident.+养蜂箱数")
    assert [one.field_of("C") for one in plan] == ["resident.+养蜂箱数"] * 2
    apart = (plan[0], columns.changed(plan[1:], "二组", "C", "household.note")[0])
    later = columns.changed(apart, "Sheet", "C", "")
    assert [one.field_of("C") for one in later] == ["", "household.note"]


def test_looking_alone_remembers_nothing(worker: Workspace, tmp_path: Path) -> None:
    correct(worker, look(worker, sheet(tmp_path)), C="resident.+养蜂箱数")
    assert column_memory.recall(worker, look(worker, sheet(tmp_path)).report.columns) is None


def test_a_file_taken_before_is_read_again_and_the_new_reading_replaces_the_old(
    worker: Workspace, tmp_path: Path
) -> None:
    path = sheet(tmp_path, heads=["姓名", "住址", "养蜂箱数", "电话"])
    intake.take(worker, [path])
    assert people(worker)["测试甲"]["phone"] == "19900000001"
    known = look(worker, path)
    assert known.kind == preview.KNOWN
    plan = columns.changed(remapping.plans_of(worker, known, nothing), "Sheet", "D", "resident.+家属电话")
    again = remapping.remap(worker, [known], 0, plan, nothing)[0]
    assert (again.kind, again.report.changed) == (preview.FOREIGN, 2)
    preview.take(worker, [again], nothing)
    assert len(people(worker)) == 2
    assert people(worker)["测试甲"].get("phone") is None
    assert people(worker)["测试甲"]["+家属电话"] == "19900000001"


@pytest.mark.parametrize("turn", [1, -1])
def test_first_and_second_reading_come_to_the_same_in_any_order(
    worker: Workspace, open_copy: object, tmp_path: Path, turn: int
) -> None:
    path = sheet(tmp_path, heads=["姓名", "住址", "养蜂箱数", "电话"])
    plan = columns.changed(look(worker, path).report.columns, "Sheet", "C", "resident.+蜂箱")
    first = columns.as_mapping(look(worker, path).report.columns)
    intake.take(worker, [path], intake.Options(mapping=first))
    second = columns.as_mapping(plan, remapping.earlier(worker, look(worker, path)))
    intake.take(worker, [path], intake.Options(mapping=second))
    other = open_copy("worker")  # type: ignore[operator]
    for mapping in (first, second)[::turn]:
        intake.take(other, [path], intake.Options(mapping=mapping))
    assert [json.loads(one) for one in dump.dump(other)] == [json.loads(one) for one in dump.dump(worker)]


def test_a_field_stands_in_one_column_only(worker: Workspace, tmp_path: Path) -> None:
    plan = columns.changed(look(worker, sheet(tmp_path)).report.columns, "Sheet", "D", "resident.name")
    assert [one.field for one in plan[0].columns][::3] == ["", "resident.name"]


def test_what_only_forms_ask_for_has_a_label_too() -> None:
    assert columns.label("household.members") == "住户 · 家庭人口"
