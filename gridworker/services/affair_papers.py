"""Papers of the community's ledgers: the covenant, and by ledger what can be printed of a record."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gridworker.domain.ids import Id, to_text
from gridworker.i18n import _
from gridworker.services import campaign_sheets, captain_papers, covenants, mediation_papers, meeting_papers, papers
from gridworker.services.covenants import Covenant
from gridworker.services.meeting_papers import between, said
from gridworker.services.papers import Paper
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

Make = Callable[[Workspace, Id], Paper]


def covenant(workspace: Workspace, id: Id) -> Paper:
    """规约: the clauses of one version, how it was passed and shown, and that it was superseded if it was."""
    words, row = papers.form("covenant"), covenants.one(workspace, id)
    known = covenants.read(workspace, id)
    facts = [(label, text) for label, name in words["facts"] if (text := _of_covenant(row, known, name, words))]
    scope = words["scope"].format(scope=said(row, "estate")) if said(row, "estate") else ""
    replaced = [papers.prose(words["replaced"].format(version=known.replaced_by))] if known.replaced_by else []
    clauses = [papers.prose(line) for line in known.clauses]
    version = words["version"].format(version=said(row, "version")) if said(row, "version") else ""
    return Paper(
        name=f"{said(row, 'name')}{version}",
        head=(papers.title(words["title"].format(name=said(row, "name"))), papers.line(scope, version)),
        rows=(*replaced, *clauses, papers.line(""), *(papers.facts([one], 9) for one in facts)),
        foot=words["foot"].format(unit=unit_name(workspace)),
        logged=f"covenant/{to_text(id)}",
        personal=False,
    )


def _of_covenant(row: Row, known: Covenant, name: str, words: dict[str, Any]) -> str:
    if name == "public":
        return between(row, "public_from", "public_until", words["public"])
    if name == "opinions":
        told = {one: said(row, one) or "　" for one in ("asked_people", "opinions", "adopted")}
        return words["opinions"].format(**told) if row.plain("asked_people") is not None else ""
    if name == "vote":
        return words["vote"].format(**known.votes) if known.votes else ""
    if name in {"meeting", "replaces"}:
        return str(getattr(known, name))
    return said(row, name)


def choices(workspace: Workspace, ledger_name: str, id: Id) -> list[tuple[str, Callable[[], Paper]]]:
    """What can be printed of a record: its word, and how to make it; of a campaign a sheet for each building."""
    if ledger_name == "campaign":
        return campaign_sheets.choices(workspace, id)
    if ledger_name in {"mediation", "party"}:
        row = workspace.row(ledger_name, id)
        need = row.plain("need") if row else None
        return mediation_papers.choices(workspace, need) if isinstance(need, int) else []
    return [(word, partial(make, workspace, id)) for word, make in _papers().get(ledger_name, ())]


def _papers() -> Mapping[str, tuple[tuple[str, Make], ...]]:
    """By ledger its papers, in the words of the current language."""
    sign_in, cards = _("签到表"), _("干群连心卡")
    return {
        "meeting": (
            (_("会议记录"), meeting_papers.minutes),
            (_("公示"), meeting_papers.notice),
            (sign_in, lambda workspace, id: meeting_papers.sign_in_sheet(workspace, "meeting", id)),
        ),
        "activity": ((sign_in, lambda workspace, id: meeting_papers.sign_in_sheet(workspace, "activity", id)),),
        "covenant": ((_("规约"), covenant),),
        "captain": (
            (_("楼长名册"), lambda workspace, _id: captain_papers.captains(workspace)),
            (cards, lambda workspace, id: captain_papers.contact_cards(workspace, "captain", id)),
        ),
        "cadre": ((cards, lambda workspace, id: captain_papers.contact_cards(workspace, "cadre", id)),),
    }
