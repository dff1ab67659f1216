"""Every workbook is a backup: five weeks of real, encrypted files rebuild on a new laptop what the old one held."""

import json
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gridworker.cli.main import run
from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import random_id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Decision, Tombstone
from gridworker.errors import UserError
from gridworker.services import carried, conflicts, dump, export, intake, rebuild, records, weekly_page
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import exports, queries, taking
from gridworker.store.batches import BatchHead
from gridworker.store.deeds import Deed
from gridworker.store.session import Store
from gridworker.store.taking import Brought
from tests import invented
from tests.conftest import PASSWORD, TODAY, OpenCopy

DATA = Path(__file__).parents[1] / "data"
REPORT_PASSWORD = "演示上报密码2026"
WEEKS = ("2026-W44", "2026-W45", "2026-W46", "2026-W47", "2026-W48")


def on(workspace, week):
    """The same laptop on the Friday of a week."""
    return Workspace(workspace.store, date.fromisocalendar(int(week[:4]), int(week[-2:]), 5))


def left(workspace, week, folder, name=""):
    out = folder / (name or f"{week}.xlsx")
    export.export(on(workspace, week), Period.of_week(parse_week(week)), out, Wish())
    return out


def enter(workspace, entry, of):
    """An entry that no window makes yet, as if a colleague's file had brought it."""
    head = BatchHead(random_id(), random_id(), "x", str(random_id()), "foreign", "", "", "", "2026-11-01")
    taking.take(workspace.connection, head, [Brought(of, entry, Deed("陈晓芸", "worker", "", "decide"))], {})


def a_month(worker, folder):
    """Work of five weeks that goes back to what earlier weeks' workbooks already held; one workbook a week."""
    connection = worker.connection
    files = [left(worker, WEEKS[0], folder)]
    people, visits, needs = (queries.every(connection, name) for name in ("resident", "visit", "need"))
    home = queries.every(connection, "household")[0]
    records.change(worker, ledger("resident"), people[0].id, {"name": "改名人", "phone": "19900001111"})
    records.change(worker, ledger("visit"), visits[0].id, {"content": "补记：上次还看了电表"})
    intake.take(worker, [DATA / "sheets" / "S6_住户成员.xlsx"], intake.Options(
        mapping=intake.load_mapping(DATA / "mappings" / "S6_住户成员.mapping.json")))  # fmt: skip
    files.append(left(worker, WEEKS[1], folder))
    records.delete(worker, ledger("visit"), visits[1].id)
    records.delete(worker, ledger("resident"), people[1].id)
    closed = next(row for row in needs if row.plain("status") == "closed" or row.plain("closed_on"))
    records.change(worker, ledger("need"), closed.id, {"result_note": "后来又问过，办妥了"})
    records.change(worker, ledger("household"), home.id, {"tags": ["独居老人", "自编的一类"]})
    files.append(left(worker, WEEKS[2], folder))
    rows = [row for row in queries.every(connection, "household") if row.id & 1]
    enter(worker, Decision(random_id(), rows[0].id, home.id, same=True), "_decision")
    enter(worker, Decision(random_id(), rows[1].id, home.id, same=False), "_decision")
    files.append(left(worker, WEEKS[3], folder))
    enter(worker, Tombstone(random_id(), people[2].id), "resident")
    told = {"household": to_text(home.id), "content": "年底看望", "visited_at": "2026-11-24T10:00"}
    records.add(on(worker, WEEKS[4]), ledger("visit"), [told])
    files.append(left(worker, WEEKS[4], folder))
    return files


@pytest.fixture(scope="module")
def month(stores_of_tests, tmp_path_factory):
    """A laptop after a month, as it lies on the disk, and the workbooks of that month; made once."""
    maker = OpenCopy(stores_of_tests, tmp_path_factory.mktemp("month"))
    laptop, books = a_laptop(maker), tmp_path_factory.mktemp("books")
    a_month(laptop, books)
    laptop.close()
    return laptop.store, books


@pytest.fixture
def aged(month, open_copy, tmp_path):
    """That laptop again, and copies of its workbooks."""
    store, books = month
    laptop = open_copy("worker")
    with closing(Store(store.folder, store._key)) as kept:
        kept.connection.backup(laptop.connection)
    return laptop, [Path(shutil.copy(one, tmp_path)) for one in sorted(books.iterdir())]


@pytest.fixture
def old(open_copy):
    """A worker's laptop with a history and the township's password."""
    return a_laptop(open_copy)


def a_laptop(maker):
    made = maker("worker")
    invented.fill(made, 12, 6)
    made.store.set("report_password", REPORT_PASSWORD)
    return made


def fresh(open_copy):
    made = open_copy("worker")
    made.store.set("report_password", REPORT_PASSWORD)
    return made


def facts(workspace):
    return list(dump.dump(workspace))


def test_the_new_laptop_dumps_what_the_old_one_held(aged, open_copy):
    old, files = aged
    new = fresh(open_copy)
    done = rebuild.rebuild(new, [files[0].parent])
    assert facts(new) == facts(old)
    assert (done.weeks, done.missing, done.masked, done.failed) == (WEEKS, (), 0, ())
    assert done.until == "2026-11-27"
    assert "最后一份是 11月27日导出的；此后录入的没有交过" in done.lines()[-1]
    waits = [[one.as_json() for one in conflicts.conflicts(store)] for store in (new, old)]
    assert {one["kind"] for some in waits for one in some} <= {conflicts.PROPOSAL}
    assert [one["conflict"] for one in waits[0]] == [one["conflict"] for one in waits[1]]


@pytest.mark.parametrize("gone", [0, 2])
def test_one_lost_workbook_loses_nothing_and_is_named(aged, open_copy, gone):
    old, files = aged
    new = fresh(open_copy)
    done = rebuild.rebuild(new, files[:gone] + files[gone + 1 :])
    assert facts(new) == facts(old)
    assert done.missing == (WEEKS[gone],)


def test_a_week_done_again_and_again_keeps_all_in_its_last_workbook(old, open_copy, tmp_path):
    files = [left(old, WEEKS[0], tmp_path), left(old, WEEKS[1], tmp_path)]
    left(old, WEEKS[2], tmp_path, "一.xlsx")
    visit = queries.every(old.connection, "visit")[0]
    for text in ("第一遍", "第二遍"):
        records.change(old, ledger("visit"), visit.id, {"content": text})
        last = left(old, WEEKS[2], tmp_path, f"{text}.xlsx")
    new = fresh(open_copy)
    rebuild.rebuild(new, [*files, last])
    assert facts(new) == facts(old)


def test_what_a_workbook_carries_stays_bounded(aged):
    """A month later the old weeks' visits are no longer carried, and nothing but the last weeks' marks is kept."""
    old, _files = aged
    everything = {key >> 20 for key in carried.entries.held_keys(old.connection)}
    assert len(carried.unsent(old, "2026-W49").records) < len(everything) / 3
    assert len(exports.marks(old.connection)) <= 3


def test_the_chain_goes_on_where_it_ended(aged, open_copy, tmp_path):
    old, files = aged
    new = fresh(open_copy)
    rebuild.rebuild(new, files)
    assert exports.links(new.connection, "", 9) == exports.links(old.connection, "", 9)
    assert weekly_page.unreported(new).count == 0
    left(new, "2026-W49", tmp_path)
    assert [one.week for one in exports.links(new.connection, "", 9)] == [*WEEKS, "2026-W49"]


def test_what_was_typed_at_the_set_up_gives_way_to_the_workbooks(aged, open_copy, tmp_path):
    old, files = aged
    records.change(old, ledger("grid"), old.grid, {"name": "金江西苑三网格"})
    files.append(left(old, "2026-W49", tmp_path))
    new = fresh(open_copy)
    rebuild.rebuild(new, files)
    assert facts(new) == facts(old)


def test_masked_workbooks_give_back_what_they_show_and_say_so(old, open_copy, tmp_path):
    old.store.set("report_password", "")
    new = fresh(open_copy)
    done = rebuild.rebuild(new, [left(old, WEEKS[4], tmp_path)])
    assert done.masked == 1
    assert any("遮住版" in line for line in done.lines())


def test_a_folder_without_this_grids_workbooks_is_refused(open_copy, tmp_path):
    (tmp_path / "别的").mkdir()
    shutil.copy(DATA / "sheets" / "S6_住户成员.xlsx", tmp_path / "别的")
    with pytest.raises(UserError, match="没有这个网格交过的周报"):
        rebuild.rebuild(fresh(open_copy), [tmp_path / "别的"])


def test_unreported_counts_from_the_last_workbook(old, tmp_path):
    assert weekly_page.unreported(old).since is None
    left(old, WEEKS[3], tmp_path)
    assert weekly_page.unreported(old).count == 0
    home = to_text(queries.every(old.connection, "household")[0].id)
    records.add(old, ledger("visit"), [{"household": home, "content": "看望"}])
    found = weekly_page.unreported(old)
    assert (found.count, found.since) == (1, date(2026, 11, 20))
    assert found.sentence() == "11月20日上报以后又存了 1 次（登记、修改、导入各算一次），还没有上报"


def test_the_command_line_rebuilds_and_a_wrong_password_makes_nothing(aged, tmp_path, monkeypatch, capsys):
    old, files = aged
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    (tmp_path / "对.txt").write_text(REPORT_PASSWORD, encoding="utf-8")
    (tmp_path / "错.txt").write_text("不是这个密码", encoding="utf-8")
    new = tmp_path / "新电脑"

    def init(secret):
        code = run([
            "--data", str(new), "--today", TODAY.isoformat(), "--json", "init", "--role", "worker", "--name", "陈晓芸",
            "--grid", "JX03", "--rebuild", str(files[0].parent), "--password-file", str(tmp_path / secret),
        ])  # fmt: skip
        return code, json.loads(capsys.readouterr().out)

    code, told = init("错.txt")
    assert (code, told["error"]["code"]) == (2, "nothing_to_rebuild")
    assert not new.exists()
    code, told = init("对.txt")
    assert (code, told["rebuilt"]["weeks"], told["rebuilt"]["until"]) == (0, list(WEEKS), "2026-11-27")
    assert run(["--data", str(new), "--today", TODAY.isoformat(), "dump"]) == 0
    assert capsys.readouterr().out.splitlines() == facts(old)
