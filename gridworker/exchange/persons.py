"""Whom the rows of a sheet name, under a word that nobody lists: 林农姓名, 承租人 before an ID number."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from gridworker.domain.ledger import Mask
from gridworker.domain.ledgers import ledger
from gridworker.exchange import headings
from gridworker.exchange.columns import Column
from gridworker.exchange.headings import Meaning
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Heading
from gridworker.exchange.typing_values import share

_PERSONS: Final = {
    "resident.name": "resident",
    "household.head": "household",
    "need.raised_by": "need",
    "schooling.child": "child",
    "worker.name": "worker",
}
OWNER: Final = {"household": "resident", "child": "resident"}
"""By person: the subject that holds what belongs to them, where it is another."""
OWNER_OF_PHONE: Final = {"child": "need", "guardian": "need"}
_TAGS: Final = frozenset({"household.tags", "resident.care_tags"})
_BOTH: Final = frozenset({"household.head", "resident.name"})
_WHOSE: Final = re.compile("人|户|家庭|群|儿童|成员|身份|对象")
"""Words that say whether a person or a household is meant."""
_PHONE: Final = re.compile("(?:联系)?(?:电话|手机|手机号|号码|联系方式)(?:号码?)?$")
_NAMED: Final = re.compile("(?:姓名|名字|[^法]人|者|户|业主|居民|村民|群众|职工)$")
_STAFF: Final = re.compile(
    "校长|主任|老师|教师|班主任|领导|[队组站所科村]长|经理|店长|老板|司机|法人|员(?:姓名)?$|介绍|登记|填|审|签|复核|主持|记录|"
    "经手|经办|办理|处理|处置|跟进|承办|帮办|整改|协办|交办|转办|督办|答复|复查|回访|接送|产权|兄弟|姐妹|采集|核查|检查|走访|排查|代领|领取|接收|收款|宣传|评议|盯|改|整|修|跑|说和|劝"
)
"""Who does the work, or comes in between."""
_OF_A_HOME: Final = re.compile("户|业主|农|家主|家长")
"""Who stands for a household; an old man or a pupil is but one of its people."""
_WHO_DID: Final = re.compile("(?:人员?|者|干部)(?:姓名|签[字名])?$")
_VARIED: Final = 0.8
"""Share of different names from which they are not of those who do the work."""

Unknown = Mapping[int, tuple[Heading, Sequence[RawValue]]]
"""By column that nobody knows: its heading, and its cells that say something."""


def person_named(one: Meaning) -> str:
    """Whom a column names, such as `captain`, so that a telephone beside it is that person's; empty for nobody."""
    of_community = one.field.mask is Mask.NAME and bool(ledger(one.ledger).area)
    return _PERSONS.get(one.column, one.ledger if of_community else "")


def are_named(known: Iterable[Meaning]) -> bool:
    """Whether some column names whom the rows are of; the head alone does not where each tells what he is to him."""
    every = list(known)
    named = {person_named(one) for one in every} - {""}
    return bool(named - {"household"} if any(one.column == "resident.relation" for one in every) else named)


def person_column(unknown: Unknown, event: str, *, is_told: bool) -> tuple[int, str] | None:
    """The one column that names people, and the heading it stands for.

    `is_told`: whether an ID number, a gender or a birth stands beside it.
    """
    named = {number: one for number, (one, told) in unknown.items() if _may_name(one, told)}
    if len(named) != 1:
        named = {number: one for number, one in named.items() if one.leaf.endswith("姓名")}
    if len(named) != 1 or not (is_told or event):
        return None
    number, heading = next(iter(named.items()))
    if is_told or event == "visit":
        return number, "走访对象" if not is_told and _OF_A_HOME.search(heading.leaf) else "姓名"
    return number, "反映人"


def _may_name(heading: Heading, told: Sequence[RawValue]) -> bool:
    """Whether a column holds names, nearly all of them different, of people who are no staff."""
    if not told or not _NAMED.search(heading.leaf) or _STAFF.search(str(heading)):
        return False
    name = ledger("resident").by_name["name"]
    return is_varied(told) and share(name, told) == 1 and not headings.is_foreign(heading.group, heading.leaf)


def is_varied(told: Sequence[RawValue]) -> bool:
    """Whether nearly every cell says something else, as names of those who live here do."""
    return len(set(map(str, told))) >= _VARIED * len(told)


def is_doubtful_tag(one: Meaning, heading: Heading, held: Set[str]) -> bool:
    """Whether nobody knows if a word is of the person or of the whole home, where a sheet lists both."""
    return one.by_root and one.column in _TAGS and held >= _BOTH and not _WHOSE.search(str(heading))


def deed_of(leaf: str) -> str:
    """What the people of a column did: 检查 of 检查人; empty for a heading that says nothing of it."""
    deed = _WHO_DID.sub("", headings.fold(leaf))
    return deed if len(deed) > 1 and deed != headings.fold(leaf) else ""


def is_called_like(one: Column, other: Column) -> bool:
    """Whether a heading begins with whom another one names: 病人身份证号 beside 病人, 患者联系电话 beside 患者姓名."""
    whose = headings.fold(other.heading.leaf).removesuffix("姓名")
    return len(whose) > 1 and headings.fold(one.heading.leaf).startswith(whose)


def is_phone_of(leaf: str, person: str) -> bool:
    """Whether the heading of telephones calls people by the last word of the heading before it."""
    noun = _PHONE.sub("", headings.fold(leaf))
    return len(noun) > 1 and headings.fold(person).endswith(noun)
