"""网格→社区→乡镇→县: at which level a need stands, and since when, from what was passed upwards (field.md §2.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.rules.need_states import REPORTED

GRID, VILLAGE, TOWN, COUNTY = "网格", "社区", "乡镇", "县"
LEVELS: Final = (GRID, VILLAGE, TOWN, COUNTY)
"""From the door upwards."""
_RANKS: Final = {level: place for place, level in enumerate(LEVELS)}
BACK: Final = "退回"
"""An outcome: the upper level gave the need back."""
GOING_ON: Final = "办理中"
OUTCOMES: Final = ("已解决", GOING_ON, "列入计划", "无法办理", BACK)


@dataclass(frozen=True, slots=True)
class Passed:
    """A need passed from one level to the next, on a day, and what came of it."""

    from_level: str
    to_level: str
    sent_on: str
    outcome: str = ""
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What a need itself says of the township: whether it was reported there, answered or assigned, or returned."""

    reached: bool = False
    returned: bool = False

    @classmethod
    def of(cls, status: object, reply: object, assigned_to: object, review: object) -> "Word":
        """From the fields of a need."""
        return cls(status == REPORTED or bool(reply) or bool(assigned_to), review == "returned")


@dataclass(frozen=True, slots=True)
class Standing:
    """The level that has a need now, and since when; no day where none is written down."""

    level: str
    since: str = ""

    @property
    def is_above_grid(self) -> bool:
        """Whether the grid alone could not settle it."""
        return self.level != GRID


def standing(passed: Iterable[Passed], word: Word) -> Standing:
    """Where a need stands after all steps, in whatever order: what was given back is again where it came from.

    A need reported to the township, answered or assigned by it is there also where no passing was written down; one the
    township returned is where it had been before.
    """
    now, before_town = Standing(GRID), Standing(GRID)
    for one in sorted(passed, key=order):
        before = now
        back = one.outcome == BACK
        now = Standing(one.from_level or GRID, one.answered_on) if back else Standing(one.to_level, one.sent_on)
        if one.to_level == TOWN and rank(before.level) < rank(TOWN):
            before_town = before
    if word.reached and rank(now.level) < rank(TOWN):
        now, before_town = Standing(TOWN), now
    return before_town if word.returned and now.level == TOWN else now


def level(passed: Sequence[Passed], status: object, reply: object, assigned_to: object, review: object) -> str:
    """The level alone, from the fields that `Word.of` takes; most needs were never passed on, and that is told fast."""
    if not passed:
        return TOWN if review != "returned" and (reply or assigned_to or status == REPORTED) else GRID
    return standing(passed, Word.of(status, reply, assigned_to, review)).level


def order(one: Passed) -> tuple[str, int, bool]:
    """By day; of one day the lower step came first, and what was given back before what was sent again."""
    return one.sent_on, rank(one.to_level), one.outcome != BACK


def rank(level: str) -> int:
    """How high a level is; an unknown one counts as the grid's."""
    return _RANKS.get(level, 0)


def above(level: str, role: str) -> tuple[str, ...]:
    """The levels a person may pass a need on to: a worker to community and township, the township to the county."""
    own = {"township": (COUNTY,)}.get(role, (VILLAGE, TOWN))
    return tuple(one for one in own if rank(one) > rank(level))
