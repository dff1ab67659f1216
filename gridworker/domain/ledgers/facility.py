"""设施: library, canteen, charging points …: where, when open, and whether it works."""

from gridworker.domain.declare import PLAIN, building, choice, choices, date, estate, grid, person, phone, remark, text
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.community import SERVICES

LEDGER = Ledger(
    name="facility",
    label="设施",
    letter="i",
    order=151,
    area="组织设施",
    fields=(
        grid(),
        text("name", "设施名称", PLAIN, required=True, synonyms=("设施", "名称"), width=16),
        choice(
            "kind",
            "设施类型",
            ("图书室", "食堂", "活动室", "健身设施", "充电桩", "消防设施", "停车场", "养老驿站", "卫生室", "其他"),
            PLAIN,
        ),
        estate(),
        building(),
        text("place", "位置", PLAIN, synonyms=("地点",), width=14),
        text("open_at", "开放时间", PLAIN, width=14),
        person("contact", "管理人", synonyms=("联系人", "责任人")),
        phone(),
        choice(
            "state",
            "设施状态",
            (("正常", "完好"), ("待修", "损坏"), ("停用", "闲置")),
            PLAIN,
            synonyms=("使用状态", "状态"),
        ),
        date("checked_on", "检查日期", PLAIN, synonyms=("最近检查", "巡查日期")),
        remark(),
        choices("services", "可提供服务", SERVICES, PLAIN, synonyms=("提供服务", "服务项目")),
    ),
    title=("name", "estate", "state"),
    asked=("grid", "name", "kind", "estate", "building", "place", "state", "contact"),
    sheet="设施台账",
    columns=(
        "name",
        "kind",
        "estate",
        "building",
        "place",
        "open_at",
        "contact",
        "phone",
        "state",
        "checked_on",
        "services",
        "note",
    ),
    called=("公共设施", "设施清单"),
)
