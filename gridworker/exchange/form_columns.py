"""What the columns of a form ask for beyond the declared fields of its subject, and what one of its rows is about."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from gridworker.domain.ledger import Field, Kind, Privacy
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange.columns import Column
from gridworker.exchange.headings import ADDRESS, Meaning, field_of, fold, meanings

_PLACES: Final = ("grid", "worker")
"""Ledgers whose headings an imported table may not set, but a form may ask for."""
_DERIVED_LABELS: Final = {
    "resident.age": "年龄",
    "household.members": "家庭人口",
    "household.last_met": "最近见面",
    "household.next_due": "下次应访",
    "household.open_needs": "未办结诉求",
}
_DERIVED: Final = {
    "resident.age": (Kind.INT, "年龄 周岁 实足年龄 岁数"),
    "household.members": (Kind.INT, "家庭人口 家庭人口数 人口数 家庭人数 户内人口 居住人数 人数"),
    "household.last_met": (Kind.DATE, "最近见面 上次走访 上次走访时间 上次走访日期 上次见面"),
    "household.next_due": (Kind.DATE, "下次应访 下次应访时间 应访日期"),
    "household.open_needs": (Kind.INT, "未办结诉求 未办结诉求数"),
}
"""By column: kind, and how forms say it."""
FIGURES: Final = "figures"
"""The subject of forms whose rows are counts of a grid, worker or community."""
_COUNTED: Final = {
    "coverage.denominator": "总户数 在册户数 户数 常住户数 辖区户数 住户数",
    "coverage.numerator": "走访户数 本周走访户数 见面户数 入户户数 已走访户数 本期走访户数 走访户",
    "coverage.value": "覆盖率 走访覆盖率 走访率 入户率",
    "visits.numerator": "走访次数 走访人次 入户次数 本周走访次数",
    "due_visits.denominator": "应访户数 应访 重点户应访",
    "due_visits.numerator": "已访户数 已访 应访完成 重点户已访",
    "due_visits.value": "应访完成率 应访率 重点户应访率",
    "red_met.denominator": "红户 红户数 红色户数",
    "red_met.numerator": "红户见面 红户见面数 红户已访",
    "not_met.numerator": "未见面 未见面数 未见面次数 未见面户数",
    "refused.numerator": "拒访 拒访数 拒访次数",
    "opening.numerator": "期初 期初未办结 上期未办结 上期结转",
    "new.numerator": "新增诉求 新增 本周新增 本期新增 受理数 收集诉求 诉求新增 登记诉求 本周新增诉求",
    "closed.numerator": "本周办结 本期办结 办结 办结数 诉求办结 办结件数 化解数",
    "open.numerator": "未办结 期末未办结 在办 累计未办结 未办结数 期末",
    "overdue.numerator": "超期 逾期 超期数 逾期数 超期未办",
    "closing.value": "办结率 诉求办结率",
    "closing_cumulative.value": "累计办结率",
    "timeliness.value": "及时率 按时办结率 及时办结率",
    "callback.numerator": "已回访 回访数 回访件数",
    "callback.value": "回访率",
    "satisfaction.numerator": "满意 满意数",
    "satisfaction.value": "满意率",
}
"""By measure and its part: how forms say it; counts stand in forms of counts only."""
_MANY: Final = 3
"""Counts from which a form is one of counts."""
_SINGLE: Final = frozenset(
    {"resident.name", "resident.id_no", "household.head", "need.content", "visit.content", ADDRESS}
)
"""Columns that make a row one person, door or event."""
_MODE: Final = "visit.mode"
_CONTACT: Final = "联系方式"
_PHONES: Final = {
    "resident.name": "resident.phone",
    "household.head": "household.phone",
    "need.raised_by": "need.phone",
}
"""By who is named: the telephone that goes with it."""
_LATEST: Final = ("最近", "上次", "末次", "最后")
_EVENTS: Final = ("employment", "schooling", "medical", "need", "followup")
_KINDS: Final = ("dispute", "hazard")
"""What a single column, 涉及人数, makes no form of: it stands in lists of every kind of need, too."""
_BLOCKS: Final = frozenset(ledger("need").blocks)
_WHICH: Final = frozenset(
    f"need.{name}" for name in ("number", "raised_by", "phone", "content", "unit", "kind", "place")
)
"""What tells only which need a step is of."""
_STEPS: Final = 3
"""Columns about steps of a need from which each row is one of them, the need told again beside it."""
_OF_A_ROUND: Final = {"visit.visited_at": "need.registered_at", "visit.worker": "need.worker"}
_LISTS: Final = frozenset({"resident", "household"})
_OF_A_VISIT: Final = frozenset({"visit.content", "visit.outcome", "visit.mode", "visit.purpose", "visit.met"})


def take_further(columns: Sequence[Column]) -> None:
    """Give columns that nothing else explains what only forms ask for: ages, grids, workers, last visits, counts."""
    _settle_contacts(columns)
    counted = {column.number: name for column in columns if (name := _counted(column))}
    is_of_counts = (
        len(counted) >= _MANY and 2 * len(counted) >= len([one for one in columns if one.doubt != "serial"]) - 2
    )
    for place, column in enumerate(columns):
        if is_of_counts and column.number in counted:
            column.meaning, column.confidence, column.doubt = further_meaning(counted[column.number]), 0.9, ""
        elif is_of_counts and column.meaning and column.meaning.field.of in _PLACES:
            column.meaning = field_of(f"{column.meaning.field.of}.name")
        if column.meaning is None and column.doubt != "serial" and (found := _further(column, columns[:place])):
            column.meaning, column.confidence, column.doubt = found, 0.9, ""
    about = subject(columns)
    if about in _LISTS:
        _leave_health(columns)
    if about in _KINDS:
        _date_by_round(columns)


def _leave_health(columns: Sequence[Column]) -> None:
    """In a list of people 身体状况 asks what we do not keep, not what was talked about at a visit."""
    for column in columns:
        if column.meaning and column.meaning.by_root and column.meaning.column == "visit.content":
            column.meaning, column.confidence, column.doubt = None, 0.0, "unknown"


def _date_by_round(columns: Sequence[Column]) -> None:
    """In a list of hazards 检查日期 and 检查人 ask when and by whom each was found, where no visit is asked about."""
    visits = {one.meaning.column: one for one in columns if one.meaning and one.meaning.ledger == "visit"}
    if not visits or not visits.keys() <= _OF_A_ROUND.keys():
        return
    held = {one.meaning.column for one in columns if one.meaning}
    for name, column in visits.items():
        is_free = _OF_A_ROUND[name] not in held and "复" not in column.heading.leaf
        column.meaning = field_of(_OF_A_ROUND[name]) if is_free else None


def _settle_contacts(columns: Sequence[Column]) -> None:
    """In a blank form 联系方式 beside a name asks for the telephone; 走访方式 then asks how somebody was visited."""
    mode = next((one for one in columns if one.meaning and one.meaning.column == _MODE), None)
    held = {one.meaning.column for one in columns if one.meaning}
    phone = next((phone for name, phone in _PHONES.items() if name in held and phone not in held), "")
    if mode is None or mode.samples or fold(mode.heading.leaf) != _CONTACT or not phone:
        return
    for one in columns:
        if one.doubt == "twice" and any(other.column == _MODE for other in meanings("", one.heading.leaf)):
            one.meaning, one.confidence, one.doubt = mode.meaning, mode.confidence, ""
    mode.meaning = field_of(phone)


def further_field(name: str) -> Field | None:
    """The field of a column that is worked out or counted, such as `resident.age`."""
    owner, _dot, rest = name.partition(".")
    if owner == FIGURES and rest in _COUNTED:
        return Field(rest, _COUNTED[rest].partition(" ")[0], Kind.INT, Privacy.PLAIN)
    if name not in _DERIVED:
        return None
    return Field(rest, _DERIVED_LABELS[name], _DERIVED[name][0], Privacy.PLAIN)


def subject(columns: Sequence[Column]) -> str:
    """What each row is about: a ledger or the block of a kind of need; empty where no column is known."""
    held = {one.meaning.column for one in columns if one.meaning}
    owners = {one.meaning.owner for one in columns if one.meaning}
    if FIGURES in owners:
        return FIGURES
    community = next((one for one in owners if one in ledgers() and ledgers()[one].area), "")
    if community:
        return community
    steps = sum(one.meaning is not None and one.meaning.owner == "followup" for one in columns)
    needs, visits = ({one for one in held if one.startswith(f"{of}.")} for of in ("need", "visit"))
    tells_which = not owners & _BLOCKS and needs <= _WHICH
    kinds = [one for one in _KINDS if sum(name.startswith(f"{one}.") for name in held) > 1]
    event = next((one for one in (*kinds, *_EVENTS) if one in owners), "")
    if tells_which and needs and len(visits & _OF_A_VISIT) > len(needs):
        event = "visit"
    elif tells_which and steps >= _STEPS:
        event = "followup"
    if event:
        return event
    if "visit" in owners and _is_of_visits(columns, held):
        return "visit"
    named = [one for one in ("resident", "household", "worker", "grid") if one in owners]
    if "household.head" in held and "resident.name" not in held:
        return "household"
    return named[0] if named else "visit" if "visit" in owners else ""


def _is_of_visits(columns: Sequence[Column], held: set[str]) -> bool:
    """Whether rows are visits; 最近走访 beside a name is only one more fact about the person."""
    when = next((one for one in columns if one.meaning and one.meaning.column == "visit.visited_at"), None)
    says_latest = when is not None and any(word in str(when.heading) for word in _LATEST)
    if says_latest and "resident.name" in held:
        return False
    return bool(held & _OF_A_VISIT) or (when is not None and not says_latest and "resident.name" not in held)


def _further(column: Column, before: Sequence[Column]) -> Meaning | None:
    """Grid and worker wherever they are asked for, but a telephone only behind the worker it is of."""
    known = meanings(column.heading.group, column.heading.leaf)
    is_workers = bool(before) and before[-1].meaning is not None and before[-1].meaning.field.of == "worker"
    is_workers = is_workers or bool(before and (one := before[-1].meaning) and one.ledger == "worker")
    places = [one for of in _PLACES for one in known if one.ledger == of]
    places = [one for one in places if one.field.name != "phone" or is_workers or "网格员" in str(column.heading)]
    if places:
        return places[0]
    return further_meaning(_by_words().get(fold(column.heading.leaf, with_brackets=False), ""))


def further_meaning(name: str) -> Meaning | None:
    """The meaning of a column that only forms ask for; None for any other."""
    field = further_field(name)
    return Meaning(name, field, name.partition(".")[0], is_label=False) if field else None


def _counted(column: Column) -> str:
    """The count that a heading asks for, its group in front of it or not."""
    group, leaf = fold(column.heading.group), fold(column.heading.leaf, with_brackets=False)
    words = _by_counts()
    name = words.get(group + leaf) or words.get(leaf) or ""
    return f"{FIGURES}.{name}" if name else ""


@cache
def _by_counts() -> dict[str, str]:
    return {word: name for name, words in _COUNTED.items() for word in words.split()}


@cache
def _by_words() -> dict[str, str]:
    return {word: name for name, (_kind, words) in _DERIVED.items() for word in words.split()}
