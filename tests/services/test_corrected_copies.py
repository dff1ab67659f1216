"""A marked copy put right and imported again brings exactly what was put right, whatever shape the sheet has."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridworker.exchange.returned import CHECK_HEAD, LIST_SHEET
from gridworker.services import column_memory, columns, dump, feedback, intake
from gridworker.services.import_report import FileReport
from gridworker.services.naming import address_of
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.campaign import sheets
from tests.campaign.devices import Pool, read_once_each
from tests.campaign.sheets import Line

SAMPLES = Path(__file__).parents[1] / "data" / "sheets"
WRONG, RIGHT = "1380001000", "13800010001"
LEDGERS = ("household", "resident", "visit")


def take(workspace: Workspace, path: Path, mapping: dict[str, Any] | None = None) -> FileReport:
    report = intake.take(workspace, [path], intake.Options(mapping=mapping)).files[0]
    assert report.error is None
    return report


def marked(workspace: Workspace, path: Path, mapping: dict[str, Any] | None = None) -> Path:
    out = path.with_name(feedback.marked_name(path))
    feedback.write_marked(workspace, path, take(workspace, path, mapping), out, mapping=mapping)
    return out


def written(folder: Path, shape: Any, lines: list[Line], *, text: bool = False) -> Path:
    made = shape(lines)
    is_text = text and len(made) == 1
    path = folder / f"表{len(list(folder.iterdir()))}.{'csv' if is_text else 'xlsx'}"
    path.write_bytes(sheets.as_csv(next(iter(made.values()))) if is_text else sheets.as_xlsx(made))
    return path


def facts(workspace: Workspace) -> list[str]:
    """What all records say, by doors instead of ids."""
    doors = {row.id: str(address_of(row)) for row in queries.every(workspace.connection, "household")}
    rows = [row for name in LEDGERS for row in queries.every(workspace.connection, name)]
    return sorted(
        f"{row.ledger} {[(key, doors.get(value, value)) for key, value in sorted(row.values.items()) if value]}"  # type: ignore[call-overload]
        for row in rows
    )


def entries(workspace: Workspace) -> set[str]:
    return set(dump.dump(workspace, versions=True))


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    with read_once_each():
        yield Pool(tmp_path_factory.mktemp("copies"))


@st.composite
def corrections(draw: st.DrawFn) -> tuple[list[Line], list[Line]]:
    """Rows about doors of their own, and the same with some of the wrong numbers put right."""
    names = draw(st.permutations(sheets.NAMES))
    wrong = draw(st.lists(st.booleans(), min_size=2, max_size=3).filter(any))
    lines = [
        Line(sheets.DOORS[at], names[at], WRONG if bad else RIGHT, None, "2026-11-03", None)
        for at, bad in enumerate(wrong)
    ]
    fixed = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    phones = [RIGHT if now else one.phone for one, now in zip(lines, fixed, strict=True)]
    return lines, [Line(one.door, one.name, phone, *PLAIN) for one, phone in zip(lines, phones, strict=True)]


PLAIN = (None, "2026-11-03", None)


@settings(max_examples=settings.default.max_examples // 3)
@given(st.sampled_from(sheets.SHAPES), corrections(), st.booleans())
def test_exactly_what_was_put_right_comes_in(
    pool: Pool, tmp_path_factory: pytest.TempPathFactory, shape: Any, rows: tuple[list[Line], list[Line]], text: bool
) -> None:
    """As if the corrected sheet had come at once; what was not touched brings nothing new."""
    folder, (before, after) = tmp_path_factory.mktemp("copy"), rows
    here, there = (pool.device("worker").workspace for _number in range(2))
    out = marked(here, written(folder, shape, before, text=text))
    known = entries(here)
    put_right(out, [one.name for one, other in zip(before, after, strict=True) if one != other], shape)
    report = take(here, out)
    take(there, written(folder, shape, after, text=text))
    pool.take_back()
    assert facts(here) == facts(there)
    assert (report.created, report.conflicts, report.proposals) == (0, 0, 0)
    assert (entries(here) != known) == (before != after)


def put_right(path: Path, names: list[str], shape: Any) -> None:
    """Type the right number wherever the wrong one of these people stands."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == WRONG and _owner(sheet, cell, shape) in names:
                    cell.value = RIGHT
    book.save(path)


def _owner(sheet: Any, cell: Any, shape: Any) -> object:
    """Whose number a cell holds: the nearest name beside it, or above where records are columns or cards."""
    if shape is sheets.turned:
        return sheet.cell(2, cell.column).value
    if shape is sheets.card:
        return sheet.cell(2, 4).value
    beside = (sheet.cell(cell.row, column).value for column in range(cell.column, 0, -1))
    return next(value for value in beside if value in sheets.NAMES)


def two(phone: str = WRONG) -> list[Line]:
    return [Line(sheets.DOORS[0], "王桂兰", phone, *PLAIN), Line(sheets.DOORS[1], "李长河", RIGHT, *PLAIN)]


def test_members_follow_the_household_they_were_sorted_under(worker: Workspace, tmp_path: Path) -> None:
    """Somebody exchanges two heads of households above their members: the file was refused as forged."""
    out = marked(worker, written(tmp_path, sheets.members, two()))
    book = openpyxl.load_workbook(out)
    rows = [[cell.value for cell in book.worksheets[0][row]] for row in (2, 4)]
    for row, values in zip((4, 2), rows, strict=True):
        for column, value in enumerate(values, start=1):
            book.worksheets[0].cell(row, column).value = value
    book.save(out)
    report = take(worker, out)
    assert (report.created, report.changed, report.conflicts) == (0, 2, 0)


def test_a_member_under_a_household_that_was_added_to_the_copy_lives_there(worker: Workspace, tmp_path: Path) -> None:
    out = marked(worker, written(tmp_path, sheets.members, two()))
    book = openpyxl.load_workbook(out)
    for row, values in ((6, ["王小满", "大湾组1号", "王小满", "户主"]), (7, [None, None, "王新", "子"])):
        for column, value in enumerate(values, start=1):
            book.worksheets[0].cell(row, column).value = value
    book.save(out)
    assert take(worker, out).created == 3
    homes = {row.id for row in queries.every(worker.connection, "household")}
    assert {row.plain("household") for row in queries.every(worker.connection, "resident")} == homes


def test_a_copy_corrects_what_was_read_by_hand_before_it(worker: Workspace, tmp_path: Path) -> None:
    """A second mapping replaced the first, and the copy comes home to headings that are remembered."""
    path = written(tmp_path, sheets.visits, two("13800010009"))
    first = take(worker, path)
    plan = columns.changed(first.columns, "走访台账", "E", "visit.+村里记的")
    second = columns.as_mapping(plan, [first.mapping])
    take(worker, path, second)
    out = path.with_name("标记.xlsx")
    feedback.write_marked(worker, path, first, out, mapping=second)
    book = openpyxl.load_workbook(out)
    book.worksheets[0]["C2"].value = RIGHT
    book.save(out)
    column_memory.remember(worker, plan)
    report = take(worker, out)
    assert (report.created, report.changed, report.conflicts, report.proposals) == (0, 1, 0, 0)
    again = take(worker, out, columns.as_mapping(first.columns, [first.mapping, report.mapping]))
    assert (again.created, again.conflicts) == (0, 0)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_everything_but_the_marks_is_as_it_came(worker: Workspace, tmp_path: Path, path: Path) -> None:
    """Only marked sheets, styles and the list of sheets differ; in the sheets no cell of the sender."""
    (tmp_path / path.name).write_bytes(path.read_bytes())
    out = marked(worker, tmp_path / path.name)
    before, after = parts(path.read_bytes()), parts(out.read_bytes())
    theirs, ours = (openpyxl.load_workbook(io.BytesIO(one.read_bytes()), rich_text=True) for one in (path, out))
    shared = {"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    changed = {name for name in before if after[name] != before[name]} - shared
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    assert len(after) - len(before) == 1
    assert [*theirs.sheetnames, LIST_SHEET] == ours.sheetnames
    for sheet in theirs:
        same = ours[sheet.title]
        told = {cell.coordinate: cell.value for row in same.iter_rows() for cell in row if cell.value is not None}
        said = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert said.items() <= told.items()
        added = [same[one] for one in told.keys() - said.keys()]
        assert all(cell.column > max(sheet[one].column for one in said) for cell in added)
        assert same.merged_cells.ranges == sheet.merged_cells.ranges
        assert not added or CHECK_HEAD in {cell.value for cell in added}
