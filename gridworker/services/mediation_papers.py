"""Papers of a dispute: 人民调解登记表 with parties and sessions, and the agreement that the parties sign."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.values import display
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import mediating, naming, papers
from gridworker.services.meeting_papers import said
from gridworker.services.papers import Paper
from gridworker.services.papers import Row as PaperRow
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

_SIGNED: Final = 18
"""Millimetres for a line to sign on."""
_NARROW: Final = (11, 18)


def choices(workspace: Workspace, need: Id) -> list[tuple[str, Callable[[], Paper]]]:
    """The papers of a dispute: the register always, an agreement for each session that came to one."""
    found: list[tuple[str, Callable[[], Paper]]] = [(_("人民调解登记表"), partial(register, workspace, need))]
    for row in mediating.records_of(workspace, "mediation", need):
        if row.plain("outcome") == mediating.AGREED:
            word = _("调解协议书　{day}").format(day=str(row.plain("held_at") or "")[:10])
            found.append((word, partial(agreement, workspace, need, row.id)))
    return found


def register(workspace: Workspace, need: Id) -> Paper:
    """人民调解登记表: what it is about, who against whom, and what each session came to."""
    words, row = papers.form("mediation_register"), _need(workspace, need)
    sessions = mediating.records_of(workspace, "mediation", need)
    values = _of_need(workspace, row)
    facts = [papers.facts([(label, values[name]) for label, name in one], 10) for one in words["facts"]]
    told = [line for number, one in enumerate(reversed(sessions), 1) for line in _session(one, number, words)]
    return Paper(
        name=f"{words['title']}_{values['number']}",
        head=(papers.title(words["title"]), papers.line(unit_name(workspace), values["number"])),
        rows=(
            *facts,
            papers.headings(words["columns"]),
            *(papers.table_row(words["columns"], one, 11) for one in _parties(workspace, need)),
            papers.facts([(words["content"], values["content"])], 26),
            *(told or [papers.facts([(words["none"], "")], 30)]),
            papers.line(*words["sign"]),
        ),
        foot=words["foot"],
        logged=f"need/{to_text(need)}",
    )


def agreement(workspace: Workspace, need: Id, session: Id) -> Paper:
    """调解协议书: the parties, the facts, what they agreed on and until when, and where they sign."""
    words, row = papers.form("mediation_agreement"), _need(workspace, need)
    held = next((one for one in mediating.records_of(workspace, "mediation", need) if one.id == session), None)
    if held is None:
        raise UserError("unknown_record", _("找不到这次调解。"), _("请回到列表重新选。"))
    values = _of_need(workspace, row)
    number = words["number"].format(number=said(held, "agreement") or "　　　　")
    due = words["due"].format(day=said(held, "due_on") or words["blank_day"])
    told = (
        (words["content"], values["content"]),
        (words["agreed"], said(held, "content")),
        (words["way"], due),
    )
    parties = [papers.table_row(words["columns"], one, 12) for one in _parties(workspace, need)]
    return Paper(
        name=f"{words['title']}_{values['number']}",
        head=(papers.title(words["title"]), papers.line(unit_name(workspace), number)),
        rows=(
            papers.headings(words["columns"]),
            *parties,
            *(line for label, text in told for line in (papers.prose(label, 11), papers.prose(text, 11))),
            papers.prose(words["copies"]),
            *(replace(papers.line(*one), height=_SIGNED) for one in words["sign"]),
            papers.line(*(text.format(day=said(held, "held_at")[:10]) for text in words["end"])),
        ),
        foot=words["foot"],
        logged=f"need/{to_text(need)}",
    )


def _of_need(workspace: Workspace, row: Row) -> dict[str, str]:
    names = ("number", "kind", "content", "dispute_type", "happened_on", "scale", "involved", "settled_by", "place")
    values = {name: display(ledger("need").by_name[name], row.values.get(name)) for name in names}
    values["registered"] = str(row.plain("registered_at") or "")[:10]
    values["kind"] = values["dispute_type"] or values["kind"]
    values["place"] = values["place"] or naming.home_of(workspace, row.id)
    return values


def _parties(workspace: Workspace, need: Id) -> Iterator[dict[str, str]]:
    """One against the other, then whoever else is concerned; an empty line where nobody is known yet."""
    rows = mediating.parties_of(workspace, need)
    for row in rows:
        yield {name: said(row, name) for name in ("side", "name", "gender", "phone", "address", "workplace")}
    for side in mediating.SIDES if not rows else ():
        yield {"side": side}


def _session(row: Row, number: int, words: dict[str, Any]) -> Iterator[PaperRow]:
    yield papers.facts([(words["session"].format(number=number), _when(row)), (words["mediator"], _who(row))], 11)
    yield papers.facts([(words["said"], said(row, "content"))], 24)
    told = [(label, said(row, name)) for label, name in words["results"]]
    filled = [one for one in told if one[1]] or told[:1]
    yield papers.facts(filled, 11, _NARROW) if len(filled) > 1 else papers.facts(filled, 11)


def _when(row: Row) -> str:
    return " ".join(filter(None, (said(row, "held_at"), said(row, "place"))))


def _who(row: Row) -> str:
    return "、".join(filter(None, (said(row, "mediator"), said(row, "witness"))))


def _need(workspace: Workspace, need: Id) -> Row:
    row = workspace.row("need", need)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这件纠纷。"), _("请回到列表重新选。"))
    return row
