"""What the columns of a form ask for beyond the declared fields of its subject, and what one of its rows is about."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from gridworker.domain.ledger import Field, Kind, Privacy
from gridworker.exchange.headings import Meaning, fold, meanings
from gridworker.exchange.recognise import Column

_PLACES: Final = frozenset({"grid", "worker"})
"""Ledgers whose headings an imported table may not set, but a form may ask for."""
_DERIVED: Final = {
    "resident.age": ("年龄", Kind.INT, "年龄 周岁 实足年龄 岁数"),
    "household.members": ("家庭人口", Kind.INT, "家庭人口 家庭人口数 人口数 家庭人数 户内人口 居住人数 人数"),
    "household.last_met": ("最近见面", Kind.DATE, "最近见面 上次走访 上次走访时间 上次走访日期 上次见面"),
    "household.next_due": ("下次应访", Kind.DATE, "下次应访 下次应访时间 应访日期"),
    "household.open_needs": ("未办结诉求", Kind.INT, "未办结诉求 未办结诉求数"),
}
"""By column: label, kind, and how forms say it."""
_LATEST: Final = ("最近", "上次", "末次", "最后")
_EVENTS: Final = ("employment", "schooling", "medical", "need", "followup")
_OF_A_VISIT: Final = frozenset({"visit.content", "visit.outcome", "visit.mode", "visit.purpose", "visit.met"})


def take_further(columns: Iterable[Column]) -> None:
    """Give columns that nothing else explains what only forms ask for: ages, grids, workers, last visits."""
    for column in columns:
        if column.meaning is None and column.doubt != "serial" and (found := _further(column)):
            column.meaning, column.confidence, column.doubt = found, 0.9, ""


def further_field(name: str) -> Field | None:
    """The field of a column that is worked out, such as `resident.age`."""
    if name not in _DERIVED:
        return None
    label, kind, _words = _DERIVED[name]
    return Field(name.partition(".")[2], label, kind, Privacy.PLAIN)


def subject(columns: Sequence[Column]) -> str:
    """What each row is about: a ledger or the block of a kind of need; empty where no column is known."""
    held = {one.meaning.column for one in columns if one.meaning}
    owners = {one.meaning.owner for one in columns if one.meaning}
    event = next((one for one in _EVENTS if one in owners), "")
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
    return bool(held & _OF_A_VISIT) or (when is not None and not says_latest and "resident.name" not in held)


def _further(column: Column) -> Meaning | None:
    places = [one for one in meanings(column.heading.group, column.heading.leaf) if one.ledger in _PLACES]
    if len(places) == 1:
        return places[0]
    name = _by_words().get(fold(column.heading.leaf, with_brackets=False), "")
    field = further_field(name)
    return Meaning(name, field, name.partition(".")[0], is_label=False) if field else None


@cache
def _by_words() -> dict[str, str]:
    return {word: name for name, (_label, _kind, words) in _DERIVED.items() for word in words.split()}
