"""Grid and worker of a foreign sheet from what it says of all its records, as far as the roster knows them."""

from pathlib import Path

import openpyxl
import pytest

from gridworker.services import columns, intake, preview, remapping, roster
from gridworker.services.columns import SheetPlan
from gridworker.services.export import Wish
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import queries
from tests.conftest import OpenCopy
from tests.services.township_books import book, nothing

HEAD = ["户主", "住址", "走访日期", "走访内容"]
KNOWN = [("JX03", "金江西苑3网格", "陈晓芸"), ("JX05", "东湾5网格", "李明"), ("HG03", "红光3网格", "罗燕")]
Rows = list[list[str]]


def line(room: int) -> list[str]:
    return [f"测试{'甲乙丙丁'[room - 1]}", f"金江西苑3栋2单元{room}01", "2026-11-17", "家里都好"]


def put(folder: Path, rows: Rows, name: str = "走访.xlsx") -> Path:
    made = openpyxl.Workbook()
    for one in rows:
        made.active.append(one)
    made.save(folder / name)
    return folder / name


@pytest.fixture
def office(township: Workspace) -> Workspace:
    for code, name, person in KNOWN:
        roster.add_grid(township, code, name, "红光社区" if code[0] == "H" else "金江社区", person)
    return township


def take(workspace: Workspace, path: Path) -> FileReport:
    return intake.take(workspace, [path]).files[0]


def grids(workspace: Workspace) -> list[object]:
    return [row.plain("grid") for row in queries.every(workspace.connection, "household", "head")]


def workers(workspace: Workspace) -> list[object]:
    return [row.plain("worker") for row in queries.every(workspace.connection, "visit", "id")]


def codes(report: FileReport) -> list[str]:
    return [one.code for one in report.problems]


@pytest.mark.parametrize(
    ("above", "name", "code", "person"),
    [
        (["金江西苑3网格走访台账"], "走访.xlsx", "JX03", None),
        (["红光社区三网格走访台账"], "走访.xlsx", "HG03", None),
        (["填报单位：东湾5网格　填报人：李明"], "走访.xlsx", "JX05", "李明"),
        (["走访台账"], "JX05_李明.xlsx", "JX05", "李明"),
        (["网格：东湾5网格　网格员：袁立"], "走访.xlsx", "JX05", "袁立"),
        (["东湾5网格走访台账　填报人：文员甲"], "走访.xlsx", "JX05", None),
    ],
)
def test_what_a_sheet_says_of_all_its_records_is_theirs(
    office: Workspace, tmp_path: Path, above: list[str], name: str, code: str, person: str | None
) -> None:
    report = take(office, put(tmp_path, [above, HEAD, line(1)], name))
    assert (grids(office), workers(office), codes(report)) == ([grid_id(code)], [person], [])


@pytest.mark.parametrize(
    ("above", "name", "code"),
    [
        ("3网格走访台账", "走访.xlsx", "unknown_grid"),
        ("西湾9网格走访台账", "走访.xlsx", "unknown_grid"),
        ("东湾5网格走访台账", "金江西苑3网格.xlsx", "contradictory_context"),
    ],
)
def test_a_grid_that_is_not_certain_is_one_question_and_stays_open(
    office: Workspace, tmp_path: Path, above: str, name: str, code: str
) -> None:
    report = take(office, put(tmp_path, [[above], HEAD, line(1), line(2)], name))
    assert (grids(office), codes(report)) == ([None, None], [code])


def test_another_grids_sheet_does_not_fall_into_the_own(worker: Workspace, tmp_path: Path) -> None:
    assert codes(take(worker, put(tmp_path, [["东湾5网格走访台账"], HEAD, line(1)]))) == ["unknown_grid"]
    assert codes(take(worker, put(tmp_path, [["红光社区走访台账"], HEAD, line(2)]))) == ["other_community"]
    take(worker, put(tmp_path, [["金江社区三网格走访台账"], HEAD, line(3)]))
    take(worker, put(tmp_path, [HEAD, line(4)]))
    homes = {row.plain("head"): row.plain("grid") for row in queries.every(worker.connection, "household")}
    own = grid_id("JX03")
    assert homes == {"测试甲": None, "测试乙": None, "测试丙": own, "测试丁": own}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["走访台账"], HEAD, ["网格员：李明"], line(1), ["网格员：罗燕"], line(2)], {"甲": "李明", "乙": "罗燕"}),
        ([["走访台账"], HEAD, line(1), ["网格员：李明"], line(2), ["网格员：罗燕"]], {"甲": "李明", "乙": "罗燕"}),
        ([["走访台账"], HEAD, line(1), ["网格员：李明"], line(2)], {"甲": None, "乙": None}),
    ],
)
def test_lines_between_the_records_tell_of_those_beside_them(
    office: Workspace, tmp_path: Path, rows: Rows, expected: dict[str, str | None]
) -> None:
    report = take(office, put(tmp_path, rows))
    homes = {row.id: str(row.plain("head")) for row in queries.every(office.connection, "household")}
    found = {
        homes[row.plain("household")][-1]: row.plain("worker") for row in queries.every(office.connection, "visit")
    }
    assert found == expected
    assert codes(report) == ([] if expected["甲"] else ["unclear_line"])


def test_lines_that_name_grids_part_a_sheet(office: Workspace, tmp_path: Path) -> None:
    rows = [["走访台账"], HEAD, ["金江西苑3网格（1户）"], line(1), ["东湾5网格"], line(2)]
    assert codes(take(office, put(tmp_path, rows))) == []
    assert sorted(map(str, grids(office))) == sorted([str(grid_id("JX03")), str(grid_id("JX05"))])


def test_a_person_says_which_grid_and_who(office: Workspace, tmp_path: Path) -> None:
    looked = preview.look(office, [put(tmp_path, [["3网格走访台账"], HEAD, line(1)])], nothing)
    (grid, person) = looked[0].report.columns[0].places
    assert (grid.value, grid.told, dict(grid.choices)["JX05"]) == ("", "3网格（A1）", "JX05 东湾5网格")
    for said, value in ((grid, "HG03"), (person, "罗燕")):
        plan = columns.placed(looked[0].report.columns, "Sheet", said.field, value)
        looked = remapping.remap(office, looked, 0, plan, nothing)
    assert [(one.shown, one.by_hand) for one in looked[0].report.columns[0].places] == [
        ("HG03 红光3网格", True),
        ("罗燕", True),
    ]
    assert codes(looked[0].report) == []
    preview.take(office, looked, nothing)
    assert (grids(office), workers(office)) == ([grid_id("HG03")], ["罗燕"])


def test_a_person_says_of_which_year_days_without_one_are(office: Workspace, tmp_path: Path) -> None:
    rows = [["走访台账"], ["户主", "住址", "走访日期", "走访内容"], ["测试甲", "大湾组1号", "11月3日", "家里都好"]]
    looked = preview.look(office, [put(tmp_path, rows)], nothing)
    said = looked[0].report.columns[0].places[-1]
    assert (said.is_year, said.value, dict(said.choices)["2025"]) == (True, "", "2025")
    plan = columns.placed(looked[0].report.columns, "Sheet", said.field, "2025")
    looked = remapping.remap(office, looked, 0, plan, nothing)
    assert codes(looked[0].report) == []
    preview.take(office, looked, nothing)
    assert [row.plain("visited_at") for row in queries.every(office.connection, "visit")] == ["2025-11-03"]


def test_what_is_remembered_of_headings_is_each_senders_own_and_can_be_forgotten(
    office: Workspace, tmp_path: Path
) -> None:
    def send(person: str, column: str, name: str) -> SheetPlan:
        rows = [[f"走访台账　填报人：{person}"], [*HEAD, "养蜂箱数"], [*line(1), "12箱"]]
        looked = preview.look(office, [put(tmp_path, rows, name)], nothing)
        if column:
            plan = columns.changed(looked[0].report.columns, "Sheet", "E", column)
            preview.take(office, remapping.remap(office, looked, 0, plan, nothing), nothing)
        return looked[0].report.columns[0]

    send("陈晓芸", "household.+养蜂箱数", "1.xlsx")
    send("李明", "household.note", "2.xlsx")
    again = send("陈晓芸", "", "3.xlsx")
    assert (again.columns[4].field, again.memory) == ("household.+养蜂箱数", "陈晓芸")
    stranger = send("罗燕", "", "4.xlsx")
    assert (stranger.columns[4].field, stranger.memory) == ("household.note", "")
    looked = preview.look(office, [tmp_path / "3.xlsx"], nothing)
    for field, memory in (("household.note", ""), ("", None)):
        looked = remapping.remap(office, looked, 0, columns.to_forget(looked[0].report.columns, "Sheet"), nothing)
        plan = looked[0].report.columns[0]
        assert (plan.columns[4].field, plan.memory, looked[0].corrected) == (field, memory, False)


def test_the_same_bytes_under_another_name_are_not_called_forged(open_copy: OpenCopy, tmp_path: Path) -> None:
    """The name of one copy tells another year than that of the other; both come to one store."""
    worker, township = open_copy("worker"), open_copy("township")
    roster.add_grid(township, *KNOWN[0][:2], "金江社区", "")
    short = [*line(1)[:2], "12月30日", "家里都好"]
    first = put(tmp_path, [["金江西苑3网格走访台账"], HEAD, short], "2026年第47周.xlsx")
    other = tmp_path / "2027年第9周.xlsx"
    other.write_bytes(first.read_bytes())
    intake.take(worker, [first])
    assert intake.take(township, [other]).files[0].error is None
    wish = Wish(full=True, reason="周报", password="campaign-only")
    sent: Path = book(worker, tmp_path, wish=wish)  # type: ignore[no-untyped-call]
    report = intake.take(township, [sent], intake.Options(password=wish.password)).files[0]
    assert (report.error, report.conflicts) == (None, 1)
