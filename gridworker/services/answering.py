"""What came back on a need that was handed on or passed upwards: the same for 转办 and 上报."""

from collections.abc import Mapping

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.escalation import GOING_ON
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import editing, records
from gridworker.services.workspace import Workspace
from gridworker.store.door import Change


def answered(workspace: Workspace, name: str, id: Id, given: Mapping[str, object], lacking: str) -> Change:
    """The answer to a step, of today unless a day is given; `lacking` says that no outcome was chosen.

    While it goes on it is still waited for. Raises UserError with what is missing, at its field.
    """
    patch: dict[str, object] = {"answered_on": workspace.today.isoformat(), **given}
    if patch.get("outcome") == GOING_ON:
        patch.pop("answered_on")
    elif not patch.get("outcome"):
        refuse({"outcome": lacking})
    return accepted(workspace, name, id, patch)


def accepted(workspace: Workspace, name: str, id: Id, patch: Mapping[str, object]) -> Change:
    """A record of a step, new where the id is 0. Raises UserError with what is missing, at its field."""
    refuse(editing.check(workspace, name, id, patch))
    values = records.understand(workspace, ledger(name), patch, [], 1)
    return Change(ledger(name), values, id) if id else Change(ledger(name), values)


def refuse(wrong: Mapping[str, str]) -> None:
    """Raise UserError with the first of what keeps something from being saved, by field."""
    for field, sentence in wrong.items():
        raise UserError("cannot_save", sentence, _("没有保存。"), field)
