"""专项行动 from door to door: one key says how a door stands; a sheet has a line for each."""

from collections.abc import Iterable

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import TO_DO
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import buildings, undoing
from gridworker.services.buildings import Building
from gridworker.services.campaigns import Campaign, Roll, Subject, campaign_of
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store.door import Change, Written

_ENTRY = ledger("campaign_entry")


def entries_in(changes: object) -> list[Id]:
    """The records of campaigns that a deed changed, if it changed nothing else."""
    changed = changes.changed if isinstance(changes, Written) else []
    return [id for name, id, _fields in changed] if all(one[0] == "campaign_entry" for one in changed) else []


def mark(workspace: Workspace, roll: Roll, building: Building, home: Id, state: str) -> Done:
    """Say how a door stands: of each of its people where people are asked, of the house where houses are."""
    patch: dict[str, Value] = {"state": state, "done_on": workspace.today.isoformat() if state != TO_DO else None}
    if workspace.worker:
        patch["worker"] = workspace.worker
    changes = []
    for subject in roll.asked(building, home):
        known = roll.entries(subject)
        new = () if known else (_new(workspace, roll, building, home, subject, patch),)
        changes += [*(Change(_ENTRY, patch, id) for id in known), *new]
    return undoing.write(workspace, "set", *changes)


def enrol(workspace: Workspace, roll: Roll, some: Iterable[Building]) -> Written:
    """A record for everything the campaign asks in some buildings, which says nothing yet: a sheet has all lines."""
    lines = {
        one: (building, home) for building in some for home in building.homes for one in roll.asked(building, home)
    }
    new = [_new(workspace, roll, *where, one, {}) for one, where in lines.items() if not roll.entries(one)]
    written = workspace.write("add", *new) if new else Written()
    roll.renew(written.ids)
    return written


def facts(workspace: Workspace, campaign: Id) -> tuple[tuple[str, str], ...]:
    """What stands on the page of a campaign: how many are done of all it concerns."""
    row = workspace.row("campaign", campaign)
    if row is None:
        return ()
    roll = Roll(workspace, campaign_of(row))
    some = [roll.progress(one) for one in buildings.bare(workspace)]
    done, whole = sum(one.numerator for one in some), sum(one.denominator or 0 for one in some)
    return ((_("完成进度"), _("已做 {done}，应做 {whole}").format(done=done, whole=whole)),)


def entry_of(roll: Roll, building: Building, home: Id) -> Id:
    """The first record of a door in a campaign, where its own columns are filled in; 0 for none."""
    return next((id for one in roll.asked(building, home) for id in roll.entries(one)), 0)


def blank(workspace: Workspace, roll: Roll, building: Building, home: Id) -> dict[str, Value]:
    """What is known of the record of a door before anything is said."""
    subject = next(iter(roll.asked(building, home)), ("household", home))
    return _known(workspace, roll.campaign, building, home, subject)


def _new(
    workspace: Workspace, roll: Roll, building: Building, home: Id, subject: Subject, patch: dict[str, Value]
) -> Change:
    """The record of a subject, made now or taken back from where it was deleted to."""
    given = {**_known(workspace, roll.campaign, building, home, subject), **patch, DELETED: None}
    return Change(_ENTRY, given, roll.own_entry(subject))


def _known(
    workspace: Workspace, campaign: Campaign, building: Building, home: Id, subject: Subject
) -> dict[str, Value]:
    row = workspace.row("household", home)
    given: dict[str, Value] = {
        "campaign": campaign.id, "grid": row.plain("grid") if row else None,
        "estate": building.place[0] or None, "building": building.place[1] or None,
    }  # fmt: skip
    if subject[0] != "building":
        given["household"] = home
    if subject[0] == "resident" and isinstance(subject[1], int):
        given["resident"] = subject[1]
    return given
