"""The fields that kinds of needs add: 就业, 入学, 医疗报销 (field.md §3.9–3.11), 纠纷, 隐患 (§3.5, §3.20).

No diagnosis, invoices or bank numbers are kept.
"""

from dataclasses import replace

from gridworker.domain.declare import PLAIN, P, S, code, date, long, money, multi, number, person, text, yes_no
from gridworker.domain.ledger import Field, Mask


def _block(name: str, *fields: Field) -> tuple[Field, ...]:
    return tuple(replace(one, block=name) for one in fields)


EMPLOYMENT = _block(
    "employment",
    code("work_status", "就业状态", "work_status", PLAIN, synonyms=("目前状态", "就业情况", "就业失业状态")),
    date("unemployed_since", "失业时间", PLAIN, synonyms=("登记失业时间", "失业日期")),
    text("skills", "技能／证书", PLAIN, synonyms=("技能", "技能证书", "技能特长", "特长"), width=14),
    text("wanted_job", "求职意向", PLAIN, synonyms=("意向岗位", "期望岗位", "求职岗位"), width=14),
    text("wanted_place", "意向地点", PLAIN, synonyms=("期望地点", "就业地点", "意向地区")),
    money("wanted_pay", "期望月薪（元）", PLAIN, synonyms=("期望月薪", "期望薪资", "期望工资")),
    text("training", "培训意愿", PLAIN, synonyms=("培训需求", "培训工种", "培训意向")),
    multi("hard_to_employ", "就业困难类别", "hard_to_employ", S, synonyms=("困难类别", "困难人员类别")),
    date("placed_on", "就业时间", PLAIN, synonyms=("上岗时间",)),
    text("placed_at", "就业单位", PLAIN, synonyms=("上岗单位",), width=14),
)

SCHOOLING = _block(
    "schooling",
    text("child", "儿童姓名", S, mask=Mask.NAME, synonyms=("孩子姓名", "学生姓名", "适龄儿童姓名", "子女姓名")),
    code("stage", "入学类别", "stage", PLAIN, synonyms=("入学类型", "年级", "入学阶段")),
    code("registration", "户籍性质", "registration", PLAIN, synonyms=("户籍类型", "户籍")),
    code("housing_proof", "居住类型", "housing_proof", PLAIN, synonyms=("住房性质", "居住性质")),
    text("wanted_school", "意向学校", P, synonyms=("拟读学校", "申请学校"), width=14),
    multi("materials", "已交材料", "materials", S, synonyms=("材料清单", "材料"), width=18),
    code("application", "报名状态", "application", PLAIN, synonyms=("报名情况", "入学情况")),
    yes_no("after_school", "课后服务", PLAIN, synonyms=("课后延时", "课后服务需求", "5+2", "是否课后服务")),
)

MEDICAL = _block(
    "medical",
    code("insurance", "参保类型", "insurance", S, synonyms=("医保类型", "参保情况")),
    code("matter", "医疗事项", "matter", S, synonyms=("事项", "办理事项", "报销类型", "报销事项"), width=12),
    text("hospital", "就诊医院", S, synonyms=("医院", "就医医院", "住院医院"), width=14),
    text("treated_on", "就诊时间", S, synonyms=("住院时间", "就医时间")),
    money("amount", "金额（元）", S, synonyms=("金额", "医疗费用", "费用", "总费用", "报销金额", "发票金额")),
    date("submitted_on", "递交日期", S, synonyms=("递交时间", "交件日期", "提交日期", "送件日期")),
    date("paid_on", "到账日期", S, synonyms=("到账时间", "报销到账日期")),
    yes_no("agent", "代办", S, synonyms=("是否代办",)),
)

DISPUTE = _block(
    "dispute",
    code("dispute_type", "国标纠纷类型", "dispute", PLAIN, synonyms=("纠纷国标类型",), width=14),
    date("happened_on", "纠纷发生日期", PLAIN, synonyms=("发生日期",)),
    code("scale", "事件规模", "scale", PLAIN, synonyms=("纠纷规模",)),
    number("involved", "纠纷涉及人数", PLAIN),
    code("settled_by", "化解方式", "settled_by", PLAIN, synonyms=("化解途径",)),
    person("leader", "包案领导", synonyms=("包案人",)),
    long("holding", "稳控措施", P),
)

HAZARD = _block(
    "hazard",
    code("hazard_type", "隐患类型", "hazard_type", PLAIN, synonyms=("隐患类别", "隐患种类")),
    code("hazard_level", "隐患等级", "hazard_level", PLAIN, synonyms=("隐患级别",)),
    person("owner", "整改责任人", synonyms=("隐患责任人",)),
    long("fix", "隐患整改措施", P),
    date("rechecked_on", "复查日期", PLAIN, synonyms=("复查时间",)),
)
