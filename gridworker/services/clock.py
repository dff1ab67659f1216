"""A laptop's clock that cannot be right: days decide what is due, so a person is told before writing on."""

from datetime import date, timedelta
from typing import Final

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import deeds

_AHEAD: Final = timedelta(days=60)


def doubt(workspace: Workspace) -> str:
    """A sentence where today is before this laptop's newest deed, or long after it; empty where it may be right."""
    newest = deeds.last_day_on(workspace.connection, workspace.store.device)
    if newest is None:
        return ""
    last, today = date.fromisoformat(newest), workspace.today
    if today < last:
        words = _("电脑日期是 {today}，比最近的记录 {last} 还早，请先把日期改对。")
    elif today > last + _AHEAD:
        words = _("电脑日期是 {today}，离最近的记录 {last} 很久了，请看看日期对不对。")
    else:
        return ""
    return words.format(today=today, last=last)
