"""What a line of the access log is about, in words: which ledger, which need by its number, how it left; no names."""

from typing import Final

from gridworker.domain.ids import from_text
from gridworker.domain.ledgers import ledgers
from gridworker.i18n import _
from gridworker.services.naming import display_value
from gridworker.services.workspace import Workspace

_SHORT: Final = 5


def about(workspace: Workspace, act: str, what: str) -> str:
    """The words for what `access.note` kept of an act; what has no words stands as it is kept."""
    name, *rest = what.split("/")
    if act == "erase" and name in ledgers():
        from gridworker.services.erasing import REASONS

        return f"{_(ledgers()[name].label)} {_(REASONS.get(rest[-1], rest[-1]))}"
    if name in ledgers():
        return _of_record(workspace, name, *rest)
    if act == "fill":
        return _of_form(*what.split(" ", 2))
    last = what.rpartition(" ")[2]
    words = {
        "failed_unlock": _("错了 {count} 次，最后 {at}").format(
            count=what.partition(" ")[0], at=last.replace("T", " ")
        ),
        "lost_book": _("{count} 条记录").format(count=last),
        "report": _("{count} 个文件").format(count=last),
        "import": _("{count} 个文件").format(count=last),
        "search": _("{count} 条结果").format(count=last),
        "print": _("走访登记表，{count} 户").format(count=last),
        "undo": "",
        "masked": _("遮住版"),
        "full": _("完整版"),
        "report_password": _("上报密码"),
        "notice": _("公示"),
    }
    if act == "print" and what.startswith("brief "):
        return _("周简报")
    if act == "print" and what.startswith("lost_laptop"):
        return " ".join((_("遗失登记卡"), *what.split(" ")[1:]))
    summary = _("汇总表") if what.startswith("summary ") else ""
    return f"{summary} {words.get(act if act in words else last, what)}".strip()


def _of_record(workspace: Workspace, name: str, id: str = "", field: str = "") -> str:
    of = ledgers()[name]
    parts = [_(of.label), (_number(workspace, id) if name == "need" else "") or short_number(id)]
    known = of.field(field)
    parts.append(_(known.label) if known else "")
    return " ".join(part for part in parts if part)


def short_number(id: str) -> str:
    """Enough of an id to tell records apart in a list, and nobody by name."""
    return f"#{id[-_SHORT:]}" if id else ""


def _number(workspace: Workspace, id: str) -> str:
    try:
        row = workspace.row("need", from_text(id))
    except ValueError:
        return ""
    return display_value(row, "number") if row else ""


def _of_form(subject: str, count: str, form: str) -> str:
    """A filled form: what its rows are about, how many, and how it left, with the reason for a full one."""
    of = ledgers().get(subject, ledgers()["need"])
    kind, _colon, reason = form.partition("：")
    words = {"masked": _("遮住版"), "full": _("完整版"), "full open": _("完整版（不加密）")}.get(kind, kind)
    label = _("统计") if subject == "figures" else _(of.label)
    parts = [label, _("{count} 行").format(count=count), words, reason]
    return " ".join(part for part in parts if part)
