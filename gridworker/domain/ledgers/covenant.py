"""规约: one version of a covenant, the meeting that passed it and how long it was shown (field.md §3.14)."""

from collections.abc import Mapping

from gridworker.domain.declare import PLAIN, P, choice, date, estate, grid, long, number, ref, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import ends_after_start
from gridworker.domain.versions.entries import Value


def _check(values: Mapping[str, Value]) -> Mapping[str, str]:
    return ends_after_start(values, "public_from", "public_until")


LEDGER = Ledger(
    name="covenant",
    label="规约",
    letter="y",
    order=132,
    area="议事协商",
    fields=(
        grid(required=True),
        estate(),
        text("name", "规约名称", PLAIN, required=True, synonyms=("公约名称", "名称"), width=18),
        choice("kind", "规约类型", ("居民公约", "村规民约", "管理规约", "议事规则", "其他"), PLAIN),
        text("version", "版本", PLAIN, synonyms=("版次",)),
        ref("replaces", "修订自", "covenant", PLAIN, synonyms=("修订前版本",)),
        long("clauses", "条款", P, synonyms=("条款内容", "内容"), width=40),
        date("drafted_on", "起草日期", PLAIN, synonyms=("起草时间",)),
        number("asked_people", "征求意见人数", PLAIN),
        number("opinions", "意见数", PLAIN),
        number("adopted", "采纳数", PLAIN),
        ref("meeting", "表决会议", "meeting", PLAIN),
        date("passed_on", "通过日期", PLAIN, synonyms=("表决通过日期",)),
        date("public_from", "公示起", PLAIN),
        date("public_until", "公示止", PLAIN),
        date("valid_from", "生效日期", PLAIN, synonyms=("施行日期",)),
        remark(),
    ),
    title=("name", "version"),
    asked=("grid", "estate", "name", "kind", "version", "clauses", "meeting", "passed_on"),
    sheet="规约台账",
    columns=(
        "name", "version", "estate", "clauses", "asked_people", "opinions", "adopted", "meeting:name", "passed_on",
        "public_from", "public_until", "valid_from",
    ),
    called=("居民公约", "村规民约", "公约台账"),
    check=_check,
)  # fmt: skip
