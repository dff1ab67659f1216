"""The database under sqlite-utils is SQLCipher, and what is on disk says nothing."""

from pathlib import Path

import pytest
import sqlcipher3

from gridworker.domain.ledgers import ledger
from gridworker.errors import DataError, UserError
from gridworker.services import records
from gridworker.services.workspace import Workspace, create, open_folder
from gridworker.store import database, schema, vault
from gridworker.store.engine import utils
from tests.conftest import A_WORKER, PASSWORD


def test_sqlite_utils_stands_on_sqlcipher(worker: Workspace) -> None:
    utils(worker.connection)
    import sqlite_utils.db

    assert sqlite_utils.db.sqlite3 is sqlcipher3
    assert worker.connection.execute("pragma cipher_version").fetchone()


def test_nothing_readable_lies_on_disk(worker: Workspace) -> None:
    given = {
        "estate": "金江西苑",
        "building": "3",
        "unit": "2",
        "room": "502",
        "head": "李桂芳",
        "phone": "19900001234",
    }
    records.add(worker, ledger("household"), [given])
    worker.connection.execute("pragma wal_checkpoint(truncate)")
    for path in worker.store.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert "李桂芳".encode() not in data
            assert b"19900001234" not in data
            assert b"SQLite format 3" not in data


def test_a_wrong_password_gives_nothing(worker: Workspace) -> None:
    with pytest.raises(UserError) as told:
        open_folder(worker.store.folder, "不是这个密码")
    assert told.value.code == "wrong_passphrase"


def test_no_store_is_overwritten(worker: Workspace) -> None:
    with pytest.raises(UserError) as told:
        create(worker.store.folder, PASSWORD, A_WORKER)
    assert told.value.code == "store_exists"


def test_a_newer_store_is_refused(worker: Workspace) -> None:
    worker.connection.execute(f"pragma user_version = {schema.VERSION + 1}")
    with pytest.raises(DataError) as told:
        open_folder(worker.store.folder, PASSWORD)
    assert told.value.code == "newer_store"


def test_a_damaged_file_is_told_plainly(worker: Workspace) -> None:
    folder = worker.store.folder
    worker.close()
    path = folder / database.FILE
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(DataError):
        open_folder(folder, PASSWORD)


def test_the_recovery_code_opens_too(tmp_path: Path) -> None:
    key, code = database.create(tmp_path, PASSWORD)
    assert vault.unseal(tmp_path, vault.RECOVERY, vault.clean_code(code.lower().replace("-", " "))) == key


def test_short_passwords_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        create(tmp_path / "one", "1234567", A_WORKER)
    assert told.value.code == "weak_passphrase"
    assert not database.exists(tmp_path / "one")
