"""Wrong passwords: each one makes the next try wait longer, also after a restart; the access log learns of them.

They stand in a small open file beside the store, which holds counts and moments and nothing else.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import time
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.store import vault

FILE: Final = "tries.json"
FREE: Final = 3
"""Wrong tries in a row that cost nothing."""
_FIRST: Final = 5.0
_LONGEST: Final = 600.0


@dataclass(slots=True)
class Tries:
    """Wrong tries in a row, those the access log does not know yet, and the moment of the last one."""

    row: int = 0
    untold: int = 0
    last: float = 0.0

    @property
    def pause(self) -> float:
        """Seconds that must pass after the last one."""
        return min(_FIRST * 2 ** min(self.row - FREE, 30), _LONGEST) if self.row >= FREE else 0.0


def read(folder: Path) -> Tries:
    """What is known of wrong tries; nothing where the file is gone or damaged."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Tries(int(told["row"]), int(told["untold"]), float(told["last"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Tries()


def unseal(folder: Path, name: str, secret: str) -> bytes:
    """The data key under a secret, where trying is not too early. Raises UserError."""
    tries = read(folder)
    _hold(folder, tries)
    vault.tend(folder)
    try:
        key = vault.unseal(folder, name, secret)
    except UserError as error:
        if error.code == "wrong_passphrase":
            _write(folder, Tries(tries.row + 1, tries.untold + 1, time()))
        raise
    if tries.row:
        _write(folder, Tries(0, tries.untold, tries.last))
    return key


def tell(folder: Path) -> None:
    """Remember a wrong PIN for the access log; it has tries of its own and makes no password wait."""
    tries = read(folder)
    _write(folder, Tries(tries.row, tries.untold + 1, tries.last if tries.pause else time()))


def take_untold(folder: Path) -> Tries:
    """The wrong tries that the access log does not know yet; from now on it does."""
    tries = read(folder)
    if tries.untold:
        with suppress(OSError):
            (folder / FILE).unlink()
    return tries


def _hold(folder: Path, tries: Tries) -> None:
    now = time()
    if now < tries.last:  # the clock was set back: the pause begins anew
        tries.last = now
        _write(folder, tries)
    left = tries.pause - (now - tries.last)
    if left > 0:
        raise UserError(
            "too_many_tries",
            _("密码已经错了 {count} 次，请过 {seconds} 秒再试。").format(count=tries.row, seconds=int(left) + 1),
            _("忘了密码可以用恢复码。"),
        )


def _write(folder: Path, tries: Tries) -> None:
    with suppress(OSError):  # a folder that cannot be written opens all the same
        (folder / FILE).write_text(json.dumps(asdict(tries)), encoding="utf-8")
