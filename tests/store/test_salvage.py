"""Damaged pages: what still reads is recovered as it was, what does not is counted, a backup fills it up."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import DataError, UserError
from gridworker.services import dump, keeping, records, rescue
from gridworker.services.workspace import Workspace
from gridworker.store import database, salvage
from gridworker.store.session import Store
from tests import invented
from tests.conftest import PASSWORD, TODAY, Made, OpenCopy
from tests.store.damage import Way, cut, flipped, pages_of_entries, spoil, zeroed

WAYS = pytest.mark.parametrize("way", [zeroed, flipped, cut], ids=lambda way: way.__name__)
_PAGES: dict[int, list[int]] = {}
"""By the size of the file: where its entries lie."""


def few_pages(folder: Path, key: bytes) -> list[int]:
    """Three pages of entries, none of them above others."""
    size = (folder / database.FILE).stat().st_size
    if size not in _PAGES:
        _PAGES[size] = pages_of_entries(folder, key)[2:]
    return _PAGES[size][::3][:3]


@pytest.fixture
def filled(open_copy: OpenCopy, stores_of_tests: dict[str, Made]) -> tuple[Path, bytes, set[str]]:
    """A closed store, its key, and what it says."""
    worker = open_copy("worker")
    invented.fill(worker, 24, 2)
    facts = set(dump.dump(worker))
    worker.close()
    return worker.store.folder, stores_of_tests["worker"].key, facts


def facts_of(folder: Path, key: bytes) -> set[str]:
    workspace = Workspace(Store(folder, key), TODAY)
    try:
        assert keeping.check(workspace).ok
        return set(dump.dump(workspace))
    finally:
        workspace.close()


@WAYS
def test_what_reads_is_recovered_and_what_does_not_is_counted(filled: tuple[Path, bytes, set[str]], way: Way) -> None:
    folder, key, facts = filled
    spoil(folder, way, few_pages(folder, key)[-1:] if way is cut else few_pages(folder, key))
    found = salvage.salvage(folder, key)
    kept = facts_of(folder, key)
    assert kept < facts or found.torn
    assert found.recovered.total() + found.lost.total() + found.unknown == len(facts)
    assert found.recovered.total() > 10
    assert found.lost.total() > 0
    assert found.kept is not None
    assert (found.kept / database.FILE).exists()


def test_a_backup_fills_what_does_not_read(filled: tuple[Path, bytes, set[str]], tmp_path: Path) -> None:
    folder, key, facts = filled
    workspace = Workspace(Store(folder, key), TODAY)
    device = workspace.store.device
    file = keeping.backup(workspace, tmp_path / "one.gwbackup")
    records.add(workspace, ledger("household"), [{"estate": "金江西苑", "building": "9", "room": "901"}])
    workspace.close()
    spoil(folder, flipped, few_pages(folder, key))
    found = salvage.salvage(folder, key, file)
    assert found.newer is not None
    assert found.newer["household"] <= 1
    assert found.from_backup.total() > 0
    after = facts_of(folder, key)
    assert facts <= after
    assert len(after - facts) == found.newer["household"]
    again = Workspace(Store(folder, key), TODAY)
    assert again.store.device != device
    again.close()


def test_of_another_store_nothing_is_filled_in(
    filled: tuple[Path, bytes, set[str]], open_copy: OpenCopy, tmp_path: Path
) -> None:
    folder, key, facts = filled
    other = open_copy("worker")
    records.add(other, ledger("household"), [{"estate": "另一处", "building": "1", "room": "101"}])
    file = keeping.backup(other, tmp_path / "other.gwbackup")
    spoil(folder, zeroed, few_pages(folder, key))
    found = salvage.salvage(folder, key, file)
    assert found.newer is None
    assert not found.from_backup
    assert facts_of(folder, key) <= facts


def test_nothing_readable_changes_nothing_and_says_what_is_left_to_do(filled: tuple[Path, bytes, set[str]]) -> None:
    folder, key, _facts = filled
    spoil(folder, flipped, [0])
    before = (folder / database.FILE).read_bytes()
    for deed in (lambda: Store(folder, key), lambda: salvage.salvage(folder, key)):
        with pytest.raises(DataError) as told:
            deed()
        assert told.value.code == "damaged"
    assert (folder / database.FILE).read_bytes() == before
    assert not [one for one in folder.iterdir() if one.name.startswith(("restore-ready", ".restore"))]


@pytest.mark.parametrize("deed", [lambda file: file.write_bytes(b""), Path.unlink], ids=["emptied", "gone"])
def test_an_empty_or_lost_data_file_is_never_taken_for_a_new_store(
    filled: tuple[Path, bytes, set[str]], deed: Callable[[Path], object]
) -> None:
    folder, key, _facts = filled
    deed(folder / database.FILE)
    assert database.exists(folder)
    with pytest.raises(DataError) as told:
        Store(folder, key)
    assert told.value.code == "damaged"


def test_a_look_tells_both_choices_and_a_sound_store_is_left_alone(filled: tuple[Path, bytes, set[str]]) -> None:
    folder, key, _facts = filled
    workspace = Workspace(Store(folder, key), TODAY)
    good = keeping.backup(workspace)
    shutil.copyfile(good, good.with_name("gridworker-20991231-235959.gwbackup"))
    with good.with_name("gridworker-20991231-235959.gwbackup").open("r+b") as broken:
        broken.seek(9000)
        broken.write(bytes(9000))
    workspace.close()
    with pytest.raises(UserError) as told:
        rescue.look(folder, PASSWORD)
    assert told.value.code == "sound"
    pages = few_pages(folder, key)
    spoil(folder, zeroed, pages)
    damage = rescue.look(folder, PASSWORD)
    assert damage.pages == len(pages)
    assert damage.backup is not None
    assert damage.backup.file == good
    assert damage.found is not None
    assert damage.found.lost.total() == 0
    assert len(list(rescue.lines(damage.found))) >= 2
