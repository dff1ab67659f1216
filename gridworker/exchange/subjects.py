"""What a sheet is about, by its title and names: visits, needs, lists of people who are not ours."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from gridworker.domain.ledgers import ledger

ABOUT: Final = {
    "visit": re.compile(
        "走访|入户|跑户|串户|敲门|民情日记|家访|随访|探访|巡访|上门|探视|探望|看望|慰问|访视|下户|进户|登门|劝返|劝阻|动员|认证|核查"
    ),
    "need": re.compile(
        "诉求|问题清单|销号|反映问题|民意|意见|建议|信访|来访|来站|接待|投诉|工单|热线|报修|纠纷|矛盾|院坝会|"
        "隐患|整改|处置|积案|征集|点单|心愿|欠薪|讨薪|维权"
    ),
    "employment": re.compile("就业|求职|失业|务工|招工|返乡|劳动力|用工|零工|培训意[愿向]|技能培训|培训需求"),
    "schooling": re.compile("入学|上学|适龄儿童|转学|幼升小|报名|入园|招生|新生|托管|课后|辍学|学籍|学年度"),
    "medical": re.compile("医疗|报销|医保|慢特病|就医|住院|门诊|慢病"),
    "dispute": re.compile("纠纷|矛盾|调解"),
    "hazard": re.compile("隐患|安全检查|安全排查|消防检查"),
    "household": re.compile("住户|户籍|重点户|一户一档|家庭"),
    "resident": re.compile("居民信息|人口|家庭成员|花名册|重点人群"),
    "followup": re.compile(
        "办理记录|跟踪办理|办理跟踪|跟踪记录|跟踪登记|跟办|办理过程|跟进|事项跟踪|跟踪推进|推进台账|督办台账|跟到底"
    ),
    "grid": re.compile("网格(?:基本)?(?:信息|情况|划分|一览|名册)"),
    "worker": re.compile("网格员(?:信息|名册|名单|花名册|基本|配备|一览)"),
}
"""By subject: the words by which a title names it."""
DAILY: Final = ("visit", "need")
"""What a row of a day may be: of a diary of visits, or a list of what was asked for."""

_LISTED: Final = (
    "(?:基本)?(?:信息|情况|工作)?"
    "(?:名册|台账|登记|名单|清单|花名册|一览|记录|统计|汇总|考评|表|[（(]|\\s|[\U0001f000-\U0001ffff]|$)"
)
"""What follows the name of a ledger in the title of a sheet of it: 包保干部联系户走访 is none of 包保干部."""


@cache
def called(name: str) -> re.Pattern[str]:
    """What a title calls a ledger of the community."""
    of = ledger(name)
    words = dict.fromkeys((of.label, of.sheet or of.label, *of.called))
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){_LISTED}")


_EXPLAINS: Final = re.compile("统计|分布|分类|类别|说明|对照|流程|指南|目录|步骤|要求|示例")
DISABLED: Final = re.compile("残疾|伤残|失能|护理")
DEGREES: Final = frozenset({"等级", "级别"})
"""Headings of how far somebody needs us, but beside disabilities of how grave these are."""
OTHERS: Final = re.compile(
    "(?:楼长|楼栋长|单元长|志愿者|干部|党员|包保人员|业委会|委员|网格[员长]|物业|社工)(?:人员|成员)?(?:基本)?"
    "(?:名册|名单|花名册|信息|情况|一览|登记|统计|排班|联系)|通讯录|通信录|签到表|值班表"
)
"""Titles of lists of people who are not the residents we keep."""


def is_of_needs(titles: Iterable[str]) -> bool:
    """Whether a title speaks of what people ask for, and not of how many that are, of which kinds, or what to do."""
    return any(ABOUT["need"].search(title) and not _EXPLAINS.search(title) for title in titles)


def event_of(title: str) -> str:
    """What a title says that its rows are, visits or needs; empty for neither and for both."""
    titled = [owner for owner in DAILY if ABOUT[owner].search(title)]
    return titled[0] if len(titled) == 1 else ""
