"""包保单位: which unit looks after which estate or building (field.md §3.16)."""

from gridworker.domain.declare import PLAIN, building, choices, date, estate, grid, number, person, phone, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import SERVICES

LEDGER = Ledger(
    name="paired_unit",
    label="包保单位",
    letter="p",
    order=120,
    area="包保共建",
    fields=(
        grid(required=True),
        text("name", "单位名称", PLAIN, required=True, synonyms=("包保单位", "单位", "共建单位"), width=18),
        estate(),
        building(),
        person("leader", "单位责任人", synonyms=("责任人", "负责人", "包保责任人")),
        text("duty", "职务", PLAIN),
        phone(),
        number("homes", "包保户数", PLAIN, synonyms=("户数",)),
        date("from_on", "包保起", PLAIN, synonyms=("开始日期", "起始日期")),
        date("until_on", "包保止", PLAIN, synonyms=("结束日期", "截止日期")),
        remark(),
        choices("services", "可提供服务", SERVICES, PLAIN, synonyms=("提供服务", "服务项目")),
    ),
    title=("name", "estate", "building"),
    asked=("grid", "name", "estate", "building", "leader", "duty", "phone", "from_on"),
    sheet="包保单位",
    columns=(
        "name",
        "estate",
        "building",
        "leader",
        "duty",
        "phone",
        "homes",
        "services",
        "from_on",
        "until_on",
        "note",
    ),
    called=("包保名录", "单位包保", "共驻共建"),
)
