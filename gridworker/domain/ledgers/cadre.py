"""包保干部: a cadre or party member of a paired unit and the building that is theirs (field.md §3.16)."""

from gridworker.domain.declare import (
    PLAIN,
    building,
    choices,
    code,
    date,
    estate,
    grid,
    person,
    phone,
    ref,
    remark,
    text,
)
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import SERVICES

LEDGER = Ledger(
    name="cadre",
    label="包保干部",
    letter="d",
    order=121,
    area="包保共建",
    fields=(
        ref("paired_unit", "包保单位", "paired_unit", PLAIN, required=True, synonyms=("所在单位", "单位")),
        grid(),
        person("name", "干部姓名", required=True, synonyms=("包保干部", "党员姓名", "包保人", "联户干部")),
        text("duty", "职务", PLAIN),
        code("politics", "政治面貌", "politics", PLAIN),
        phone(),
        estate(),
        building(),
        date("from_on", "包保起", PLAIN, synonyms=("开始日期",)),
        date("until_on", "包保止", PLAIN, synonyms=("结束日期",)),
        remark(),
        choices("services", "可提供服务", SERVICES, PLAIN, synonyms=("提供服务", "服务项目")),
    ),
    title=("name", "estate", "building"),
    asked=("paired_unit", "grid", "name", "duty", "phone", "estate", "building", "from_on"),
    sheet="包保干部",
    columns=(
        "paired_unit:name",
        "name",
        "duty",
        "politics",
        "phone",
        "estate",
        "building",
        "services",
        "from_on",
        "until_on",
        "note",
    ),
    called=("包保干部名册", "联户干部"),
)
