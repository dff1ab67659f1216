"""A ledger invented on the spot works everywhere: one file declares it, and nothing else knows of it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from gridworker.domain import ledgers as declared
from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.exchange.layout import fold_head
from gridworker.services import conflicts, export, field_history, filling, intake, records, search
from gridworker.services.form_plan import Wish as Form
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import queries
from tests.conftest import OpenCopy

GARDEN = '''"""共享菜园: which bed of the shared garden somebody looks after."""

from gridworker.domain.declare import PLAIN, choice, estate, grid, person, phone, ref, remark, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="garden",
    label="共享菜园",
    letter="Z",
    order=190,
    area="共享菜园",
    fields=(
        grid(required=True),
        estate(),
        text("bed", "菜畦号", PLAIN, required=True, synonyms=("地块",)),
        person("keeper", "认领人", synonyms=("种植人",)),
        phone(),
        choice("crop", "作物", ("青菜", "萝卜", "辣椒"), PLAIN),
        ref("activity", "活动", "activity", PLAIN, synonyms=("活动名称",)),
        remark(),
    ),
    title=("bed", "keeper"),
    sheet="共享菜园",
    columns=("estate", "bed", "keeper", "phone", "crop", "activity:name", "note"),
    called=("菜园认领",),
)
'''
BED = {"estate": "金江西苑", "bed": "东三畦", "keeper": "欧阳若兰", "phone": "19900004321", "crop": "萝卜"}
WEEK = Period.of_week(parse_week("2026-W48"))


@pytest.fixture(autouse=True)
def declared_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "declared"
    folder.mkdir()
    (folder / "garden.py").write_text(GARDEN, encoding="utf-8")
    monkeypatch.setattr(declared, "__path__", [*declared.__path__, str(folder)])
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    """What was worked out from the declared ledgers is worked out anew."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("gridworker.domain", "gridworker.exchange")):
            for one in vars(module).values():
                if hasattr(one, "cache_clear"):
                    one.cache_clear()


@pytest.fixture
def people(open_copy: OpenCopy) -> Workspace:
    worker = open_copy("worker")
    activity = records.add(worker, ledger("activity"), [{"name": "春耕节", "held_at": "2026-11-24"}]).ids[0]
    records.add(worker, ledger("garden"), [BED | {"activity": to_text(activity), "note": "欧阳若兰家种"}])
    return worker


def beds(workspace: Workspace) -> list[dict[str, object]]:
    return [records.fields_json(row) for row in queries.every(workspace.connection, "garden")]


def sheet(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_it_is_found(people: Workspace) -> None:
    for query in ("东三畦", "oyrl", "4321"):
        hits = [(hit.title, hit.subtitle) for hit in search.search(people, query) if hit.ledger == "garden"]
        assert hits == [("东三畦 欧阳若兰", "共享菜园 · 199****4321")]


def test_it_travels_is_edited_asked_about_and_has_a_history(
    people: Workspace, open_copy: OpenCopy, tmp_path: Path
) -> None:
    book = export.export(people, WEEK, tmp_path / "week.xlsx", export.Wish(full=False)).file
    opened = openpyxl.load_workbook(book)
    heads = {fold_head(str(cell.value)): cell.column for cell in opened["共享菜园"][3] if cell.value}
    shown = {head: opened["共享菜园"].cell(4, heads[head]).value for head in ("认领人", "活动名称", "备注")}
    assert shown == {"认领人": "欧阳*", "活动名称": "春耕节", "备注": "欧阳*家种"}
    opened["共享菜园"].cell(4, heads["作物"], "辣椒")
    opened.save(tmp_path / "edited.xlsx")
    township = open_copy("township")
    assert intake.take(township, [book]).files[0].problems == []
    [row] = queries.every(people.connection, "garden")
    records.change(people, ledger("garden"), row.id, {"crop": "青菜"})
    intake.take(people, [tmp_path / "edited.xlsx"])
    assert [(one.ledger.name, one.group) for one in conflicts.conflicts(people)] == [("garden", "crop")]
    intake.take(township, [tmp_path / "edited.xlsx"])
    assert beds(township)[0]["crop"] == "辣椒"
    [told] = [one.told for one in field_history.of_record(people, row.id) if one.group == "crop"]
    assert len(told) == 3


def test_a_full_book_brings_it_home_as_it_left(people: Workspace, open_copy: OpenCopy, tmp_path: Path) -> None:
    wish = export.Wish(full=True, reason="周报上报", password="上报密码2026")
    book = export.export(people, WEEK, tmp_path / "full.xlsx", wish).file
    township = open_copy("township")
    for _again in range(2):
        intake.take(township, [book], intake.Options(password="上报密码2026"))
        assert beds(township) == beds(people)


def test_a_sheet_of_somebody_else_goes_into_it(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = open_copy("worker")
    told: list[list[object]] = [["菜园认领名册"], ["序号", "小区", "地块", "种植人", "联系电话", "作物", "活动名称"]]
    rows: list[list[object]] = [[1, "金江西苑", "西一畦", "严守诚", "19900004322", "萝卜", "秋收节"]]
    [report] = intake.take(worker, [sheet(tmp_path / "菜园.xlsx", *told, *rows)]).files
    assert [one.code for one in report.problems] == ["unknown_reference"]
    [row] = queries.every(worker.connection, "garden")
    assert (row.values["grid"], row.values["bed"], row.values["phone"]) == (grid_id("JX03"), "西一畦", "19900004322")


def test_a_blank_form_is_filled_from_it(people: Workspace, tmp_path: Path) -> None:
    heads: list[object] = ["序号", "小区", "菜畦号", "认领人", "联系电话", "作物"]
    plan = filling.plan(people, sheet(tmp_path / "空表.xlsx", ["共享菜园名册"], heads, [1], [2]), Form())
    assert (plan.subject, len(plan.rows)) == ("garden", 1)
    assert list(plan.rows[0].cells.values()) == ["金江西苑", "东三畦", "欧阳*", "199****4321", "萝卜"]


def test_what_it_refers_to_is_named_by_its_name(people: Workspace) -> None:
    for meant in ("春耕节", {"name": "春耕节"}):
        id = records.add(people, ledger("garden"), [BED | {"bed": "南一畦", "activity": meant}]).ids[0]
        row = people.row("garden", id)
        assert row is not None
        assert isinstance(row.values["activity"], int)
