"""add, set, show, merge, split, search, due."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from gridworker.cli.console import DONE, PROBLEMS, Answer, Context
from gridworker.domain import ids
from gridworker.domain.text import json_text
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, deciding, records, showing
from gridworker.services import due as due_service
from gridworker.services import search as search_service


def add(context: Context, given: Namespace) -> Answer:
    """One record `{field: value}` or a list of them."""
    workspace = context.open()
    of = records.ledger_named(given.ledger)
    saved = records.add(workspace, of, _read_records(given.json_file))
    told = {"ids": [ids.to_text(one) for one in saved.ids], "problems": [one.as_json() for one in saved.problems]}
    lines = [_("已登记 {count} 条{ledger}。").format(count=len(saved.ids), ledger=_(of.label)), *_told(saved.problems)]
    return Answer(told, lines, PROBLEMS if saved.problems else DONE)


def _read_records(path: Path) -> list[dict[str, object]]:
    try:
        found = json_text.told(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UserError("bad_json", _("读不懂 JSON 文件：{path}").format(path=path), _("请核对文件内容。")) from error
    found = found if isinstance(found, list) else [found]
    if not all(isinstance(one, dict) for one in found):
        raise UserError("bad_json", _("JSON 里应是一条记录，或记录的列表。"), _("请照说明书里的样子写。"))
    return found


def _told(problems: Iterable[records.FieldProblem]) -> list[str]:
    return [_("第{record}条 {field}：{message}（{value}）").format(**one.as_json()) for one in problems]


def set(context: Context, given: Namespace) -> Answer:  # noqa: A001 - the name of the command
    """Change fields; `FIELD=` clears."""
    workspace = context.open()
    of = records.ledger_named(given.ledger)
    row = records.get(workspace, of, given.id)
    patch: dict[str, object] = {}
    for one in given.fields:
        name, equals, value = one.partition("=")
        if not equals:
            raise UserError("usage", _("要写成 栏目=值：{given}").format(given=one), _("清空写成 栏目= 。"))
        field = records.field_named(of, name)
        patch[field.name] = int(value) if field.kind == "money" and value.isdigit() else value or None
    saved = records.change(workspace, of, row.id, patch)
    told = {"id": ids.to_text(row.id), "changed": saved.changed, "problems": [one.as_json() for one in saved.problems]}
    lines = [_("已改 {count} 栏。").format(count=len(saved.changed)), *_told(saved.problems)]
    return Answer(told, lines, PROBLEMS if saved.problems else DONE)


def show(context: Context, given: Namespace) -> Answer:
    """One record with what follows from it, and its history."""
    workspace = context.open()
    of = records.ledger_named(given.ledger)
    shown = showing.show(workspace, of, records.get(workspace, of, given.id).id, history=given.history)
    return Answer(shown.as_json(), shown.lines())


def merge(context: Context, given: Namespace) -> Answer:
    """Two records are the same; what differs between them waits for a choice."""
    workspace = context.open()
    of = records.ledger_named(given.ledger)
    pair = _pair(given)
    deciding.join(workspace, of, *pair)
    parts = deciding.parts(workspace, pair[0])
    told = {"id": ids.to_text(parts[0].id), "joined": [ids.to_text(one.id) for one in parts]}
    return Answer(told, [_("已合并，编号 {id}。不一样的内容用 conflicts 看。").format(id=told["id"])])


def split(context: Context, given: Namespace) -> Answer:
    """Two records are not the same."""
    workspace = context.open()
    pair = _pair(given)
    deciding.part(workspace, records.ledger_named(given.ledger), *pair)
    told = {"id": given.a, "apart": [ids.to_text(one) for one in pair]}
    return Answer(told, [_("已分开。")])


def _pair(given: Namespace) -> tuple[ids.Id, ids.Id]:
    try:
        return ids.from_text(given.a), ids.from_text(given.b)
    except ValueError as error:
        raise UserError("unknown_record", _("编号写得不对。"), _("请先用 search 查找。")) from error


def search(context: Context, given: Namespace) -> Answer:
    """The global search."""
    workspace = context.open()
    hits = search_service.search(workspace, given.query, given.limit)
    access.note(workspace, "search", str(len(hits)))
    lines = [f"{hit.title}　{hit.subtitle}　[{hit.ledger} {ids.to_text(hit.id)}]" for hit in hits]
    return Answer({"hits": [hit.as_json() for hit in hits]}, lines or [_("没有找到。")])


def due(context: Context, given: Namespace) -> Answer:
    """The plan of a day."""
    workspace = context.open()
    plan = due_service.plan(workspace, given.on or workspace.today)
    return Answer(plan.as_json(), plan.lines())
