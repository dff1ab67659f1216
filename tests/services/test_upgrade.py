"""Releases among each other: what a newer one wrote is kept, passed on, and comes alive after upgrading."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from gridworker.domain.ids import from_text, to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import dump, imports, intake, keeping, records, search
from gridworker.services import workspace as workspaces
from gridworker.services.export import Wish
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Workspace
from gridworker.store import kept_books
from gridworker.store.history import history
from tests import invented
from tests.conftest import PASSWORD, TODAY, OpenCopy
from tests.newer import newer_program
from tests.services.township_books import book

SECRET = "上报密码2026"
FULL = Wish(full=True, reason="周报", password=SECRET)
MASKED = Wish(full=False)
UNKNOWN = {"meter", "landlord", "lease_until", "handed_on"}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    return tmp_path / "later"


@pytest.fixture
def books(open_copy: OpenCopy, newer: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A masked and a full workbook of a worker who has the later release."""
    with newer_program(newer):
        worker = open_copy("worker")
        invented.fill(worker, 4, 4, 1)
        homes = worker.connection.execute("select id from household order by id").fetchall()
        given = {"meter": "W-17", "landlord": "诸葛小亮", "lease_until": "2027-03-01"}
        records.change(worker, ledger("household"), homes[0][0], given)
        records.change(worker, ledger("household"), homes[1][0], {"meter": "W-18", "phone": "19900008888"})
        records.change(worker, ledger("household"), homes[1][0], {"meter": None})
        for number, name in enumerate(("旺财", "来福")):
            pet = {"household": to_text(homes[number][0]), "name": name, "chip": f"90{number}", "note": "大声叫"}
            records.add(worker, ledger("pet"), [pet])
        made = tuple(
            book(worker, tmp_path, name=name, wish=wish) for name, wish in (("m.xlsx", MASKED), ("f.xlsx", FULL))
        )
        worker.close()
    return made[0], made[1]


def take(workspace: Workspace, path: Path) -> FileReport:
    return intake.take(workspace, [path], intake.Options(password=SECRET)).files[0]


def reopened(workspace: Workspace) -> Workspace:
    workspace.close()
    return workspaces.open_folder(workspace.store.folder, PASSWORD, TODAY)


@pytest.mark.parametrize("which", [0, 1], ids=["masked", "full"])
def test_known_fields_apply_and_the_rest_comes_alive_after_upgrading(
    books: tuple[Path, Path], open_copy: OpenCopy, newer: Path, which: int
) -> None:
    old = open_copy("township")
    report = take(old, books[which])
    assert {one.code for one in report.problems} == {"newer_fields"}
    assert [one.sheet for one in report.problems] == ["住户名册", "犬只台账", "_gw"][: 2 + which]
    assert report.created > 10
    assert keeping.check(old).ok
    known = _known(dump.dump(old))
    with newer_program(newer):
        fresh = open_copy("township")
        assert take(fresh, books[which]).problems == []
        facts, entries = list(dump.dump(fresh)), list(dump.dump(fresh, versions=True))
        assert _known(facts) == known
        upgraded = reopened(old)
        assert list(dump.dump(upgraded)) == facts
        assert list(dump.dump(upgraded, versions=True)) == entries
        assert kept_books.waiting(upgraded.connection, "") == []
        assert keeping.check(upgraded).ok
        assert take(upgraded, books[which]).changed == 0
        batch = imports.listing(upgraded)[0]["batch"]
        imports.undo(upgraded, from_text(str(batch)))
        assert list(dump.dump(upgraded)) == []
        take(upgraded, books[which])
        assert list(dump.dump(upgraded, versions=True)) == entries
        upgraded.close()


def _known(lines: Iterable[str]) -> set[str]:
    """Facts without what only the later release knows."""
    found = set()
    for line in lines:
        fact = json.loads(line)
        if fact["ledger"] != "pet":
            fact["fields"] = {name: value for name, value in fact["fields"].items() if name not in UNKNOWN}
            fact["incomplete"] = [name for name in fact.get("incomplete", ()) if name not in {*UNKNOWN, "lease"}]
            found.add(json.dumps(fact, sort_keys=True, ensure_ascii=False))
    return found


def test_an_import_taken_back_before_upgrading_stays_taken_back(
    books: tuple[Path, Path], open_copy: OpenCopy, newer: Path
) -> None:
    old = open_copy("township")
    imports.undo(old, take(old, books[0]).batch)
    with newer_program(newer):
        upgraded = reopened(old)
        assert list(dump.dump(upgraded)) == []
        assert {one["state"] for one in imports.listing(upgraded)} == {"undone"}
        take(upgraded, books[0])
        fresh = open_copy("township")
        take(fresh, books[0])
        assert list(dump.dump(upgraded, versions=True)) == list(dump.dump(fresh, versions=True))
        upgraded.close()


def test_work_done_meanwhile_stands_on_what_comes_alive(
    books: tuple[Path, Path], open_copy: OpenCopy, newer: Path
) -> None:
    old = open_copy("township")
    take(old, books[1])
    home = old.connection.execute("select id from household order by id").fetchone()[0]
    records.change(old, ledger("household"), home, {"note": "乡镇记的", "building": "9"})
    with newer_program(newer):
        upgraded = reopened(old)
        row = upgraded.row("household", home)
        assert row
        assert {name: row.values[name] for name in ("note", "building", "meter", "landlord")} == {
            "note": "乡镇记的", "building": "9", "meter": "W-17", "landlord": "诸葛小亮",
        }  # fmt: skip
        assert upgraded.connection.execute("select meter from household where id = ?", (home,)).fetchone()[0] == "W-17"
        assert keeping.check(upgraded).ok
        upgraded.close()


def test_an_older_store_passes_on_what_it_does_not_know(
    books: tuple[Path, Path], open_copy: OpenCopy, newer: Path, tmp_path: Path
) -> None:
    old, other = open_copy("township"), open_copy("township")
    take(old, books[1])
    passed = book(old, tmp_path, name="passed.xlsx", wish=FULL)
    assert [(one.sheet, one.code) for one in take(other, passed).problems] == [("_gw", "newer_fields")]
    with newer_program(newer):
        direct, through = open_copy("township"), open_copy("township")
        take(direct, books[1])
        assert take(through, passed).problems == []
        facts = list(dump.dump(direct))
        carried = list(dump.dump(through))
        assert set(carried) < set(facts)
        assert {fact for fact in facts if '"pet"' in fact or '"meter"' in fact} <= set(carried)
        assert sum('"pet"' in fact for fact in carried) == 2
        upgraded = reopened(other)
        assert list(dump.dump(upgraded)) == carried
        assert upgraded.connection.execute("select count(*) from household where meter = 'W-17'").fetchone()[0] == 1
        assert search.search(upgraded, "旺财") == search.search(direct, "旺财")
        upgraded.close()
        take(direct, passed)
        assert list(dump.dump(direct)) == facts


def test_a_book_of_an_older_release_blanks_nothing(open_copy: OpenCopy, newer: Path, tmp_path: Path) -> None:
    old = open_copy("worker")
    invented.fill(old, 3, 3, 1)
    before = [book(old, tmp_path, name=f"old{kind}.xlsx", wish=wish) for kind, wish in enumerate((MASKED, FULL))]
    home = old.connection.execute("select id from household order by id").fetchone()[0]
    with newer_program(newer):
        township = open_copy("township")
        take(township, before[1])
        given = {"meter": "W-17", "landlord": "诸葛小亮"}
        records.change(township, ledger("household"), home, given)
    records.change(old, ledger("household"), home, {"note": "改过", "phone": "19900001234", "building": "7"})
    after = [book(old, tmp_path, name=f"new{kind}.xlsx", wish=wish) for kind, wish in enumerate((MASKED, FULL))]
    with newer_program(newer):
        for path in (*before, *after):
            assert take(township, path).conflicts == 0
        row = township.row("household", home)
        assert row
        assert {name: row.values[name] for name in given} == given
        assert row.values["building"] == "7"


def test_cells_of_unknown_groups_are_kept_and_say_nothing_here(
    books: tuple[Path, Path], open_copy: OpenCopy, newer: Path, tmp_path: Path
) -> None:
    with newer_program(newer):
        between = open_copy("township")
        take(between, books[0])
        facts = list(dump.dump(between))
        passed = book(between, tmp_path, name="passed.xlsx", wish=FULL)
    old = open_copy("township")
    take(old, passed)
    assert '"lease"' not in "".join(dump.dump(old))
    assert '"lease"' in "".join(dump.dump(old, versions=True))
    for (id,) in old.connection.execute("select id from record").fetchall():
        history(old.connection, id)
    assert keeping.check(old).ok
    with newer_program(newer):
        upgraded = reopened(old)
        assert list(dump.dump(upgraded)) == facts
        upgraded.close()
