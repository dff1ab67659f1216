"""Headings made of the word for what a sheet is about: 点单人, 点单内容, 点单日期 in a list of what people wish for.

Nobody can list all such words. One counts where the title has it, too, or where two headings share it and one of them
says who, and only in a sheet whose title speaks of visits or of needs, not of both.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from gridworker.exchange.headings import fold

_MADE: Final = re.compile("([一-鿿]{2})(.{1,5})")
_OTHERS: Final = re.compile(
    "单位|社区|网格|乡镇|家庭|房屋|住房|项目|信息|人员|群众|居民|村民|户主|学校|医院|政策|基本|联系|身份|出生|毕业|工作|培训|迁入|"
    "迁出|入住|入伍|退役|发证|办证|到期|有效|建成|建造|竣工|开工|购买|生产|参保|缴费|发放|银行|开户|审核|审批|验收|签订|签约|"
    "发病|确诊|手术|分娩|死亡|结婚|离婚|事发|发生|检测|接种|体检|筛查|安装|改造|维修|缴纳|转移|慰问金|补贴|补助|"
    "制表|填报|填表|报送|更新|统计|本次|上次|下次|计划|首次|最近|预计|就业|失业|入学|报名|住院|服务|使用|登记|成员|家长|儿童"
)
"""Words of other days and things, whatever the title says."""
_OF_VISITS: Final[Mapping[str, str]] = {
    "日期|时间|日": "走访时间", "方式|形式|途径": "走访方式", "结果": "走访结果",
    "情况|记录|内容|详情|过程|经过|纪要": "走访内容", "人|员|人员|干部|人姓名|员姓名": "走访人",
}  # fmt: skip
_ASKED: Final[Mapping[str, str]] = {
    "日期|时间|日": "登记时间", "人|者|群众|居民|村民|人姓名|者姓名": "反映人",
    "内容|事项|事由|诉求|描述|详情": "诉求内容", "类别|类型|分类": "诉求类别", "渠道|来源|途径|方式": "来源",
    "(?:人|者)?(?:联系)?(?:电话|手机|手机号|号码|联系方式)": "反映人电话",
}  # fmt: skip
_HANDLED: Final[Mapping[str, str]] = {
    "时限|期限|限期": "办理时限", "结果|进展|进度|状态": "办理进度", "单位|部门|科室": "承办单位",
}  # fmt: skip
_SEEN_TO: Final = re.compile("整改|治理|处置|处理|办理|化解|调解|调处|督办|跟进|跟踪|承办|复查|检查|排查|巡查")
"""What is done about a need, never by who asks."""
_WHO: Final = re.compile("人|者|员|群众|居民|村民")
_SAID: Final = re.compile("内容|事项|事由|诉求|描述|(?:人|者)(?:联系)?(?:电话|手机|号码|联系方式)")


class Stems:
    """The words that the headings of one sheet share with each other or with its title."""

    def __init__(self, leaves: Iterable[str], about: str, event: str) -> None:
        self._event = event
        self._ends: dict[str, set[str]] = defaultdict(set)
        for leaf in leaves if event else ():
            if (found := _parted(leaf)) and not _OTHERS.search(found[0]):
                self._ends[found[0]].add(found[1])
        self._titled = {stem for stem in self._ends if stem in about}

    def headings(self, leaf: str) -> list[str]:
        """The headings we know that a heading stands for, by its end and what its sheet is about."""
        stem, end = _parted(leaf) or ("", "")
        ends = self._ends.get(stem, ())
        is_shared = len(ends) > 1 and any(_WHO.match(one) for one in ends)
        if end not in ends or not (is_shared or stem in self._titled):
            return []
        if self._event == "visit":
            return _ending(_OF_VISITS, end)
        is_asking = not _SEEN_TO.fullmatch(stem) and _is_asking(ends)
        return _ending(_HANDLED, end) or (_ending(_ASKED, end) if is_asking else [])


def _parted(leaf: str) -> tuple[str, str] | None:
    found = _MADE.fullmatch(fold(leaf, with_brackets=False))
    return (found[1], found[2]) if found else None


def _is_asking(ends: Iterable[str]) -> bool:
    """Whether a word is of those who ask, not of those who see to it: they say something, or can be called."""
    return any(_SAID.fullmatch(end) for end in ends) and any(_WHO.match(end) for end in ends)


def _ending(known: Mapping[str, str], end: str) -> list[str]:
    return [heading for ends, heading in known.items() if re.fullmatch(ends, end)]
