"""A laptop's clock that cannot be right: days decide what is due, so a person is asked before anything is saved."""

from datetime import date, timedelta
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.store import deeds
from gridworker.store.session import Store

_AHEAD: Final = timedelta(days=60)


def doubt(store: Store, today: date) -> str:
    """A sentence where today is before this laptop's newest deed, or long after it; empty where it may be right."""
    newest = deeds.last_day_on(store.connection, store.device)
    if newest is None:
        return ""
    last = date.fromisoformat(newest)
    if today < last:
        words = _("电脑日期是 {today}，比最近的记录 {last} 还早，请先把日期改对。")
    elif today > last + _AHEAD:
        words = _("电脑日期是 {today}，离最近的记录 {last} 很久了，请看看日期对不对。")
    else:
        return ""
    return words.format(today=today, last=last)


class Watch:
    """Asks once for each doubtful day: the clock may be set, or the laptop wake up, while the program runs."""

    def __init__(self) -> None:
        self._trusted: date | None = None

    def trust(self, today: date) -> None:
        """A person was told what is odd about this day."""
        self._trusted = today

    def ask(self, store: Store, today: date) -> None:
        """Let the first save on a doubtful day be done once more. Raises UserError."""
        if today != self._trusted and (words := doubt(store, today)):
            self.trust(today)
            raise UserError("odd_day", words, _("这一次没有保存；日期没错，就再存一次。"))
