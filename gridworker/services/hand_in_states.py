"""A grid's workbooks week by week: in, late, nil, unchanged, repeated, replaced, edited, missing, broken chain."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from gridworker.domain.calendar import Week, parse_week, week_of
from gridworker.domain.ids import Id, to_text
from gridworker.domain.rules import chain, log_heads
from gridworker.i18n import _
from gridworker.services.hand_ins import HandIn

IN: Final = "in"
LATE: Final = "late"
ZERO: Final = "zero"
SAME: Final = "same"
REPLACED: Final = "replaced"
AGAIN: Final = "again"
EDITED: Final = "edited"
BROKEN: Final = "broken"
MISSING: Final = "missing"
WAITING: Final = "waiting"
NONE: Final = "none"
HANDED_IN: Final = frozenset({IN, LATE, ZERO, REPLACED, AGAIN, EDITED, BROKEN})


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid in one week: its state, the file and moment that made it so, and the chain in words."""

    state: str
    file: str = ""
    at: str = ""
    words: tuple[str, ...] = ()


def log_words() -> str:
    """What a rewritten access log means, and what to do."""
    return _("访问日志对不上：和先前交来的封面不符，可能被改过或恢复过旧备份；请拿那份封面到那台电脑上核对")


class Books:
    """All workbooks of one grid that stand; only the set counts, not the order in which they came."""

    def __init__(self, every: Collection[HandIn]) -> None:
        self._every = every

    @cached_property
    def _by_week(self) -> dict[str, list[HandIn]]:
        found: dict[str, list[HandIn]] = {}
        for one in self._every:
            found.setdefault(one.link.week, []).append(one)
        found.pop("", None)
        return found

    @cached_property
    def _lost(self) -> dict[str, tuple[chain.Link, ...]]:
        return chain.lost(self._every)

    @cached_property
    def _forked(self) -> set[Id]:
        return chain.forked(self._every)

    @cached_property
    def rewritten(self) -> set[Id]:
        """Workbooks whose access log no longer contains what was handed in."""
        return log_heads.rewritten(self._every)

    @cached_property
    def _begun_anew(self) -> set[Id]:
        return log_heads.begun_anew(self._every)

    @cached_property
    def _repeats(self) -> Counter[tuple[Week, Week]]:
        """How often a workbook of a week came once more, by its own week and the one in which it came."""
        found: Counter[tuple[Week, Week]] = Counter()
        for week, some in self._by_week.items():
            for export in {one.link.export for one in some}:
                days = sorted(day for one in some if one.link.export == export for day in one.days)
                found.update((parse_week(week), week_of(date.fromisoformat(day))) for day in days[1:])
        return found

    @cached_property
    def begun(self) -> str:
        """The first week of which anything came; empty for none."""
        return min(self._by_week, default="")

    def newest(self, week: str) -> HandIn | None:
        """The workbook that stands for a week: the last of its chain."""
        some = self._by_week.get(week)
        return chain.newest(some, self._every) if some else None

    def problems(self, week: str) -> int:
        """How many cells of the workbook that stands for a week ask for a hand."""
        newest = self.newest(week)
        return newest.problems if newest else 0

    def cell(self, week: Week, deadline: date) -> Cell:
        """A week's state; `missing` for every week without a workbook."""
        newest = self.newest(str(week))
        if newest is None:
            return self._absent(week)
        some = self._by_week[str(week)]
        late = min(one.days[0] for one in some) > deadline.isoformat()
        words = tuple(self._words(week, newest, late=late))
        return Cell(self._state(week, newest, late=late), newest.file, newest.at, words)

    def _state(self, week: Week, newest: HandIn, *, late: bool) -> str:
        some = self._by_week[str(week)]
        stands = {
            BROKEN: any(one.link.export in self._forked | self.rewritten for one in some),
            EDITED: any(one.edited for one in some) or chain.is_changed(newest, self._every),
            ZERO: newest.nil,
            LATE: late,
            REPLACED: any(newest.follows(one) for one in some),
            AGAIN: bool(self._repeats[week, week]),
        }
        return next((state for state, holds in stands.items() if holds), IN)

    def _absent(self, week: Week) -> Cell:
        """What left and never came; or an earlier week's file that came in its stead."""
        words = [self._lost_words(week)] if str(week) in self._lost else []
        stale = sorted(of for of, came in self._repeats if came == week)
        if stale:
            words.append(_("交来的还是{week}那份").format(week=stale[-1].label))
        return Cell(SAME if stale else MISSING, words=tuple(words))

    def _lost_words(self, week: Week) -> str:
        export = to_text(self._lost[str(week)][0].export)
        return _("{week}那份没收到：后来的周报写着它导出过，导出号 {export}").format(week=week.label, export=export)

    def _words(self, week: Week, newest: HandIn, *, late: bool) -> Iterator[str]:
        some = self._by_week[str(week)]
        if newest.nil:
            yield _("这一周没有走访、诉求和办理")
        if late:
            yield _("过了截止才收到")
        if any(newest.follows(one) for one in some):
            count = len({one.link.export for one in some})
            yield _("同一周收到 {count} 份，用最后导出的一份").format(count=count)
        if self._repeats[week, week]:
            yield _("同一份又来过 {count} 次").format(count=self._repeats[week, week])
        if chain.is_changed(newest, self._every):
            yield _("收到的文件不是导出时的原样：路上改过或另存过")
        if any(one.edited for one in some):
            yield _("表格里改过 {count} 处").format(count=sum(one.edited for one in some))
        if any(one.link.export in self._forked for one in some):
            yield _("链条断开：有两份周报接在同一份后面，可能恢复过旧备份，或有两台电脑在报")
        yield from self._words_of_log(some)
        if str(week) in self._lost:
            yield _("这一周还导出过另一份，没收到")

    def _words_of_log(self, some: Collection[HandIn]) -> Iterator[str]:
        if any(one.link.export in self.rewritten for one in some):
            yield log_words()
        if any(one.link.export in self._begun_anew for one in some):
            yield _("访问日志是从头记起的：换过电脑或重建过，之前的日志在旧电脑上")
