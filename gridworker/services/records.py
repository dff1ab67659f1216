"""Adding, changing and showing records: typed words in, versions out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridworker.domain import ids, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED, Field, Kind, Ledger, own_field
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.rules.need_states import REGISTERED, check_extension, check_move
from gridworker.domain.text.blanks import clean_text
from gridworker.domain.text.dates import DateContext
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, defaults, references
from gridworker.services.workspace import Workspace
from gridworker.store import derive, rows
from gridworker.store.door import Change


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A given value that could not be taken as it stands."""

    record: int
    field: str
    code: str
    message: str
    value: str

    def as_json(self) -> dict[str, object]:
        """The shape of a problem on the command line."""
        return {
            "record": self.record,
            "field": self.field,
            "code": self.code,
            "message": self.message,
            "value": self.value,
        }


@dataclass(slots=True)
class Saved:
    """What was saved, and what could not be understood."""

    ids: list[Id] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    problems: list[FieldProblem] = field(default_factory=list)


def ledger_named(name: str) -> Ledger:
    """A ledger by name or label. Raises UserError."""
    for one in ledgers().values():
        if name in {one.name, one.label}:
            return one
    known = _("、").join(ledgers())
    raise UserError(
        "unknown_ledger", _("没有这个台账：{name}").format(name=name), _("可用的有：{known}").format(known=known)
    )


def add(workspace: Workspace, of: Ledger, given: Sequence[Mapping[str, object]]) -> Saved:
    """New records from `{field: value}`; all or none. Raises UserError when one lacks what it must have."""
    saved = Saved()
    changes = []
    for number, one in enumerate(given, start=1):
        patch = understand(workspace, of, one, saved.problems, number)
        patch = defaults.fill(workspace, of, patch, pending=number - 1)
        _require(of, patch, number)
        _check_new(workspace, of, patch)
        saved.problems += _wrong(of, patch, number)
        changes.append(Change(of, patch, defaults.fixed_id(of, patch)))
    saved.ids = workspace.write("add", *changes).ids
    return saved


def _check_new(workspace: Workspace, of: Ledger, patch: Mapping[str, Value]) -> None:
    """A need starts where the rules allow; a code that is taken is no new record."""
    id = defaults.fixed_id(of, patch)
    if id and workspace.row(of.name, id):
        raise UserError("exists", _("编号已有：{code}").format(code=patch["code"]), _("要改它请用 set。"))
    if of.name == "need":
        start: dict[str, Value] = dict(patch) | {"status": REGISTERED, "result": None, "closed_on": None}
        problems = check_move(start, patch, workspace.store.role)
        if problems:
            raise UserError("move_refused", problems[0].message, problems[0].hint)


def change(workspace: Workspace, of: Ledger, id: Id, given: Mapping[str, object]) -> Saved:
    """Change fields of a record; an empty value clears. Raises UserError for a move the rules forbid."""
    row = workspace.row(of.name, id)
    if row is None:
        raise UserError("unknown_record", _("没有这条记录：{id}").format(id=ids.to_text(id)), _("请先用 search 查找。"))
    saved = Saved(ids=[id])
    patch = understand(workspace, of, given, saved.problems, 1)
    if of.name == "need":
        patch = defaults.complete_move(workspace, row, patch)
        new = {**row.values, **patch}
        problems = check_move(row.values, new, workspace.store.role)
        problems = problems or check_extension(row.values, new, workspace.store.role)
        if patch.get("merged_into") == id:
            raise UserError("move_refused", _("一件诉求不能并入它自己。"), _("请写明并入哪一件。"))
        if problems:
            raise UserError("move_refused", problems[0].message, problems[0].hint)
    _require(of, {**row.values, **patch}, 1)
    saved.problems += _wrong(of, {**row.values, **patch}, 1)
    written = workspace.write("set", Change(of, patch, id))
    names = {name for _ledger, _id, some in written.changed for name in some}
    saved.changed = [name for name in patch if name in names]
    return saved


def delete(workspace: Workspace, of: Ledger, id: Id) -> None:
    """Hide a record; its history stays and the deletion travels."""
    workspace.write("delete", Change(of, {DELETED: True}, id))
    access.note(workspace, "delete", f"{of.name}/{ids.to_text(id)}")


def understand(
    workspace: Workspace, of: Ledger, given: Mapping[str, object], problems: list[FieldProblem], number: int
) -> dict[str, Value]:
    """Given values in canonical form; what could not be read is a problem with its raw text."""
    context = DateContext(year=workspace.today.year, until=workspace.today)
    patch: dict[str, Value] = {}
    for name, raw in given.items():
        one = field_named(of, name)
        if one.kind is Kind.REF and raw not in (None, ""):
            patch[one.name] = references.find(workspace, one.of, raw)
            continue
        parsed = values.from_json(one, raw, context)
        patch[one.name] = parsed.value
        if parsed.issue:
            message = values.explain(one, clean_text(str(raw)), parsed.value, parsed.issue)
            problems.append(FieldProblem(number, one.name, parsed.issue, message, str(raw)))
            if parsed.value is None and one.kind is Kind.TEXT and parsed.issue != "too_long":
                patch[one.name] = clean_text(str(raw))
            elif parsed.value is None:
                del patch[one.name]
        elif values.unknown_words(one, parsed.value):
            message = values.explain(one, clean_text(str(raw)), parsed.value, "invalid")
            problems.append(FieldProblem(number, one.name, "unknown_code", message, str(raw)))
    return patch


def field_named(of: Ledger, name: str) -> Field:
    """A field by name, `block.name` or label. Raises UserError."""
    if own := own_field(name.removeprefix(f"{of.name}.")):
        return own
    plain = name.rpartition(".")[2]
    for one in of.fields:
        if name == one.label or (
            plain == one.name and name in {one.name, f"{one.block}.{one.name}", f"{of.name}.{one.name}"}
        ):
            return one
    raise UserError(
        "unknown_field", _("{ledger}台账没有这一栏：{name}").format(ledger=of.label, name=name), _("请核对栏目名称。")
    )


def _wrong(of: Ledger, new: Mapping[str, Value], number: int) -> list[FieldProblem]:
    """What the ledger's own rules say of a record that is saved all the same."""
    return [FieldProblem(number, name, "check", text, str(new.get(name))) for name, text in of.check(new).items()]


def _require(of: Ledger, patch: Mapping[str, Value], number: int) -> None:
    for one in of.fields:
        if one.required and patch.get(one.name) is None:
            raise UserError(
                "required",
                _("第{number}条：{ledger}必须有“{label}”。").format(number=number, ledger=of.label, label=one.label),
                _("补上后再保存，这一次没有保存任何内容。"),
            )


def fields_json(row: rows.Row) -> dict[str, object]:
    """The fields of a row as JSON, in declared order, unknown ones last."""
    of = ledger(row.ledger)
    known = {name: values.to_json(one, row.values[name]) for name, one in of.by_name.items() if name in row.values}
    more = {name: values.to_json(None, row.values[name]) for name in sorted(row.values.keys() - known.keys())}
    return known | more


def get(workspace: Workspace, of: Ledger, text: str) -> rows.Row:
    """A record by its id as text; one that was joined to another is that one by now. Raises UserError."""
    try:
        row = workspace.row(of.name, derive.name_of(workspace.connection, ids.from_text(text)))
    except ValueError:
        row = None
    if row is None:
        raise UserError("unknown_record", _("没有这条记录：{id}").format(id=text), _("请先用 search 查找。"))
    return row


Json = dict[str, Any]
