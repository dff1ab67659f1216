"""Papers of a need: the referral slip (转办交办单) for who handles it, the list of materials for the household."""

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.address import format_address
from gridworker.domain.values import display, split_multi
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import need_page, papers, referring
from gridworker.services.naming import address_of
from gridworker.services.papers import Paper
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row


def referral_slip(workspace: Workspace, need: Id, referral: Id = 0) -> Paper:
    """The slip that goes with a need, to whom one of its referrals says; one to be kept secret names nobody."""
    words = papers.form("referral_slip")
    row = _need(workspace, need)
    values = _slip_values(workspace, row, words) | _of_referral(workspace, row, referral)
    return Paper(
        name=f"{words['title']}_{_said(row, 'number')}",
        head=(papers.title(words["title"]), papers.line(unit_name(workspace))),
        rows=tuple(
            papers.facts([(label, values.get(name, "")) for label, name in one["cells"]], one["height"])
            for one in words["rows"]
        ),
        foot=words["foot"],
        logged=f"need/{to_text(need)}",
    )


def has_materials(workspace: Workspace, need: Id) -> bool:
    """Whether a need asks for papers."""
    row = _need(workspace, need)
    return bool(need_page.needed_materials(str(row.plain("kind") or ""), row.values))


def material_list(workspace: Workspace, need: Id) -> Paper:
    """The papers a need asks for, with those there ticked, to be left with the household."""
    words = papers.form("material_list")
    row = _need(workspace, need)
    home = _home(workspace, row)
    there = split_multi(row.plain("materials"))
    needed = need_page.needed_materials(str(row.plain("kind") or ""), row.values)
    names = code_list("materials")
    lines = [
        {"number": str(number), "name": names.label(one), "there": words["there" if one in there else "open"]}
        for number, one in enumerate(needed, 1)
    ]
    worker = workspace.row("worker", workspace.worker) if workspace.worker else None
    known = {"worker": workspace.store.author, "phone": str(worker.plain("phone") or "") if worker else ""}
    sign = [text.format(date=workspace.today.isoformat(), **known) for text in words["sign"]]
    due_on = str(row.plain("due_on") or "")
    due = words["due"].format(day=due_on) if due_on >= workspace.today.isoformat() else ""
    matter = _said(row, "matter") or _said(row, "stage")
    about = words["about"].format(kind=_said(row, "kind"), matter=matter).strip()
    return Paper(
        name=f"{words['title']}_{_said(row, 'number')}",
        head=(
            papers.title(words["title"]),
            papers.line(about, " ".join(part for part in (_said(row, "raised_by"), _address(home)) if part)),
            papers.headings(words["columns"]),
        ),
        rows=(
            *(papers.table_row(words["columns"], one, words["height"]) for one in lines),
            papers.line(words["advice"].format(due=due)),
            papers.line(*sign),
        ),
        foot=words["foot"],
        logged=f"need/{to_text(need)}",
    )


def _need(workspace: Workspace, need: Id) -> Row:
    row = workspace.row("need", need)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这件诉求。"), _("请回到诉求列表重新选。"))
    return row


def _home(workspace: Workspace, row: Row) -> Row | None:
    home = row.plain("household")
    return workspace.row("household", home) if isinstance(home, int) else None


def _address(home: Row | None) -> str:
    return format_address(address_of(home)) if home else ""


def _said(row: Row, name: str) -> str:
    """A value in the Chinese words of forms, whatever the window speaks."""
    return display(ledger("need").by_name[name], row.values.get(name))


def _slip_values(workspace: Workspace, row: Row, words: dict[str, str]) -> dict[str, str]:
    secret = bool(row.plain("confidential"))
    personal = {
        "raised_by": _said(row, "raised_by"),
        "phone": _said(row, "phone"),
        "address": _address(_home(workspace, row)) or _said(row, "place"),
    }
    if secret:
        personal = {"raised_by": words["secret"], "phone": "", "address": ""}
    source = " ".join(part for part in (_said(row, "source"), str(row.plain("registered_at") or "")[:10]) if part)
    callback = " ".join(part for part in (_said(row, "called_back_on"), _said(row, "satisfaction")) if part)
    names = ("number", "kind", "content", "urgency", "due_on")
    return personal | {
        **{name: _said(row, name) for name in names},
        "date": workspace.today.isoformat(),
        "assigner": unit_name(workspace),
        "unit": _said(row, "assigned_to") or _said(row, "unit"),
        "contact": workspace.store.author,
        "source": source,
        "demand": words["demand"],
        "result": _said(row, "result_note"),
        "callback": callback,
    }


def _of_referral(workspace: Workspace, need: Row, referral: Id) -> dict[str, str]:
    """What a referral says otherwise than its need: who gets it, until when, what is asked, what came back."""
    one = next((one for one in referring.of_need(workspace, need.id) if one.id == referral), None)
    if one is None:
        return {}
    content = "\n".join(filter(None, (_said(need, "content"), one.asked)))
    unit = " ".join(dict.fromkeys(filter(None, (one.unit, one.receiver))))
    told = {"date": one.sent_on, "unit": unit, "due_on": one.due_on, "content": content}
    return told | {"result": one.answer, "answered_on": one.answered_on}
