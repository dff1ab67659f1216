"""Rules of the community's own ledgers: votes that add up, periods that end after they began, groups by age."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gridworker.domain.versions.entries import Value
from gridworker.i18n import _

SERVICES: Final = (
    "政策解读",
    "法律援助",
    "就业培训",
    "矛盾调解",
    "养老助老",
    "儿童关爱",
    "心理关怀",
    "文体活动",
    "其他",
)
"""What organisations and units offer; the first four are the ones asked for most (field.md §3.17)."""

DISPUTES: Final = ("N14", "N15", "N16")
"""Kinds of needs that are disputes: mediated, with parties against each other (GB/T 31000)."""

_SERVICE_OF_KIND: Final = {
    "N01": "就业培训", "N07": "儿童关爱", "N08": "养老助老", "N17": "法律援助", "N18": "心理关怀", "N20": "文体活动",
    "N22": "政策解读", **dict.fromkeys(DISPUTES, "矛盾调解"),
}  # fmt: skip

AGE_GROUPS: Final = ("儿童", "青年", "中年", "老年")

_OLDEST: Final = ((17, "儿童"), (35, "青年"), (59, "中年"))
"""Up to which age somebody is of a group; whoever is older is 老年."""

ANSWER_DAYS: Final = 30
"""Within how many days residents hear what became of their proposal, unless something else was promised."""

PASSED, NOT_PASSED, PUT_OFF = ("通过", "未通过", "暂缓")
"""What a meeting decides on a topic."""

TO_DO, DONE, NOT_CONCERNED, REFUSED = ("未做", "已做", "不适用", "拒绝")


OWNERS: Final = "业主委员会"
"""The kind of organisation that is set up step by step."""
RUNNING, PREPARING, NOT_SET_UP = ("正常", "筹备", "未成立")


def state_when_ticked(state: object, done: int, steps: int) -> object:
    """What an owners' committee is by its steps: being prepared from the first, running after the last."""
    if done == steps:
        return RUNNING
    return PREPARING if done and state in {None, NOT_SET_UP} else state


def service_for(kind: str) -> str:
    """The service that a kind of need usually asks for; empty where none is usual."""
    return _SERVICE_OF_KIND.get(kind, "")


def age_group(birth: date, today: date) -> str:
    """The group somebody is of on a day."""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return next((name for oldest, name in _OLDEST if years <= oldest), "老年")


def usual_decision(in_favour: int, present: int) -> str:
    """What votes come to where more than half of those present must agree."""
    return PASSED if 2 * in_favour > present else NOT_PASSED


def counted_votes(values: Mapping[str, Value]) -> dict[str, str]:
    """Votes are no negative numbers."""
    return {
        name: text for one in ("in_favour", "against", "abstained") for name, text in not_negative(values, one).items()
    }


def unbalanced_votes(topic: Mapping[str, Value], present: Value) -> str:
    """What to say when 赞成 + 反对 + 弃权 is not who was present; empty while it cannot be told (field.md §3.13)."""
    votes = [topic.get(one) for one in ("in_favour", "against", "abstained")]
    if not isinstance(present, int) or topic.get("in_favour") is None:
        return ""
    counted = sum(one for one in votes if isinstance(one, int))
    if counted == present:
        return ""
    words = _("赞成、反对、弃权合计{counted}，实到{present}：差{difference}，请核对")
    return words.format(counted=counted, present=present, difference=abs(counted - present))


def present_of_invited(values: Mapping[str, Value]) -> dict[str, str]:
    """Nobody is present who was not invited."""
    invited, present = values.get("invited"), values.get("present")
    if isinstance(invited, int) and isinstance(present, int) and present > invited:
        return {"present": _("实到不能比应到多，请核对")}
    return not_negative(values, "invited") | not_negative(values, "present")


def ends_after_start(values: Mapping[str, Value], start: str, end: str) -> dict[str, str]:
    """A period ends on the day it begins or later."""
    first, last = values.get(start), values.get(end)
    if isinstance(first, str) and isinstance(last, str) and last < first:
        return {end: _("比开始的日期还早，请核对")}
    return {}


def not_negative(values: Mapping[str, Value], name: str) -> dict[str, str]:
    """A count or an amount is not below nothing."""
    value = values.get(name)
    return {name: _("不能是负数")} if isinstance(value, int) and value < 0 else {}
