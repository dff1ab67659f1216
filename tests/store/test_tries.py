"""Wrong passwords wait longer and longer, after a restart too, and the next to open learns of them."""

import pytest

from gridworker.errors import UserError
from gridworker.services import access_lines, keeping
from gridworker.services import workspace as workspaces
from gridworker.store import tries, vault
from tests.conftest import PASSWORD, TODAY

NOW = 1_000_000.0


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets, and vaults that open at once."""
    at = [NOW]
    monkeypatch.setattr(tries, "time", lambda: at[0])

    def unseal(_folder, _name, secret):
        if secret != "right":
            raise UserError("wrong_passphrase", "", "")
        return b"key"

    monkeypatch.setattr(vault, "unseal", unseal)
    return at


def told(folder, secret):
    try:
        return tries.unseal(folder, vault.PASSWORD, secret)
    except UserError as error:
        return error.code


def test_each_wrong_try_makes_the_next_wait_longer_and_the_right_one_too(clock, tmp_path):
    assert [told(tmp_path, "x") for _try in range(4)] == ["wrong_passphrase"] * 3 + ["too_many_tries"]
    for pause in (5, 10, 20):
        clock[0] += pause - 1
        assert told(tmp_path, "right") == "too_many_tries"
        clock[0] += 1
        assert told(tmp_path, "x") == "wrong_passphrase"
    clock[0] += 600
    assert told(tmp_path, "right") == b"key"
    assert told(tmp_path, "x") == "wrong_passphrase"
    assert (tries.read(tmp_path).row, tries.read(tmp_path).untold) == (1, 7)


def test_a_clock_set_back_wins_nothing_and_locks_nobody_out(clock, tmp_path):
    for _try in range(3):
        told(tmp_path, "x")
    clock[0] -= 365 * 86400
    assert told(tmp_path, "right") == "too_many_tries"
    clock[0] += 5
    assert told(tmp_path, "right") == b"key"


def test_a_wrong_pin_is_told_to_the_log_and_makes_no_password_wait_longer(clock, tmp_path):
    for _try in range(3):
        told(tmp_path, "x")
    clock[0] += 4
    tries.tell(tmp_path)
    assert tries.read(tmp_path).untold == 4
    clock[0] += 1
    assert told(tmp_path, "right") == b"key"


def test_a_damaged_note_counts_as_none(clock, tmp_path):
    (tmp_path / tries.FILE).write_text("[]", encoding="utf-8")
    assert told(tmp_path, "right") == b"key"


def test_who_opens_learns_of_wrong_passwords_by_password_and_by_code(worker):
    folder = worker.store.folder
    with pytest.raises(UserError):
        workspaces.open_folder(folder, "不是这个密码", TODAY)
    with pytest.raises(UserError):
        keeping.rekey(folder, "", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "四栋门口银杏黄")
    opened = workspaces.open_folder(folder, PASSWORD, TODAY)
    line = access_lines.newest(opened)[0]
    assert (line.act, line.what[:6]) == ("密码输错", "错了 2 次")
    opened.close()
    again = workspaces.open_folder(folder, PASSWORD, TODAY)
    assert len(access_lines.newest(again, act="failed_unlock")) == 1
    again.close()
