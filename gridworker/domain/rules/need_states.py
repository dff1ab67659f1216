"""How a need moves from 已登记 to 已销号, who may move it, and what each move asks for.

Stored are moves a person makes; 已答复, 待回访, 已退回 and 逾期 are computed. Being returned is the township's review,
not a state of its own: the need goes on as 办理中.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _

REGISTERED: Final = "已登记"
IN_PROGRESS: Final = "办理中"
REPORTED: Final = "已上报"
PLANNED: Final = "列入计划"
"""Cannot be settled now, and the resident was told so."""
CLOSED: Final = "已办结"
WRITTEN_OFF: Final = "已销号"
MERGED: Final = "已合并"
VOIDED: Final = "已作废"
WITHDRAWN: Final = "已撤回"

ENDED: Final = frozenset({CLOSED, WRITTEN_OFF})
"""Settled: these have a result and a day."""
LEFT_OUT: Final = frozenset({MERGED, VOIDED, WITHDRAWN})
"""No needs of their own: they count nowhere."""
PATH: Final = (REGISTERED, IN_PROGRESS, REPORTED, CLOSED, WRITTEN_OFF)
"""The usual way, in order."""

REPLIED: Final = "已答复"
TO_CALL_BACK: Final = "待回访"
RETURNED: Final = "已退回"
OVERDUE: Final = "逾期"
DISSATISFIED: Final = "不满意"

Fields = Mapping[str, Value]
_BOTH: Final = frozenset({"worker", "township"})
_WORKER: Final = frozenset({"worker"})
_TOWNSHIP: Final = frozenset({"township"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a move cannot be made as it stands, and what to do."""

    code: str
    field: str
    message: str
    hint: str


def _moves() -> dict[str, dict[str, frozenset[str]]]:
    """What is with the township is voided by the township; what is written off, only the township takes up again."""
    going_on = dict.fromkeys((IN_PROGRESS, REPORTED, PLANNED, CLOSED, MERGED, VOIDED, WITHDRAWN), _BOTH)
    open_states = {
        state: {target: who for target, who in going_on.items() if target != state}
        for state in (REGISTERED, IN_PROGRESS, PLANNED)
    }
    reported = {**going_on, VOIDED: _TOWNSHIP, MERGED: _TOWNSHIP}
    del reported[REPORTED]
    return {
        "": {REGISTERED: _BOTH, **going_on},
        **open_states,
        REPORTED: reported,
        CLOSED: {WRITTEN_OFF: _BOTH, IN_PROGRESS: _BOTH},
        WRITTEN_OFF: {IN_PROGRESS: _TOWNSHIP},
        **{state: {REGISTERED: _BOTH} for state in LEFT_OUT},
    }


MOVES: Final[Mapping[str, Mapping[str, frozenset[str]]]] = _moves()
"""By state ('' for a new need): where it may go, and which roles may move it there."""


def allowed_moves(status: str | None, role: str) -> tuple[str, ...]:
    """The states that a person may choose next, in the order of the list; from an unknown state, any."""
    targets = MOVES.get(status or "")
    known = code_list("need_status").codes()
    return known if targets is None else tuple(code for code in known if role in targets.get(code, ()))


def check_move(old: Fields, new: Fields, role: str) -> list[Problem]:
    """What forbids this change of a need; an empty list if nothing does.

    What was missing before and is no part of the change, as in a need from a foreign sheet, forbids nothing.
    """
    before, after = _word(old, "status"), _word(new, "status")
    moved = before != after
    found = [_not_allowed(before, after, role)] if moved and after not in allowed_moves(before, role) else []
    demands = _DEMANDS.get(after, ())
    return found + [problem() for lacks, problem in demands if lacks(new) and (moved or not lacks(old))]


def check_extension(old: Fields, new: Fields, role: str) -> list[Problem]:
    """What a worker who puts off a due date (延期) still owes: the reason; the township sets dates as it likes."""
    before, after = _word(old, "due_on"), _word(new, "due_on")
    if role == "township" or not before or after <= before or new.get("moved_reason"):
        return []
    return [Problem("reason_missing", "moved_reason", _("延期要写明理由"), _("请填写变动理由"))]


def reopened() -> dict[str, Value]:
    """What a need becomes when a call-back finds the person dissatisfied, or the township returns it."""
    return {"status": IN_PROGRESS, "result": None, "closed_on": None}


def answers_return(old: Fields, new: Fields) -> dict[str, Value]:
    """What a report or closing made anew does to the return (退回) it answers: that word is settled and stands in the
    history; a new report waits for a new answer too. Empty if nothing was returned or the patch is no such move.
    """
    if old.get("review") != "returned" or new.get("review", "returned") != "returned":
        return {}
    settled: dict[str, Value] = {"review": None, "review_note": None}
    if new.get("status") == REPORTED:
        return settled | {"reply": None}
    return settled if new.get("status") in ENDED else {}


def is_open(fields: Fields) -> bool:
    """Whether somebody still has to do something for it; an unknown status counts as open."""
    return _word(fields, "status") not in ENDED | LEFT_OUT


def is_overdue(fields: Fields, today: date) -> bool:
    """Whether it is open past its due date; what is 列入计划 waits without being late."""
    due_on = _word(fields, "due_on")
    waits = not is_open(fields) or _word(fields, "status") == PLANNED
    return bool(due_on) and not waits and due_on < today.isoformat()


def needs_callback(fields: Fields) -> bool:
    """Whether it is settled and the person was not asked yet."""
    return _word(fields, "status") == CLOSED and not fields.get("called_back_on")


def computed_state(fields: Fields, today: date) -> str:
    """The state as people see it today: the stored one, or what follows from reply, review, due date and call-back."""
    status = _word(fields, "status")
    if fields.get("review") == "returned" and status in {REPORTED, CLOSED}:
        return RETURNED
    if needs_callback(fields):
        return TO_CALL_BACK
    if is_overdue(fields, today):
        return OVERDUE
    return REPLIED if fields.get("reply") and is_open(fields) else status


def _word(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _not_allowed(before: str, after: str, role: str) -> Problem:
    words = {"before": _(before) or _("新登记"), "after": _(after) or _("空白")}
    choices = _("、").join(map(_, allowed_moves(before, role)))
    hint = _("可以改为：{choices}").format(choices=choices) if choices else _("请乡镇处理")
    return Problem("not_allowed", "status", _("「{before}」不能直接改为「{after}」").format(**words), hint)


def _result_missing() -> Problem:
    return Problem("result_missing", "result", _("办结要有办理结果"), _("请选择办理结果，如：已解决、解释说明"))


def _day_missing() -> Problem:
    return Problem("closed_on_missing", "closed_on", _("办结要有办结日期"), _("请填写办结日期"))


def _closed_too_early() -> Problem:
    return Problem("closed_too_early", "closed_on", _("办结日期早于登记时间"), _("请核对办结日期"))


def _callback_missing() -> Problem:
    hint = _("请先回访并填写回访日期；不需回访的，请在变动理由中说明")
    return Problem("callback_missing", "called_back_on", _("销号前要回访"), hint)


def _still_dissatisfied() -> Problem:
    hint = _("请改为「办理中」继续办理；确实无法解决的，请在变动理由中说明")
    return Problem("dissatisfied", "satisfaction", _("回访不满意，不能销号"), hint)


def _target_missing() -> Problem:
    return Problem("target_missing", "merged_into", _("合并要指明并入哪一件诉求"), _("请选择并入的诉求"))


def _reason_missing() -> Problem:
    return Problem("reason_missing", "moved_reason", _("这样改动要写明理由"), _("请填写变动理由"))


def _closes_too_early(fields: Fields) -> bool:
    closed_on, registered_at = _word(fields, "closed_on"), _word(fields, "registered_at")
    return bool(closed_on) and closed_on < registered_at[:10]


def _lacks(*names: str) -> Callable[[Fields], bool]:
    return lambda fields: not any(fields.get(name) for name in names)


_Demand = tuple[Callable[[Fields], bool], Callable[[], Problem]]
_SETTLED: Final[tuple[_Demand, ...]] = (
    (_lacks("result"), _result_missing),
    (_lacks("closed_on"), _day_missing),
    (_closes_too_early, _closed_too_early),
)
_REASON: Final[_Demand] = (_lacks("moved_reason", "result_note"), _reason_missing)
_DEMANDS: Final[Mapping[str, tuple[_Demand, ...]]] = {
    CLOSED: _SETTLED,
    WRITTEN_OFF: (
        *_SETTLED,
        (_lacks("called_back_on", "moved_reason"), _callback_missing),
        (lambda new: new.get("satisfaction") == DISSATISFIED and not new.get("moved_reason"), _still_dissatisfied),
    ),
    PLANNED: (_REASON,),
    VOIDED: (_REASON,),
    MERGED: ((_lacks("merged_into"), _target_missing),),
}
"""By state: what a need in it must have, and what is said where it is missing."""
