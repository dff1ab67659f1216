"""Recording a visit with the needs heard and the steps promised: one form, one deed, one undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from gridworker.domain.ids import Id, random_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import defaults, records, undoing
from gridworker.services.likely_same import Likely, likely
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

VISIT: Final = -1
"""The place of a problem that lies in the visit itself; needs count from 0."""
OUTCOMES: Final = ("met", "not_met", "refused", "away", "vacant", "moved", "wrong_address")
"""In the order of their digits, wherever a key chooses one."""
_SOURCES: Final = {"phone": "来电", "office": "来访"}

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NeedGiven:
    """A need as the form holds it, and the step promised for it (`due_on`, `content`); no step is empty."""

    fields: Fields
    step: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What keeps a form from being saved: in the visit or in which need, at which field, in one sentence."""

    place: int
    field: str
    message: str


def problems(workspace: Workspace, visit: Fields, needs: Sequence[NeedGiven]) -> list[FormProblem]:
    """Everything that has to be put right before saving, in the order of the form."""
    found = []
    if str(visit.get("visited_at") or "")[:10] > workspace.today.isoformat():
        found.append(FormProblem(VISIT, "visited_at", _("走访时间还没到，请改成今天或以前")))
    for place, need in enumerate(needs):
        found += [FormProblem(place, name, sentence) for name, sentence in need_problems(workspace, need, visit)]
    return found


def need_problems(workspace: Workspace, need: NeedGiven, visit: Fields) -> list[tuple[str, str]]:
    """Field and sentence for everything that keeps a need from being saved."""
    found = []
    day = str(visit.get("visited_at") or workspace.today.isoformat())[:10]
    unread: list[records.FieldProblem] = []
    records.understand(workspace, ledger("need"), need.fields, unread, 1)
    if not need.fields.get("kind"):
        found.append(("kind", _("先选类别：输拼音、字或编号")))
    if not need.fields.get("content"):
        found.append(("content", _("写一句诉求内容")))
    if str(need.fields.get("due_on") or day) < day:
        found.append(("due_on", _("办理时限早于走访，请改晚一些")))
    if need.step.get("content") and not need.step.get("due_on"):
        found.append(("step", _("接着办要有日期，如 明天、1127")))
    return found + [(one.field, f"{_(ledger('need').by_name[one.field].label)}：{one.message}") for one in unread]


def likely_needs(workspace: Workspace, household: Id, needs: Sequence[NeedGiven]) -> list[Likely]:
    """Open needs that may be those about to be entered."""
    found: dict[Id, Likely] = {}
    for need in needs:
        given = {name: need.fields.get(name) for name in ("kind", "content")} | {"household": household}
        found |= {one.id: one for one in likely(workspace, "need", given)}
    return list(found.values())


def save(workspace: Workspace, household: Id, visit: Fields, needs: Sequence[NeedGiven] = ()) -> Done:
    """Enter a visit, its needs and their promised steps as one deed. Raises UserError for what cannot be saved."""
    wrong = problems(workspace, visit, needs)
    if wrong:
        raise UserError(f"visit_{wrong[0].field}", wrong[0].message, _("没有保存。"))
    home = workspace.row("household", household)
    if home is None:
        raise UserError("unknown_record", _("找不到这一户。"), _("请回到住户列表重新选。"))
    visit_id = random_id()
    changes = [_change(workspace, "visit", {**visit, "household": household}, visit_id)]
    for place, need in enumerate(needs):
        changes += _need_changes(workspace, need, home, visit, visit_id, place)
    return undoing.write(workspace, "visit", *changes)


def amend(workspace: Workspace, visit: Id, household: Id, given: Fields) -> Done:
    """Change a stored visit, its household too. Raises UserError for what cannot be saved."""
    wrong = problems(workspace, given, ())
    if wrong:
        raise UserError(f"visit_{wrong[0].field}", wrong[0].message, _("没有保存。"))
    row = workspace.row("visit", visit)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这次走访。"), _("没有保存。"))
    if row.plain("household") != household and queries.count(workspace.connection, "need", "visit = ?", [visit]):
        raise UserError("needs_of_visit", _("这次走访记了诉求，不能改到别户。"), _("没有保存。"))
    of = ledger("visit")
    patch = {**records.understand(workspace, of, given, [], 1), "household": household}
    return undoing.write(workspace, "set", Change(of, patch, visit))


def hear(workspace: Workspace, visit: Id, need: NeedGiven) -> Done:
    """Enter a need that was heard on a stored visit."""
    row = workspace.row("visit", visit)
    home = workspace.row("household", row.plain("household")) if row else None
    if row is None or home is None:
        raise UserError("unknown_record", _("找不到这次走访。"), _("没有保存。"))
    heard_on = {name: row.plain(name) for name in ("visited_at", "mode")}
    wrong = need_problems(workspace, need, heard_on)
    if wrong:
        raise UserError(f"need_{wrong[0][0]}", wrong[0][1], _("没有保存。"))
    return undoing.write(workspace, "need", *_need_changes(workspace, need, home, heard_on, visit))


def register(workspace: Workspace, need: NeedGiven, household: Id = 0, resident: Id = 0) -> Done:
    """Enter a need that was not heard on a visit, of a household, of one of its people or of nobody in particular."""
    wrong = need_problems(workspace, need, {})
    if wrong:
        raise UserError(f"need_{wrong[0][0]}", wrong[0][1], _("没有保存。"))
    home = workspace.row("household", household) if household else None
    person = workspace.row("resident", resident) if resident else None
    if person is None:
        return undoing.write(workspace, "need", *_need_changes(workspace, need, home, {}))
    said = {"raised_by": person.plain("name"), "phone": person.plain("phone") or (home and home.plain("phone"))}
    heard, *steps = _need_changes(workspace, NeedGiven({**said, **need.fields}, need.step), home, {})
    heard = replace(heard, patch={**heard.patch, "resident": person.id})
    return undoing.write(workspace, "need", heard, *steps)


def _need_changes(
    workspace: Workspace, need: NeedGiven, home: Row | None, visit: Fields, visit_id: Id = 0, pending: int = 0
) -> list[Change]:
    """A need with its promised step."""
    need_id = random_id()
    where = {"household": home.id} if home else {}
    heard_on = {"visit": visit_id} if visit_id else {}
    changes = [_change(workspace, "need", _heard(home, visit, need.fields) | where | heard_on, need_id, pending)]
    if need.step.get("due_on"):
        changes.append(_change(workspace, "followup", {**need.step, "need": need_id}, random_id()))
    return changes


def _heard(home: Row | None, visit: Fields, given: Fields) -> dict[str, object]:
    """A need with what follows from where and how it was heard."""
    usual: dict[str, object] = {
        "grid": home.plain("grid") if home else None,
        "registered_at": visit.get("visited_at"),
        "source": _SOURCES.get(str(visit.get("mode")), "走访"),
        "raised_by": home.plain("head") if home else None,
        "phone": home.plain("phone") if home else None,
        "unit": defaults.unit_of(given.get("kind")),
    }
    return {name: value for name, value in (usual | dict(given)).items() if value is not None}


def _change(workspace: Workspace, name: str, given: Fields, id: Id, pending: int = 0) -> Change:
    """A new record. Values come from fields that read them already, so what is doubtful is taken as typed."""
    of = ledger(name)
    refs = {key: value for key, value in given.items() if of.by_name[key].kind == "ref"}
    typed = {key: value for key, value in given.items() if key not in refs}
    patch: dict[str, Value] = {**refs, **records.understand(workspace, of, typed, [], 1)}  # type: ignore[dict-item]
    return Change(of, defaults.fill(workspace, of, patch, pending), id)


def next_due(workspace: Workspace, household: Id, on: date, mode: str, outcome: str) -> date:
    """When the household is due again if it is visited like this on a day."""
    home = workspace.row("household", household)
    level = (home.plain("care_level") if home else None) or visit_rhythm.ORDINARY
    counts = outcome == "met" and mode in visit_rhythm.counting_modes(visit_rhythm.phone_counts(level))
    last = on if counts else _last_met(workspace, household, level)
    away = on if outcome in visit_rhythm.ABSENT else None
    return visit_rhythm.next_due(level, home.plain("housing") if home else None, last, on, away_since=away)


def _last_met(workspace: Workspace, household: Id, level: str) -> date | None:
    modes = visit_rhythm.counting_modes(visit_rhythm.phone_counts(level))
    met = [
        str(row.plain("visited_at"))[:10]
        for row in queries.of_household(workspace.connection, "visit", household)
        if row.plain("outcome") == "met" and row.plain("mode") in modes
    ]
    return date.fromisoformat(max(met)) if met else None
