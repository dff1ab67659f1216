"""A damaged vault is told as damage, opens nothing, and comes back from its copy beside the backups."""

import shutil
from pathlib import Path

import pytest

from gridworker.errors import GridworkerError
from gridworker.services import keeping
from gridworker.services.workspace import Workspace
from gridworker.store import database, tries, vault
from tests.conftest import PASSWORD


def code_of(folder: Path, secret: str, name: str = vault.PASSWORD) -> str:
    try:
        tries.unseal(folder, name, secret)
    except GridworkerError as error:
        return error.code
    return "opened"


def spoil(file: Path, at: int = 100) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


@pytest.fixture
def folder(worker: Workspace) -> Path:
    keeping.prove(worker, PASSWORD)
    worker.close()
    return worker.store.folder


@pytest.mark.parametrize("at", [100, -1])
def test_it_comes_back_from_its_copy(folder: Path, at: int) -> None:
    sound = (folder / vault.PASSWORD).read_bytes()
    spoil(folder / vault.PASSWORD, at)
    assert code_of(folder, "a wrong one") == "wrong_passphrase"
    assert (folder / vault.PASSWORD).read_bytes() == sound
    (folder / vault.PASSWORD).unlink()
    assert code_of(folder, PASSWORD) == "opened"


def test_a_copy_follows_its_vault_and_never_the_other_way_round_while_it_is_sound(folder: Path) -> None:
    keeping.rekey(folder, PASSWORD, "", "另一句好记的话")
    assert (folder / vault.COPIES / vault.PASSWORD).read_bytes() == (folder / vault.PASSWORD).read_bytes()
    assert code_of(folder, PASSWORD) == "wrong_passphrase"


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:5000], lambda data: bytes(len(data))])
def test_without_a_copy_it_is_damage_and_no_secret_is_tried(folder: Path, damage) -> None:
    shutil.rmtree(folder / vault.COPIES)
    file = folder / vault.PASSWORD
    file.write_bytes(damage(file.read_bytes()))
    for _time in range(tries.FREE + 1):
        assert code_of(folder, PASSWORD) == "vault_damaged"
    assert tries.read(folder).row == 0


def test_the_recovery_code_makes_a_new_one(worker: Workspace) -> None:
    folder, code = worker.store.folder, keeping.new_recovery_code(worker, PASSWORD)
    shutil.rmtree(folder / vault.COPIES)
    spoil(folder / vault.PASSWORD)
    assert [one for one in keeping.check(worker).faults if "密码文件" in one]
    with pytest.raises(GridworkerError) as told:
        keeping.backup(worker)
    assert told.value.code == "vault_damaged"
    worker.close()
    keeping.rekey(folder, "", code, "另一句好记的话")
    assert database.unlock(folder, "另一句好记的话")
