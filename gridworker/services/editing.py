"""Changing a record or adding one, as its dialog does: problems by field, one deed, one undo."""

from collections.abc import Callable, Container, Mapping
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Kind, Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import unbalanced_votes
from gridworker.domain.text import phone
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import budgets, defaults, naming, records, undoing
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

Problems = dict[str, str]
"""By field: what is wrong and what to do."""


def save(workspace: Workspace, ledger_name: str, id: Id, given: Mapping[str, object]) -> Done | Problems:
    """Change a record, or make a new one (id 0); problems by field when something cannot stand."""
    patch, wrong = _checked(workspace, ledger_name, id, given)
    if wrong:
        return wrong
    return undoing.write(workspace, "set" if id else "add", Change(ledger(ledger_name), patch, id))


def check(workspace: Workspace, ledger_name: str, id: Id, given: Mapping[str, object]) -> Problems:
    """What keeps `save` from saving."""
    return _checked(workspace, ledger_name, id, given)[1]


def _checked(
    workspace: Workspace, ledger_name: str, id: Id, given: Mapping[str, object]
) -> tuple[dict[str, Value], Problems]:
    of = ledger(ledger_name)
    found: list[records.FieldProblem] = []
    patch = records.understand(workspace, of, given, found, 1)
    wrong = {one.field: _sentence(one) for one in found}
    row = workspace.row(ledger_name, id) if id else None
    if row is None:
        patch = defaults.fill(workspace, of, patch)
    new = {**(row.values if row else {}), **patch}
    wrong |= _missing(of, new, patch if row else of.by_name)
    wrong |= {**of.check(new), **_RULES.get(of.name, _none_wrong)(workspace, id, new)}
    if row is not None and of.name == "need":
        patch |= _unit_of_kind(row, patch)
    return patch, wrong


def estates(workspace: Workspace) -> list[str]:
    """The estates and village groups known here, for the next household."""
    return lists.estates(workspace.connection)


def next_member(workspace: Workspace, household: Id) -> dict[str, Value]:
    """What is known of the next person of a household before anything is typed: the first one is its head."""
    given: dict[str, Value] = {"household": to_text(household)}
    home = workspace.row("household", household)
    if home is not None and not queries.of_household(workspace.connection, "resident", household):
        given |= {"name": home.plain("head"), "relation": "户主", "phone": home.plain("phone")}
    return given


def stored(workspace: Workspace, ledger_name: str, id: Id) -> dict[str, Value]:
    """The values of a record in full, as its dialog shows them: money in yuan."""
    row = workspace.row(ledger_name, id)
    if row is None:
        return {}
    money = {one.name: one for one in ledger(ledger_name).fields if one.kind is Kind.MONEY}
    return {
        name: naming.said(money[name], row.plain(name)) if name in money else row.plain(name) for name in row.values
    }


def _sentence(one: records.FieldProblem) -> str:
    return phone.remedy(one.value) if one.field == "phone" else one.message


def _missing(of: Ledger, values: Mapping[str, Value], asked: Container[str]) -> Problems:
    """What must be there; of a known record only what is touched: what somebody else left out forbids no correction."""
    return {
        one.name: _("要填{label}").format(label=_(one.label))
        for one in of.fields
        if one.required and one.name in asked and values.get(one.name) is None
    }


def _none_wrong(_workspace: Workspace, _id: Id, _values: Mapping[str, Value]) -> Problems:
    return {}


def _visit_to_come(workspace: Workspace, _id: Id, values: Mapping[str, Value]) -> Problems:
    late = str(values.get("visited_at") or "")[:10] > workspace.today.isoformat()
    return {"visited_at": _("走访时间还没到，请改成今天或以前")} if late else {}


def _unfit_step(workspace: Workspace, _id: Id, values: Mapping[str, Value]) -> Problems:
    """A step says what, and when it was or will be done."""
    found = {} if values.get("content") else {"content": _("写一句办理措施")}
    if not values.get("done_on") and not values.get("due_on"):
        found["done_on"] = found["due_on"] = _("要有日期，如 今天、1127")
    if str(values.get("done_on") or "") > workspace.today.isoformat():
        found["done_on"] = _("办理日期还没到，请改成今天或以前")
    return found


def _unit_of_kind(row: Row, patch: Mapping[str, Value]) -> dict[str, Value]:
    """A need of another kind goes to the unit that usually handles that, unless somebody named one."""
    if "kind" not in patch or "unit" in patch or row.plain("unit") not in {None, defaults.unit_of(row.plain("kind"))}:
        return {}
    return {"unit": defaults.unit_of(patch["kind"])}


def _no_door(_workspace: Workspace, _id: Id, values: Mapping[str, Value]) -> Problems:
    """Without a door nobody finds the household; two households behind one door are likely, not wrong."""
    return {} if values.get("room") else {"room": _("要填室号或门牌号")}


def _votes_apart(workspace: Workspace, _id: Id, values: Mapping[str, Value]) -> Problems:
    """The votes on a topic add up to who was present at its meeting."""
    id = values.get("meeting")
    meeting = workspace.row("meeting", id) if isinstance(id, int) else None
    sentence = unbalanced_votes(values, meeting.plain("present") if meeting else None)
    return {"in_favour": sentence} if sentence else {}


_RULES: Final[Mapping[str, Callable[[Workspace, Id, Mapping[str, Value]], Problems]]] = {
    "household": _no_door, "visit": _visit_to_come, "followup": _unfit_step, "topic": _votes_apart,
    "spending": budgets.beyond,
}  # fmt: skip
