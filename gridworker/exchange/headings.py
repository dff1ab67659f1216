"""What the heading of a column may mean: declared labels and synonyms, never a guess (excel.md §5).

Further wordings of the field, too many for the declarations, stand in `resources/headings.json`.

A column is named `ledger.field`, a field of a kind's own block `block.field`, an address in one cell
`household.address`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from gridworker.domain.ledger import Field, Kind, Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.domain.text.blanks import compatible
from gridworker.exchange.bare_headings import plainly
from gridworker.paths import json_resource

ADDRESS: Final = "household.address"
"""The pseudo column of an address in one cell."""
_ADDRESS_WORDS: Final = (
    "住址 家庭住址 地址 现住址 住户地址 详细地址 详细住址 居住地址 家庭地址 现居住地址 现居住地 居住地 房屋地址 "
    "具体住址 具体地址 住所 居住地点 家庭详细住址 常住地址 小区楼栋房号 楼栋房号 楼栋门牌 楼栋单元室 房屋坐落 "
    "反映人住址 诉求人住址 户主住址 楼栋单元 楼栋单元号 栋单元 楼号单元 楼幢单元 几栋几单元 "
    "单元室 单元室号 单元房号 单元门牌"
)
_SERIAL_WORDS: Final = "序号 编号 序 号 行号 no 项次 顺序号 编序 编次"
_NEUTRAL_WORDS: Final = (
    "年龄 民族 学历 文化程度 婚姻状况 健康状况 照片 签字 签名 工作单位 职务 职业 家庭人口 人口数 户籍地 户籍地址 "
    "监护人姓名 紧急联系人 紧急联系人电话 银行卡号 户数 人数 面积 总户数 走访户数 走访次数 覆盖率 "
    "应访 已访 期初 新增 办结率 未办结 超期 及时率 回访率 满意率 新增诉求"
)
"""Headings that no field of ours stands for, but that show a heading row all the same."""
_GENERIC_WORDS: Final = (
    "编号 日期 时间 方式 结果 情况 内容 主要内容 类别 等级 级别 状态 现状 进度 来源 事项 金额 费用 总费用 医院 学校 "
    "材料 户籍 关系 组 组别 评价 批示 审核 问题 时限 说明 备注 技能 特长 地点 成效 措施 年级 户别 代办 办结 陪同 "
    "镇 乡 村 社区 街道 责任人 经办人 人员类别 入户时间 入户日期 办理时间 办理日期 办理方式 完成时间 电话 手机 "
    "联系方式 联系电话 手机号 手机号码 网格 所属网格 网格员 填表人 楼号 室 栋 幢 门牌 房号 "
    "困难类型 涉及人数 涉及人员数 "
    "结果说明 困难类别 申请人 受理人 网格编号 网格编码 网格代码 网格名称 网格号 所在网格 监护人电话 监护人联系电话 "
    "家长电话 学生 孩子 批示意见 领导意见 小组 楼 房间 子女姓名 住房类型 居住类型 户籍性质 户口性质 户籍类型 住房性质 "
    "居住性质 房产情况 户籍情况 户口类型 监护人手机 监护人手机号 监护人手机号码 监护人联系方式 家长联系电话 家长手机 "
    "调查日期 调查时间 提交时间 提交日期 审核结果 审核状态 审核情况 类型 接待人"
)
"""Headings that mean something only in a sheet known by other columns to be about it."""
_SERIAL: Final = frozenset(_SERIAL_WORDS.split())
_NEUTRAL: Final = frozenset(_NEUTRAL_WORDS.split())
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())

_PERSON_END: Final = re.compile(r"(姓名|人|人员|户主|长|员|干部|家长|父亲|母亲|配偶|名字|医生|书记|房东|业主)$")
_GUARDIAN: Final = re.compile("监护|家长|大人|父|母")
_LANDLORD: Final = re.compile("房东|房主|出租[人方]|产权人|所有权?人")
_CHILD: Final = re.compile("^(?:留守|困境|适龄)?(?:儿童|孩子|学生|幼儿)(?:的)?(?:姓名|名字|名)?$")
_OTHER_EVENT: Final = re.compile(
    "第[一二三四五六七八九十0-9]次|回访|复查|下次|上次|计划|培训|帮扶|救助|银行|账户|毕业|工作|出生|迁入|迁出|入住|签约"
)
_OWNER: Final = re.compile("户主|反映人|诉求人|监护人|本人|网格员|成员|居民|儿童|学生|孩子|家长")
_ANSWERED: Final = re.compile(r"[:：]\s*\S")
_WORDS: Final = re.compile("(?:内容|描述|详情|摘要|简述|事由|经过|诉求|需求|心愿|愿望|问题|困难|意见|建议|措施)$")
"""Ends of headings of columns in which somebody says something."""
_LONGEST_ROOTED: Final = 16
_SHARED: Final = re.compile("<([一-鿿]+)>")
_SHORTEST_OF_COMMUNITY: Final = 3
"""Characters of a heading of the community's ledgers in any sheet: 单位, 名称 and 时间 head everybody's columns."""
_COUNTED: Final = re.compile("次数|频次|频率|数量|人数|户数|件数|个数|总数|合计|率$|占比|比例")
_CALLED_AT_WORK: Final = (
    "(?:承办|主办|办理|受理|接待|登记|填报|上报|经手|处置|处理|整改|维修|调处|调解|化解|代办|帮办|包片|驻村|值班|走访|入户|检查|巡查|排查|调查|"
    "单位|部门|机构|科室|站所|村委会|居委会|社区)(?:联系)?(?:人员?|员|者)?(?:的)?(?:联系)?(?:电话|手机|联系方式|(?:电话|手机)号码)"
)
"""Telephones of whoever does the work: none of those who live here."""
_AT_WORK: Final = re.compile(
    "(?:承办|主办|办理|受理|接待|登记|填报|调查|采集|核查|检查|排查|巡查|维修|调解|代办|宣传)(?:人员?|员|者)$|(?:单位|部门|科室|机构|社区|村委会|居委会)$"
)
"""Groups of headings under which a name or a number is that of whoever does the work."""
_EMPTY_WORDS: Final = re.compile("基本信息|基本情况|信息|情况|资料|登记|法定")
_BRACKETS: Final = re.compile(r"[(\[【<〔{][^()\[\]【】<>〔〕{}]*[)\]】>〕}]")
_EXPLAINED: Final = re.compile(r"[(\[]([一-鿿]{2,8})[)\]]$")
_HEADS: Final = re.compile(r"^[^(\[]+[(\[]户主(?:本人)?[)\]]$")
_A_HOME: Final = re.compile("[哪谁]一?家$|走访对象$")
"""Headings of homes that are called by their head: 谁家（户主）."""
_BRACKET_MARKS: Final = re.compile(r"[()\[\]【】<>〔〕{}]")
_NOISE: Final = re.compile(r"[\s*:;,。、·_★☆※\"“”'‘’]+|^[0-9]+[.)、]|^[①-⑳]")
_OF_PEOPLE: Final = frozenset({"household", "resident"})
_BARE: Final = re.compile("[0-9一-鿿]+")
"""Text in which there is nothing to fold."""
_TEN_THOUSAND: Final = re.compile("万元|单位:?万")
_YUAN: Final = re.compile("元|单位:?元")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One field that a heading may stand for."""

    column: str
    """`ledger.field` or `block.field`."""
    field: Field
    ledger: str
    is_label: bool
    """Whether the heading is the field's own label."""
    by_root: bool = False
    """Whether only words in the heading speak for it, so that the values must, too."""

    @property
    def owner(self) -> str:
        """What a sheet must be about for this meaning: a ledger, or a kind's own block."""
        return self.field.block or self.ledger


def fold(text: str, *, with_brackets: bool = True) -> str:
    """A heading without width, blanks, stars and numbering; what stands in brackets is kept or left out."""
    return text if _BARE.fullmatch(text) else _folded(text, with_brackets)


@lru_cache(maxsize=4096)
def _folded(text: str, with_brackets: bool) -> str:
    plain = compatible(text).lower()
    plain = plain if with_brackets else _BRACKETS.sub("", plain)
    return _NOISE.sub("", _BRACKET_MARKS.sub("", plain))


@cache
def _index() -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, dict[str, Meaning]] = {}
    further = json_resource("headings.json")
    for ledger in ledgers().values():
        for field in ledger.fields:
            column = f"{field.block or ledger.name}.{field.name}"
            for text in (field.label, *field.synonyms, *further.get(column, "").split()):
                for folded in dict.fromkeys((fold(text, with_brackets=False), fold(text), *_pieces(text))):
                    if ledger.area and len(folded) < _SHORTEST_OF_COMMUNITY:
                        continue
                    meaning = Meaning(column, field, ledger.name, folded == fold(field.label, with_brackets=False))
                    found.setdefault(folded, {}).setdefault(column, meaning)
    for text in _ADDRESS_WORDS.split():
        found.setdefault(text, {})[ADDRESS] = Meaning(
            ADDRESS, Field("address", "住址", Kind.TEXT, None), "household", True
        )
    return {folded: tuple(meanings.values()) for folded, meanings in found.items()}


@lru_cache(maxsize=4096)
def in_its_sheet(ledger: Ledger, leaf: str) -> tuple[Meaning, ...]:
    """What a heading means in a sheet that is called like a ledger of the community, words as short as 单位 too; what
    elsewhere asks for the telephone of residents asks here for theirs.
    """
    folded = fold(leaf, with_brackets=False)
    named = [one for one in ledger.fields if folded in {fold(text, with_brackets=False) for text in _said_as(one)}]
    alike = {one.field.name for one in (meanings("", leaf) or rooted("", leaf)) if one.ledger in _OF_PEOPLE}
    found = named or [one for one in ledger.fields if one.name in alike]
    is_label = {one.name: folded == fold(one.label, with_brackets=False) for one in found}
    return tuple(Meaning(f"{ledger.name}.{one.name}", one, ledger.name, is_label[one.name]) for one in found)


def _said_as(field: Field) -> list[str]:
    return [field.label, *field.synonyms, *_pieces(field.label)]


def _pieces(text: str) -> list[str]:
    """The alternatives of a label such as 室／门牌号."""
    return [fold(piece) for piece in text.split("／")]


@cache
def field_of(column: str) -> Meaning | None:
    """The field a column name stands for, None for a name nobody knows."""
    found = next((one for meanings in _index().values() for one in meanings if one.column == column), None)
    owner, _dot, name = column.partition(".")
    field = ledgers()[owner].by_name.get(name) if owner in ledgers() else None
    if found or field is None or field.block:
        return found
    return Meaning(column, field, owner, True)


def every_heading() -> dict[str, tuple[Meaning, ...]]:
    """All known headings, for suggestions."""
    return _index()


@lru_cache(maxsize=4096)
def meanings(group: str, leaf: str) -> tuple[Meaning, ...]:
    """What a heading may mean, under the heading of its group if it has one.

    A group that speaks of somebody else (监护人, 紧急联系人) leaves only what is declared with it;
    one that speaks of another event (回访) leaves no heading as general as 日期.
    """
    index = _index()
    for text in _joined(group, leaf):
        if text in index:
            return index[text]
    if group and (_others().search(fold(group)) or _AT_WORK.search(_nearest(group))):
        return ()
    found = index.get(fold(leaf)) or index.get(_without_hint(leaf), ())
    if not found and (plain := plainly(leaf)) != leaf:
        return meanings(group, plain)
    if "户主" in fold(group) or (head := _of_head(leaf)):
        found = found if "户主" in fold(group) else index.get(head, ())
        return tuple(one for one in found if one.ledger == "household" or one.column == ADDRESS)
    if group and is_generic("", leaf) and _OTHER_EVENT.search(fold(group)):
        return ()
    return found


@lru_cache(maxsize=4096)
def rooted(group: str, leaf: str) -> tuple[Meaning, ...]:
    """What a heading in nobody's list may mean by the words in it; never somebody else's, nor a number of things."""
    leaf = plainly(leaf)
    text = "" if _ANSWERED.search(leaf) else _without_hint(leaf)
    if not text or len(text) > _LONGEST_ROOTED or is_foreign(group, leaf):
        return ()
    above = dict.fromkeys((fold(group), _nearest(group))) if group else {}
    known = _rooted_in(text) or next(filter(None, (_rooted_in(one + text) for one in above)), []) or _explained(leaf)
    return rooted_as(known, group)


def rooted_as(known: Iterable[str], group: str = "") -> tuple[Meaning, ...]:
    """What headings that we know mean, where a word in another only speaks for them."""
    every = [one for heading in known for one in (meanings(group, heading) or meanings("", heading))]
    return tuple({one.column: replace(one, is_label=False, by_root=True) for one in every}.values())


def _rooted_in(text: str) -> list[str]:
    """The headings that words of a text stand for."""
    if not _any_root().search(text):
        return []
    return list(dict.fromkeys(heading for root, heading in _roots() if root.search(text)))


@lru_cache(maxsize=4096)
def is_foreign(group: str, leaf: str) -> bool:
    """Whether a heading speaks of somebody or something that no field of ours stands for, or of a number of things."""
    joined = _exempt().sub("", fold(group) + fold(leaf)) if group else ""
    is_others = _others().search(joined) or _COUNTED.search(fold(group))
    is_theirs = group and re.search(_CALLED_AT_WORK, _nearest(group) + fold(leaf))
    return bool(is_others or is_theirs or _blocked().search(_exempt().sub("", fold(leaf))))


@cache
def _others() -> re.Pattern[str]:
    """Words for people beside those who live here."""
    return _blocks("another's")


@cache
def _exempt() -> re.Pattern[str]:
    """Words of the blocked that stand for ours where roots name them."""
    return _blocks("ours all the same")


@cache
def _blocked() -> re.Pattern[str]:
    """Words of headings that no field of ours stands for, however much else in them sounds like one."""
    return re.compile("|".join((_others().pattern, _CALLED_AT_WORK, _COUNTED.pattern, _blocks("no field").pattern)))


def _blocks(name: str) -> re.Pattern[str]:
    return re.compile("|".join(json_resource("heading_blocks.json")[name]))


@cache
def _roots() -> tuple[tuple[re.Pattern[str], str], ...]:
    """By pattern the heading that it stands for; words that many patterns share are named in them: <访><时>."""
    words = json_resource("heading_words.json")
    roots = json_resource("heading_roots.json")
    return tuple((re.compile(_SHARED.sub(lambda one: words[one[1]], root)), told) for root, told in roots.items())


@cache
def _any_root() -> re.Pattern[str]:
    """All roots in one pattern: most texts hold none."""
    return re.compile("|".join(root.pattern for root, _heading in _roots()))


def _joined(group: str, leaf: str) -> list[str]:
    if not group:
        return []
    whole, bare = fold(group), _EMPTY_WORDS.sub("", fold(group))
    groups = dict.fromkeys((whole, bare, _nearest(group), *_who_asks(_nearest(group))))
    joined = [one + fold(part) for one in groups if one for part in (leaf, _without_hint(leaf))]
    named = _GUARDIAN.search(bare) and fold(leaf).startswith(bare)  # 监护人电话 under 监护人信息 says it all
    return [*joined, fold(leaf)] if named else joined


def _who_asks(group: str) -> list[str]:
    """What forms call those that a group of headings calls otherwise: 诉求群众·姓名."""
    return ["反映人"] if any(one.column == "need.raised_by" for one in _index().get(group, ())) else []


def _nearest(group: str) -> str:
    """Of the headings above a heading the one right above it."""
    return fold(group.rpartition("·")[2])


def _without_hint(text: str) -> str:
    """Without what brackets add, unless they name somebody else: 姓名（监护人） is not 姓名."""
    bare = fold(text, with_brackets=False)
    added = "" if bare == fold(text) else "".join(_BRACKETS.findall(compatible(text)))
    is_heads = "户主" in added and not _A_HOME.search(bare)
    return "" if _others().search(added) or is_heads else bare


def _explained(text: str) -> list[str]:
    """What the brackets behind a heading that nobody knows call it: 吃哪样（类别）."""
    found = _EXPLAINED.search(compatible(text))
    return [found[1]] if found and fold(found[1]) in _index() else []


def _of_head(text: str) -> str:
    """Of a heading whose brackets say that the head is meant, how it is called in a form: 姓名（户主）."""
    return f"户主{fold(text, with_brackets=False)}" if _HEADS.search(compatible(text)) else ""


def is_generic(group: str, leaf: str) -> bool:
    """Whether a heading says too little without its sheet: 日期, 编号, 备注; its group may complete it."""
    joined = next((text for text in _joined(group, leaf) if text in _index()), "")
    return (joined or fold(leaf, with_brackets=False)) in _GENERIC


def is_serial(text: str) -> bool:
    """Whether a column only counts its rows."""
    return fold(text) in _SERIAL


@lru_cache(maxsize=8192)  # cells say the same again and again, and each is looked at several times
def is_known(group: str, leaf: str) -> bool:
    """Whether a text is some column's heading, ours or not; what is none means nothing either."""
    index, whole = _index(), fold(leaf)
    bare = whole if whole == leaf else fold(leaf, with_brackets=False)
    if bare in _NEUTRAL or whole in _SERIAL or whole in index:
        return True
    return (bool(group) or bare in index) and bool(meanings(group, leaf))


def names_person(leaf: str) -> bool:
    """Whether a column holds people, so that a telephone beside it is theirs."""
    folded = fold(leaf, with_brackets=False)
    return _PERSON_END.search(folded) is not None and not folded.endswith(("特长", "专长", "时长"))


def names_other(text: str) -> bool:
    """Whether a heading speaks of somebody beside those who live here, the landlord among them."""
    return _others().search(fold(text)) is not None


def names_guardian(leaf: str) -> bool:
    """Whether a column holds who speaks for a child."""
    return bool(_GUARDIAN.search(fold(leaf)))


def names_child(leaf: str) -> bool:
    """Whether a heading itself says that children are meant."""
    return bool(_CHILD.search(fold(leaf)))


def asks_for_words(leaf: str) -> bool:
    """Whether what stands below is told in words, be they few: 诉求摘要."""
    return _WORDS.search(fold(leaf, with_brackets=False)) is not None


def names_head(heading: str) -> bool:
    """Whether a heading says that it is of the head of a household."""
    return "户主" in fold(heading, with_brackets=False)


def names_landlord(leaf: str) -> bool:
    """Whether a column is of who lets the home."""
    return _LANDLORD.search(fold(leaf)) is not None


def names_its_owner(leaf: str) -> bool:
    """Whether a heading itself says whose it is: 户主电话, 监护人电话."""
    return bool(_OWNER.search(fold(leaf)))


def money_factor(texts: list[str]) -> int:
    """Yuan of one unit, by the first text that names the unit: a heading, then the line above the table."""
    for text in texts:
        plain = compatible(text)
        if _TEN_THOUSAND.search(plain):
            return 10_000
        if "千元" in plain:
            return 1000
        if _YUAN.search(plain):
            return 1
    return 1
