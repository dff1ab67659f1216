"""矛盾排查: that somebody looked for disputes and hazards, also where nothing was found: 排查 0 起 (field.md §3.5)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, choices, date, estate, grid, number, ref, remark
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import not_negative
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    found, settled = values.get("found"), values.get("settled")
    wrong = not_negative(values, "found") | not_negative(values, "settled")
    if isinstance(found, int) and isinstance(settled, int) and settled > found:
        wrong.setdefault("settled", _("化解起数不能比排查起数多，请核对"))
    return wrong


LEDGER = Ledger(
    name="screening",
    label="矛盾排查",
    letter="z",
    order=159,
    area="调解",
    fields=(
        grid(required=True),
        date("held_on", "排查日期", PLAIN, required=True, synonyms=("日期", "排查时间")),
        estate(),
        choices("about", "排查内容", ("矛盾纠纷", "安全隐患"), PLAIN, synonyms=("排查类别",)),
        number("found", "排查起数", PLAIN, required=True, synonyms=("发现起数", "起数", "排查数")),
        number("settled", "化解起数", PLAIN, synonyms=("化解数", "整改起数")),
        ref("worker", "排查人", "worker", PLAIN, synonyms=("网格员", "登记人")),
        remark(),
    ),
    title=("held_on", "estate"),
    asked=("grid", "held_on", "estate", "about", "found", "settled", "worker", "note"),
    sheet="矛盾排查",
    columns=("held_on", "estate", "about", "found", "settled", "worker:name", "note"),
    called=("排查零报告", "零报告", "排查统计"),
    check=_check,
)
