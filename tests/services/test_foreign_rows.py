"""A clerk's sheet taken in: records of their own, joined by address, told where it was not understood."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.services import dump, export, foreign_lines, foreign_rows, imports, intake, records
from gridworker.services.export import Wish
from gridworker.services.import_report import GroupReport
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from tests.campaign import sheets
from tests.campaign.devices import read_once_each
from tests.campaign.sheets import Line
from tests.conftest import OpenCopy
from tests.services.township_books import THIS_WEEK, book

DATA = Path(__file__).parents[1] / "data"
ROSTER = DATA / "sheets" / "S6_住户成员.xlsx"
MAPPING = DATA / "mappings" / "S6_住户成员.mapping.json"


def facts(workspace: Workspace, name: str) -> list[dict[str, object]]:
    return [fact for line in dump.dump(workspace) if (fact := json.loads(line))["ledger"] == name]


def take(workspace: Workspace, *paths: Path) -> GroupReport:
    return intake.take(workspace, paths, intake.Options(mapping=intake.load_mapping(MAPPING)))


def test_the_roster_goes_in_with_everybody_in_the_right_home(worker: Workspace) -> None:
    report = take(worker, ROSTER).files[0]
    assert report.kind == "foreign"
    homes = {fact["id"]: fact["fields"] for fact in facts(worker, "household")}
    people = facts(worker, "resident")
    assert (len(homes), len(people)) == (5, 12)
    for person in people:
        fields = person["fields"]
        assert fields["household"] in homes  # type: ignore[index]
        if fields["relation"] == "户主":  # type: ignore[index]
            assert homes[fields["household"]]["head"] == fields["name"]  # type: ignore[index]
    before = list(dump.dump(worker, versions=True))
    take(worker, ROSTER)
    assert list(dump.dump(worker, versions=True)) == before
    imports.undo(worker, report.batch)
    assert not facts(worker, "household")


def test_a_known_household_is_filled_not_doubled(worker: Workspace) -> None:
    known = {"estate": "大湾组", "room": "1", "head": "萧大河", "note": "门口有棵桂花树"}
    records.add(worker, ledger("household"), [known])
    take(worker, ROSTER)
    homes = facts(worker, "household")
    assert len(homes) == 5
    assert [fact["fields"]["note"] for fact in homes if fact["fields"].get("note")] == ["门口有棵桂花树"]  # type: ignore[index, attr-defined]


def test_a_door_entered_after_a_list_named_it_is_that_household(worker: Workspace, tmp_path: Path) -> None:
    intake.take(worker, [put(tmp_path / "名册.xlsx", sheets.homes)])
    door = dict(zip(("estate", "building", "unit", "room"), HOME.door, strict=True))
    records.add(worker, ledger("household"), [door | {"note": "新登记"}])
    (home,) = facts(worker, "household")
    assert (home["fields"]["head"], home["fields"]["note"]) == ("王桂兰", "新登记")  # type: ignore[index]


def test_without_a_mapping_what_is_not_certain_is_told(worker: Workspace) -> None:
    report = intake.take(worker, [DATA / "sheets" / "S4_入学登记.csv"]).files[0]
    unmapped = [one for one in report.problems if one.code == "unmapped_column"]
    assert any("监护人" in one.message for one in unmapped)


def test_a_file_that_is_no_list_is_told(worker: Workspace, tmp_path: Path) -> None:
    (tmp_path / "wrong.xlsx").write_text("not a zip", encoding="utf-8")
    report = intake.take(worker, [tmp_path / "wrong.xlsx"]).files[0]
    assert [one.code for one in report.problems] == ["nothing_understood"]


@pytest.fixture
def in_process() -> Iterator[None]:
    with read_once_each():
        yield


HOME = Line(sheets.DOORS[0], "王桂兰", "13800010001", None, "2026-11-03", None)


def put(path: Path, shape: Callable[[list[Line]], dict[str, list[list[str | None]]]], note: str = "") -> Path:
    path.write_bytes(sheets.as_xlsx(shape([replace(HOME, note=note)])))
    return path


@pytest.mark.usefixtures("in_process")
def test_two_lists_stay_one_household_when_a_masked_book_comes_home(open_copy: OpenCopy, tmp_path: Path) -> None:
    """Whichever list gives the name: rows of the book that only show what lists filled are not records of ours."""
    for first, second in permutations(("甲", "乙"), 2):
        worker, township = open_copy("worker"), open_copy("township")
        for note in (first, second):
            intake.take(worker, [put(tmp_path / f"{note}.xlsx", sheets.homes, note)])
            intake.take(township, [book(worker, tmp_path, wish=Wish(full=False))])
        intake.take(worker, [book(township, tmp_path, name="回.xlsx", wish=Wish(full=False))])
        assert len(facts(worker, "household")) == 1


def test_a_need_of_a_list_lies_in_the_grid_and_goes_up_with_its_book(worker: Workspace, tmp_path: Path) -> None:
    heads = ["住址", "户主", "诉求内容", "登记日期"]
    lines = {"诉求": [heads, ["大湾组1号", "王桂兰", "楼道灯坏了", "2026-11-24"]]}
    (tmp_path / "诉求.xlsx").write_bytes(sheets.as_xlsx(lines))
    intake.take(worker, [tmp_path / "诉求.xlsx"])
    out = export.export(worker, Period.of_week(parse_week(THIS_WEEK)), tmp_path / "周.xlsx", Wish(full=False))
    assert (out.counts["household"], out.counts["need"]) == (1, 1)


def test_a_grid_named_by_its_code_is_that_grid(worker: Workspace, tmp_path: Path) -> None:
    """Else its doors met none of ours, and never went up with the grid's book."""
    door = dict(zip(("estate", "building", "unit", "room"), sheets.DOORS[0], strict=True))
    records.add(worker, ledger("household"), [door])
    intake.take(worker, [put(tmp_path / "名册.xlsx", sheets.homes)])
    assert [one["fields"].get("head") for one in facts(worker, "household")] == ["王桂兰"]  # type: ignore[attr-defined]


def test_what_another_release_read_otherwise_is_not_called_forged(
    open_copy: OpenCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worker and township took the same list, each with a program of its own; then the worker's book comes."""
    worker, township = open_copy("worker"), open_copy("township")
    path = put(tmp_path / "名册.xlsx", sheets.homes)
    intake.take(township, [path])
    monkeypatch.setattr(foreign_rows, "__version__", "99")
    told = foreign_lines.told
    monkeypatch.setattr(foreign_lines, "told", lambda row: told(row) | {"household.phone": "13900020002"})
    intake.take(worker, [path])
    wish = Wish(full=True, reason="周报", password="campaign-only")
    full = book(worker, tmp_path, wish=wish)
    report = intake.take(township, [full], intake.Options(password=wish.password)).files[0]
    assert (report.error, report.conflicts) == (None, 1)
