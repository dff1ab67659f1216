"""The data key: random, kept in two tiny encrypted files, one under the password, one under the recovery code.

A changed password rewrites one small file; the data themselves are never encrypted anew for it.
"""

import re
import secrets
from pathlib import Path
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.leftovers import draft_of
from gridworker.store.engine import DatabaseError, connect

PASSWORD: Final = "password.vault"
RECOVERY: Final = "recovery.vault"
SHORTEST: Final = 8
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


def unseal(folder: Path, name: str, secret: str) -> bytes:
    """The data key under this secret. Raises UserError for a wrong one."""
    path = folder / name
    if not path.is_file():
        raise UserError("no_vault", _("找不到密码文件 {name}。").format(name=name), _("请从备份恢复。"))
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
