"""查阅复制权 (PIPL art. 45): all that is held on one person, who entered it, where it went, who looked at it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.ledger import DELETED, Kind
from gridworker.domain.ledgers import ledger
from gridworker.domain.masking import mask_text
from gridworker.domain.values import display
from gridworker.domain.versions.entries import Masked, Value
from gridworker.errors import UserError
from gridworker.exchange import person_book
from gridworker.exchange.person_book import Table
from gridworker.i18n import _
from gridworker.services import access, erased_traces, erasing, naming
from gridworker.services.access_lines import ACTS
from gridworker.services.workspace import Workspace
from gridworker.store import access as access_table
from gridworker.store import exports, queries
from gridworker.store.history import history
from gridworker.store.rows import Row

_HELD: Final = ("事项", "栏目", "内容")
_SAID: Final = ("时间", "由谁", "事项", "栏目", "内容", "来源")
_LEFT: Final = ("时间", "工作簿", "周次", "形式", "用途")
_SEEN: Final = ("时间", "由谁", "做了什么")


def write(workspace: Workspace, person: Id, out: Path, password: str) -> Path:
    """Write it for the person, encrypted; that it left is logged. Raises UserError."""
    row = workspace.row("resident", person)
    if row is None:
        raise UserError("unknown_record", _("没有这条记录。"), _("请先用 search 查找。"))
    if not password:
        raise UserError("password_needed", _("完整的个人资料要有密码才能导出。"), _("密码当面告诉本人。"))
    person_book.write(out, password, tables(workspace, row))
    access.note(workspace, "person_copy", f"resident/{to_text(row.id)}")
    return out


def tables(workspace: Workspace, person: Row) -> list[Table]:
    """Four tables: what is held, who said it and when, which workbooks it may have left with, who looked."""
    records = _records(workspace, person)
    others = _others(workspace, person)
    first = min((said.deed.at for said in history(workspace.connection, person.id)), default="")
    unit = workspace.store.get("grid") or workspace.store.get("township")
    return [
        ("个人资料", f"{unit} {workspace.today} 在本机登记的全部内容", _HELD, list(_held(records, others))),
        ("登记经过", "每一项由谁、什么时候登记", _SAID, list(_said(workspace, records, others))),
        ("提供情况", "登记以后交出的工作簿，住户名册都在里面", _LEFT, list(_left(workspace, first))),
        ("查看情况", "访问日志里与本人有关的", _SEEN, list(_seen(workspace, records))),
    ]


def _records(workspace: Workspace, person: Row) -> list[Row]:
    """The person's own record, what belongs to it, and what names the person."""
    wanted = erasing.plan(workspace, ledger("resident"), person.id)
    named = [(one.ledger, one.id) for one in wanted.cleared] + [(one.ledger, one.id) for one in wanted.mentions]
    own = [(one.ledger, one.id) for one in wanted.going]
    return [row for name, id in dict.fromkeys([*own, *named]) if (row := workspace.row(name, id)) and not row.deleted]


def _others(workspace: Workspace, person: Row) -> list[str]:
    """Names of those who live there too: they are nobody else's business."""
    home = person.plain("household")
    family = queries.where(workspace.connection, "resident", "household = ?", [home]) if home else []
    own = erased_traces.words_of(workspace, [person.id]).names
    return [str(one.plain("name")) for one in family if one.plain("name") and one.plain("name") not in own]


def _words(row: Row, name: str, value: Value, others: Iterable[str]) -> str:
    field = ledger(row.ledger).field(name)
    if isinstance(value, Masked):
        return value.text
    return mask_text(display(field, value), others) if field and row.ledger != "resident" else _plain(row, name, value)


def _plain(row: Row, name: str, value: Value) -> str:
    field = ledger(row.ledger).field(name)
    return display(field, value) if field else str(value)


def _shown(row: Row, name: str) -> bool:
    field = ledger(row.ledger).field(name)
    return field is not None and field.kind is not Kind.REF


def _title(row: Row) -> str:
    when = str(row.plain("visited_at") or row.plain("registered_at") or row.plain("done_on") or "")[:10]
    return f"{ledger(row.ledger).label} {when}".strip()


def _held(records: Sequence[Row], others: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for row in records:
        for name, value in row.values.items():
            if value is not None and _shown(row, name):
                yield _title(row), naming.label_of(ledger(row.ledger), name), _words(row, name, value, others)


def _said(workspace: Workspace, records: Sequence[Row], others: Sequence[str]) -> Iterator[tuple[str, ...]]:
    lines = [
        (said.deed.at.replace("T", " "), said.deed.author, _title(row), naming.label_of(ledger(row.ledger), name),
         _words(row, name, value, others), said.deed.file or "在程序里登记")
        for row in records
        for said in history(workspace.connection, row.id)
        for name, value in said.patch.items()
        if name != DELETED and value is not None and _shown(row, name)
    ]  # fmt: skip
    yield from sorted(lines)


def _left(workspace: Workspace, since: str) -> Iterator[tuple[str, ...]]:
    for at, file, week, masked, reason in exports.since(workspace.connection, since):
        yield at.replace("T", " "), file, week, "遮住版" if masked else "完整版", reason or ""


def _seen(workspace: Workspace, records: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    own = {row.id for row in records if row.ledger in {"resident", "need"}}
    for _no, at, author, act, what, _chain in access_table.lines(workspace.connection):
        parts = what.split("/")
        if len(parts) > 1 and _is_one_of(parts[1], own):
            yield at.replace("T", " "), author, ACTS.get(act, act)


def _is_one_of(text: str, some: set[Id]) -> bool:
    try:
        return from_text(text) in some
    except ValueError:
        return False
