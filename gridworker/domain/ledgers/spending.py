"""支出: what a small budget was spent on and for which need."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, choice, date, money, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import not_negative
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return not_negative(values, "amount")


LEDGER = Ledger(
    name="spending",
    label="资金支出",
    letter="l",
    order=181,
    area="惠民微实事",
    fields=(
        ref("fund", "资金", "fund", PLAIN, required=True, synonyms=("资金名称",)),
        text("title", "支出事项", PLAIN, required=True, synonyms=("用途", "事项"), width=18),
        money("amount", "金额（元）", PLAIN, required=True, synonyms=("金额", "支出金额")),
        date("spent_on", "支出日期", PLAIN, synonyms=("日期", "付款日期")),
        ref("need", "对应诉求", "need", PLAIN, synonyms=("诉求编号",)),
        ref("topic", "对应议题", "topic", PLAIN),
        text("payee", "收款单位", PLAIN, synonyms=("施工单位", "供应商"), width=14),
        choice("accepted", "验收", (("已验收", "合格"), "待验收", ("未通过", "不合格")), PLAIN, synonyms=("验收情况",)),
        remark(),
    ),
    title=("title", "spent_on"),
    asked=("fund", "title", "amount", "spent_on", "need", "topic", "payee", "accepted"),
    sheet="资金支出",
    columns=("fund:name", "title", "amount", "spent_on", "need:number", "topic:title", "payee", "accepted", "note"),
    check=_check,
)
