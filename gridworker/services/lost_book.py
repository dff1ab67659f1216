"""遗失清单: which records were in a workbook that is lost, from the log of what left or from what was handed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Ledger, Privacy
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.errors import UserError
from gridworker.exchange import proof_sheet
from gridworker.i18n import _
from gridworker.services import access, naming
from gridworker.services.out_rows import View
from gridworker.services.workspace import Workspace
from gridworker.store import batches, exports, queries
from gridworker.store.rows import Row

HEADS: Final = ("台账", "是谁（遮住）", "里面有的敏感和个人栏目", "记录编号")
_ABOUT: Final = "遗失的工作簿里有这些记录　{id}"
_NOTE: Final = "姓名、门牌已遮住；在程序里按记录编号打开可以看全。栏目按本机现在的内容列出。"
_OF_NOBODY: Final = frozenset({"grid", "worker"})


def records(workspace: Workspace, id: Id) -> dict[str, list[Id]]:
    """By ledger what was in a workbook, named by its 导出号 or by the import that brought it.

    Raises UserError where nothing is known of it.
    """
    found = exports.records_of(workspace.connection, id) or batches.records_of(workspace.connection, id)
    if found is None:
        raise UserError(
            "unknown_book", _("没有导出过、也没有收到过这一份：{id}").format(id=to_text(id)), _("请照封面核对导出号。")
        )
    return {name: some for name, some in found.items() if name not in _OF_NOBODY}


def write(workspace: Workspace, id: Id, out: Path) -> int:
    """The list as a workbook, masked; returns how many records it names."""
    found = records(workspace, id)
    lines = [line for name in ledgers() if name in found for line in _lines(workspace, ledger(name), found[name])]
    proof_sheet.write(out, _ABOUT.format(id=to_text(id)), _NOTE, lines, "遗失清单", HEADS)
    access.note(workspace, "lost_book", f"{to_text(id)} {len(lines)}")
    return len(lines)


def _lines(workspace: Workspace, of: Ledger, wanted: list[Id]) -> Iterator[tuple[str, str, str, str]]:
    view, rows = View(workspace, {}, masked=True), queries.by_ids(workspace.connection, of.name, wanted)
    for id in wanted:
        row = rows.get(id)
        yield of.label, _masked(view, of, row) if row else "已不在", _columns(of, row) if row else "", to_text(id)


def _masked(view: View, of: Ledger, row: Row) -> str:
    return naming.in_words(of.title, lambda name: view.text(of, row, name))


def _columns(of: Ledger, row: Row) -> str:
    private = [one for one in of.fields if one.privacy is not Privacy.PLAIN and row.values.get(one.name) is not None]
    private.sort(key=lambda one: one.privacy is not Privacy.SENSITIVE)
    return "、".join(one.label for one in private)
