"""项目清单: what is done for a need, with whose resource (field.md §3.16)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, P, choice, date, grid, long, money, person, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import ends_after_start
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return ends_after_start(values, "from_on", "until_on")


LEDGER = Ledger(
    name="project",
    label="项目",
    letter="j",
    order=123,
    area="包保共建",
    fields=(
        grid(required=True),
        text("name", "项目名称", PLAIN, required=True, synonyms=("项目",), width=18),
        ref("need", "对接需求", "need", PLAIN, synonyms=("对接诉求", "需求")),
        ref("resource", "对接资源", "resource", PLAIN, synonyms=("资源",)),
        text("carrier", "承接单位", PLAIN, synonyms=("承办单位", "实施单位"), width=14),
        person("responsible", "责任人", synonyms=("负责人", "项目负责人")),
        date("from_on", "开始日期", PLAIN, synonyms=("起始日期",)),
        date("until_on", "完成日期", PLAIN, synonyms=("结束日期", "计划完成日期")),
        money("budget", "预算（元）", PLAIN, synonyms=("预算", "资金")),
        choice(
            "progress",
            "进度",
            ("策划", ("进行中", "实施中"), ("已完成", "完成"), "停止"),
            PLAIN,
            synonyms=("项目进度",),
        ),
        long("effect", "成效", P, synonyms=("项目成效",)),
        remark(),
    ),
    title=("name", "progress"),
    asked=("grid", "name", "need", "resource", "carrier", "responsible", "from_on", "until_on"),
    sheet="项目清单",
    columns=(
        "name",
        "need:number",
        "resource:name",
        "carrier",
        "responsible",
        "from_on",
        "until_on",
        "budget",
        "progress",
        "effect",
        "note",
    ),
    check=_check,
)
