"""salvage: what still reads of a damaged store."""

from argparse import Namespace

from gridworker.cli.console import DONE, PROBLEMS, Answer, Context
from gridworker.i18n import _
from gridworker.services import rescue


def salvage(context: Context, given: Namespace) -> Answer:
    """What still reads of a damaged store in its place; or only what that would be."""
    if given.dry_run:
        return _damage(rescue.look(context.data, context.passphrase(), given.backup))
    found = rescue.rescue(context.data, context.passphrase(), given.backup)
    lines = [*rescue.lines(found), _("损坏的数据留在 {kept}").format(kept=found.kept)]
    return Answer({"ok": True} | rescue.as_json(found), lines, DONE if rescue.is_whole(found) else PROBLEMS)


def _damage(damage: rescue.Damage) -> Answer:
    backup, found = damage.backup, damage.found
    told: dict[str, object] = {"pages": damage.pages, "backup": str(backup.file) if backup else None}
    lines = [damage.sentence]
    if found is not None:
        lines += rescue.lines(found)
        told |= rescue.as_json(found)
    if backup is not None:
        lines.append(_("最近的完好备份：{file}").format(file=backup.file))
        if found is not None and found.newer:
            lines.append(_("恢复它会少掉此后的：{words}。").format(words=rescue.in_words(found.newer)))
    return Answer(told, lines, DONE if found is not None and rescue.is_whole(found) else PROBLEMS)
