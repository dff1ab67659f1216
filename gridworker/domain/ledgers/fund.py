"""惠民微实事: a small budget for what residents need most."""

from gridworker.domain.declare import PLAIN, choice, estate, grid, money, number, remark, text
from gridworker.domain.ledger import Ledger

LEDGER = Ledger(
    name="fund",
    label="惠民微实事",
    letter="u",
    order=180,
    area="惠民微实事",
    fields=(
        grid(),
        estate(),
        text("name", "资金名称", PLAIN, required=True, synonyms=("项目名称", "名称"), width=18),
        number("year", "年度", PLAIN, synonyms=("年份",)),
        choice("source", "资金来源", ("财政", "包保单位", "社会捐助", "居民自筹", "公共收益", "其他"), PLAIN),
        money("budget", "预算（元）", PLAIN, required=True, synonyms=("预算", "预算金额")),
        remark(),
    ),
    title=("name", "year"),
    sheet="惠民微实事",
    columns=("name", "year", "source", "estate", "budget", "note"),
)
