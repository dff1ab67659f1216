"""专项行动: one question put to every door, person or building, with columns of its own (field.md §3.18, §3.19)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, choice, date, estate, grid, long, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import ends_after_start
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return ends_after_start(values, "from_on", "until_on")


LEDGER = Ledger(
    name="campaign",
    label="专项行动",
    letter="b",
    order=170,
    area="专项行动",
    fields=(
        grid(),
        text("name", "行动名称", PLAIN, required=True, synonyms=("专项行动", "行动"), width=18),
        choice(
            "kind", "行动类别",
            ("电车上牌", "卫生清理", "文明创建", "防疫", "消防", "防溺水", "反诈", "其他"), PLAIN, synonyms=("类别",),
        ),
        choice("target", "登记对象", (("住户", "户"), ("居民", "人"), ("楼栋", "栋")), PLAIN, required=True),
        estate(),
        date("from_on", "开始日期", PLAIN, synonyms=("起始日期",)),
        date("until_on", "结束日期", PLAIN, synonyms=("截止日期",)),
        long("columns", "登记栏目", PLAIN, synonyms=("栏目",)),
        choice("state", "行动状态", ("进行中", "已结束"), PLAIN),
        remark(),
    ),
    title=("name", "from_on"),
    asked=("grid", "name", "kind", "target", "estate", "from_on", "until_on", "columns"),
    sheet="专项行动",
    columns=("name", "kind", "target", "estate", "from_on", "until_on", "columns", "state", "note"),
    check=_check,
)  # fmt: skip
