"""A clerk's sheet taken in: records of their own, joined by address, told where it was not understood."""

import json
from pathlib import Path

from gridworker.domain.ledgers import ledger
from gridworker.services import dump, imports, intake, records
from gridworker.services.import_report import GroupReport
from gridworker.services.workspace import Workspace

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


def test_without_a_mapping_what_is_not_certain_is_told(worker: Workspace) -> None:
    report = intake.take(worker, [DATA / "sheets" / "S4_入学登记.csv"]).files[0]
    unmapped = [one for one in report.problems if one.code == "unmapped_column"]
    assert any("监护人" in one.message for one in unmapped)


def test_a_file_that_is_no_list_is_told(worker: Workspace, tmp_path: Path) -> None:
    (tmp_path / "wrong.xlsx").write_text("not a zip", encoding="utf-8")
    report = intake.take(worker, [tmp_path / "wrong.xlsx"]).files[0]
    assert [one.code for one in report.problems] == ["nothing_understood"]
