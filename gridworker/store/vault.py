"""The data key: random, kept in two tiny encrypted files, one under the password, one under the recovery code.

A changed password rewrites one small file; the data themselves are never encrypted anew for it. Behind what the engine
wrote stands a digest of it, so that damage is told from a wrong password; a copy of both files lies with the backups.
"""

import hashlib
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from gridworker.errors import DataError, UserError
from gridworker.i18n import _
from gridworker.leftovers import draft_of
from gridworker.store.engine import DatabaseError, connect

PASSWORD: Final = "password.vault"
RECOVERY: Final = "recovery.vault"
NAMES: Final = (PASSWORD, RECOVERY)
COPIES: Final = "backups"
"""The folder beside the vaults in which their copies lie."""
SHORTEST: Final = 8
_PAGE: Final = 4096
_DIGEST: Final = hashlib.sha256().digest_size
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS: Final = 6


def new_key() -> bytes:
    """A fresh 32-byte data key."""
    return secrets.token_bytes(32)


def new_recovery_code() -> str:
    """Six groups of four signs nobody confuses: 120 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _sign in range(4)) for _group in range(_GROUPS))


def clean_code(text: str) -> str:
    """A recovery code as typed, without its spaces and dashes."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def check_password(password: str) -> None:
    """Refuse passwords a stranger would try first."""
    if sum(2 if sign > "\u2e7f" else 1 for sign in password) < SHORTEST:
        raise UserError(
            "weak_passphrase", _("密码至少要 8 位，汉字一个算两位。"), _("可以用一句好记的话，例如“三栋楼下桂花香”。")
        )


def seal(folder: Path, name: str, secret: str, key: bytes) -> None:
    """Write the data key under a secret: new file first, then in one step over the old one."""
    with draft_of(folder / name) as draft:
        draft.unlink(missing_ok=True)
        connection = connect(str(draft))
        try:
            connection.execute("pragma cipher_log_level = none")  # it would write to a stderr that a window may lack
            connection.execute(f"pragma key = {_quoted(secret)}")
            connection.execute("pragma journal_mode=memory")  # a draft that fails is thrown away
            connection.execute("create table vault(data_key blob not null)")
            connection.execute("insert into vault values(?)", (key,))
        finally:
            connection.close()
        _sign(draft)


def _sign(file: Path) -> None:
    with file.open("r+b") as vault:
        digest = hashlib.sha256(vault.read()).digest()
        vault.write(digest)


def is_sound(file: Path) -> bool | None:
    """Whether a vault is as it was written; None where an earlier release wrote it, without a digest."""
    try:
        data = file.read_bytes()
    except OSError:
        return False
    whole = len(data) // _PAGE * _PAGE
    if not whole or not any(data[:whole]):
        return False
    if len(data) == whole:
        return None
    return data[whole:] == hashlib.sha256(data[:whole]).digest()


def tend(folder: Path) -> None:
    """A vault that is damaged or gone comes back from its copy, and a copy follows its vault. Never fails."""
    for name in NAMES:
        vault, copy = folder / name, folder / COPIES / name
        with suppress(OSError, DataError):
            if is_sound(vault):
                _copy(vault, copy)
            elif is_sound(vault) is False and is_sound(copy):
                _copy(copy, vault)


def _copy(source: Path, target: Path) -> None:
    data = source.read_bytes()
    if not target.exists() or target.read_bytes() != data:
        target.parent.mkdir(exist_ok=True)
        with draft_of(target) as draft:
            draft.write_bytes(data)


def damage(name: str) -> DataError:
    """A vault that no secret opens any more."""
    if name == RECOVERY:
        return DataError(
            "vault_damaged", _("恢复码的文件坏了，恢复码现在打不开。"), _("请用密码打开，再到设置里换一个新恢复码。")
        )
    return DataError(
        "vault_damaged", _("密码文件坏了，不是密码输错；数据还在。"), _("请用恢复码设新密码，或恢复一份备份。")
    )


def unseal(folder: Path, name: str, secret: str) -> bytes:
    """The data key under this secret. Raises UserError for a wrong one, DataError for a damaged file.

    On that no secret is tried, so that nobody can guess without being counted.
    """
    path = folder / name
    if is_sound(path) is False:
        raise damage(name)
    connection = connect(str(path))
    try:
        connection.execute("pragma cipher_log_level = none")  # it would write to a stderr that a window may lack
        connection.execute(f"pragma key = {_quoted(secret)}")
        row = connection.execute("select data_key from vault").fetchone()
    except DatabaseError as error:
        raise UserError("wrong_passphrase", _("密码不对。"), _("请再输一次；忘了密码可以用恢复码。")) from error
    finally:
        connection.close()
    return bytes(row[0])


def _quoted(secret: str) -> str:
    return "'" + secret.replace("'", "''") + "'"
