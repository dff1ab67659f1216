"""backup, restore, check, self-test, rekey."""

from argparse import Namespace

from gridworker.cli.console import DONE, PROBLEMS, Answer, Context, read_secret, record_id
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, keeping, lost_book, lost_laptop, second_copy
from gridworker.services import self_test as self_test_service


def backup(context: Context, given: Namespace) -> Answer:
    """An encrypted copy that opens with the same password; and a second one where that was chosen."""
    workspace = context.open()
    if given.copy_to is not None:
        second_copy.choose(workspace, given.copy_to)
    file = keeping.backup(workspace, given.out)
    told = second_copy.followed(workspace, file) if given.out is None else ""
    return Answer({"ok": True, "file": str(file), "second": told}, [_("已备份到 {file}").format(file=file), told])


def restore(context: Context, given: Namespace) -> Answer:
    """A backup in place of what is here; what was here is kept beside it."""
    kept = keeping.restore(context.data, given.file, context.passphrase())
    told = {"ok": True, "kept": str(kept) if kept else None}
    return Answer(told, [_("已恢复。"), *([_("原来的数据留在 {kept}").format(kept=kept)] if kept else [])])


def check(context: Context, given: Namespace) -> Answer:
    """Whether the store is sound and every row equals the fold of its entries."""
    workspace = context.open()
    found, log = keeping.check(workspace, given.log_head), access.head(workspace)
    lines = [_("数据完好。"), _("访问日志 {head}").format(head=log.words)] if found.ok else found.faults
    told = {"ok": found.ok, "faults": found.faults, "log": {"lines": log.lines, "head": log.value, "day": log.day}}
    return Answer(told, lines, DONE if found.ok else PROBLEMS)


def lost(context: Context, given: Namespace) -> Answer:
    """What a lost laptop holds; or the records of a lost workbook as a list."""
    workspace = context.open()
    if given.book:
        if given.out is None:
            raise UserError("usage", _("没有说写到哪个文件。"), _("用 -o 给出，例如 -o 遗失清单.xlsx。"))
        count = lost_book.write(workspace, record_id(given.book), given.out)
        return Answer({"file": str(given.out), "records": count}, [_("{count} 条记录").format(count=count)])
    card = lost_laptop.of_grid(workspace, given.grid) if given.grid else lost_laptop.of_this_laptop(workspace)
    return Answer(card.as_json(), [f"{label}：{text}" for label, text in card.facts()])


def self_test(context: Context, given: Namespace) -> Answer:
    """Whether this installation works: resources, encryption, search, workbooks."""
    done = self_test_service.run()
    return Answer({"ok": True, "steps": done}, [f"✓ {step}" for step in done])


def rekey(context: Context, given: Namespace) -> Answer:
    """A new password, by the old one or by the recovery code; or a new recovery code, by the password."""
    if given.new_recovery_code:
        return _new_code(context)
    new = read_secret(given.new_passphrase_file) if given.new_passphrase_file else context.passphrase(new=True)
    old = "" if given.recovery_code else context.passphrase()
    keeping.rekey(context.data, old, given.recovery_code, new)
    return Answer({"ok": True}, [_("密码已换。")])


def _new_code(context: Context) -> Answer:
    workspace = context.open()
    code = keeping.new_recovery_code(workspace, context.passphrase())
    keeping.recovery_written(workspace)
    lines = [_("新恢复码：{code}").format(code=code), _("请抄写保存；旧恢复码作废，以前的备份仍用旧的。")]
    return Answer({"ok": True, "recovery_code": code}, lines)
