"""A PIN of six digits that opens a locked window while the program runs (design.md §8).

The data key then stays in memory. After five wrong ones, and after the program has ended, only the password opens.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import keeping
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Workspace
from gridworker.store import tries
from gridworker.store.engine import DatabaseError
from gridworker.store.session import Store

LENGTH: Final = 6
TRIES: Final = 5
_SETTING: Final = "pin"
_RUNS: Final = "01234567890 09876543210"
"""What a stranger tries first, beside one digit six times."""


class Held:
    """What opens a locked store again: good for some wrong PINs, then for nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._folder = workspace.store.folder
        self._open: Callable[[], Store] | None = workspace.store.opener()
        self._kept = workspace.store.get(_SETTING)
        self.left = TRIES

    def open(self, digits: str, today: date | None) -> Workspace:
        """The workspace once more. Raises UserError for a wrong PIN, `pin_over` for the last of them."""
        if self._open and hmac.compare_digest(_scrambled(digits, self._kept.partition(":")[0]), self._kept):
            return workspaces.open_store(self._open(), today)
        self.left = max(self.left - 1, 0)
        tries.tell(self._folder)
        if not self.left:
            self._open = None  # nothing holds the key any longer
            raise UserError("pin_over", _("PIN 错了 {count} 次。").format(count=TRIES), _("请输密码。"))
        raise UserError("wrong_pin", _("PIN 不对。"), _("还可以试 {count} 次，之后要输密码。").format(count=self.left))


def is_set(workspace: Workspace) -> bool:
    """Whether a PIN opens this laptop after a pause."""
    return bool(workspace.store.get(_SETTING))


def hold(workspace: Workspace) -> Held | None:
    """What a locked window keeps; nothing where no PIN was set, or none reads: the window locks all the same."""
    with suppress(DatabaseError, OSError):
        return Held(workspace) if is_set(workspace) else None
    return None


def choose(workspace: Workspace, password: str, digits: str) -> None:
    """Set a PIN, proved by the password. Raises UserError."""
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise UserError("weak_pin", _("PIN 是 6 位数字。"))
    if len(set(digits)) == 1 or digits in _RUNS:
        raise UserError("weak_pin", _("这个 PIN 太好猜。"), _("请换六位不连续的数字。"))
    keeping.prove(workspace, password)
    workspace.store.set(_SETTING, _scrambled(digits, secrets.token_hex(8)))


def drop(workspace: Workspace) -> None:
    """Only the password opens from now on."""
    workspace.store.set(_SETTING, "")


def _scrambled(digits: str, salt: str) -> str:
    """What is kept of a PIN: slow to try out, even for who reads the memory of the locked program."""
    found = hashlib.scrypt(digits.encode(), salt=salt.encode(), n=1 << 14, r=8, p=1, dklen=16)
    return f"{salt}:{found.hex()}"
