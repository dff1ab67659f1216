"""What a foreign file is called by in ids that leave the machine: with the township's salt where there is one.

The digest of a file of few rows could be guessed by whoever holds a masked workbook (versions.md §17.11).
"""

import hashlib
import json
import secrets
from typing import Final

from gridworker.services.workspace import Workspace
from gridworker.store import batches

_SALT: Final = "salt"


def key_of(workspace: Workspace, digest: str) -> str:
    """The key of a file by its digest: the one it came in under before, else by the salt known now."""
    for report in batches.reports_of(workspace.connection, digest):
        return str(json.loads(report).get("key") or digest)
    salt = workspace.store.get(_SALT)
    return hashlib.sha256(f"{salt} {digest}".encode()).hexdigest() if salt else digest


def salt_for_setup(workspace: Workspace) -> str:
    """The township's salt, drawn when its first set-up file is written."""
    if not workspace.store.get(_SALT):
        workspace.store.set(_SALT, secrets.token_hex(16))
    return workspace.store.get(_SALT)


def take_salt(workspace: Workspace, salt: str) -> None:
    """Keep the salt of a set-up file, so that all machines of a township call a file alike."""
    if salt:
        workspace.store.set(_SALT, salt)
