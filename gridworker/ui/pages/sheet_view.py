"""How the evening sheet says what a line is about, what it waits for, and what to do."""

from gridworker.i18n import _
from gridworker.services import kinds
from gridworker.services.sheet import Line, Sheet, State
from gridworker.ui.pages.sheet_rows import LineView


def views(sheet: Sheet) -> list[LineView]:
    """Every line as it is painted."""
    return [_view(sheet, place) for place in range(len(sheet.lines))]


def advice(sheet: Sheet, place: int) -> str:
    """What a waiting line needs, in one sentence."""
    one = sheet.lines[place]
    words = {
        State.UNKNOWN: _("第{number}行：没有 {door}，改门牌或新建"),
        State.SEVERAL: _("第{number}行：{door} 有几户，选一户"),
    }.get(sheet.state(one), _("第{number}行：还没存，按 Enter"))
    if one.visit:
        words = _("第{number}行：存了以后又改过，改对按 Enter，或按 Esc 恢复")
    return words.format(number=place + 1, door=one.door)


def _view(sheet: Sheet, place: int) -> LineView:
    one, here = sheet.lines[place], place == sheet.place
    state, door = sheet.state(one), sheet.door(one)
    words, icon, tone = _state(sheet, place)
    problem = {State.UNKNOWN: "red", State.SEVERAL: "amber"}.get(state, "")
    return LineView(
        door=door.short if door else one.door,
        home=(door.head or _("（未登记户主）")) if door else _missing(sheet, one, here=here),
        level=door.level if door else "",
        outcome="" if state is State.EMPTY else one.outcome,
        content=one.content,
        needs=" ".join(kinds.short(code) for code in one.needs),
        state=words,
        icon=icon,
        tone=tone,
        problem=problem,
    )


def _state(sheet: Sheet, place: int) -> tuple[str, str, str]:
    """Word, icon and tone of a line; what was stored says so while it is being changed."""
    one, earlier = sheet.lines[place], sheet.earlier(place)
    state = sheet.state(one)
    if state is State.EMPTY:
        return "", "", ""
    if one.visit and not one.saved:
        return _("已存，待改"), "circle-alert", "amber"
    if earlier:
        words = _("已存，第 {number} 次") if one.saved else _("当天第 {number} 次")
        return words.format(number=earlier + 1), "circle-alert", "amber"
    if state is State.SAVED:
        return _("已存"), "circle-check", "green"
    if place == sheet.place:
        return _("正在写"), "pencil", "primary"
    return {
        State.UNKNOWN: (_("没有这户"), "circle-x", "red"),
        State.SEVERAL: (_("选一户"), "circle-question-mark", "amber"),
    }.get(state, (_("还没存"), "pencil", "amber"))


def _missing(sheet: Sheet, one: Line, *, here: bool) -> str:
    """What stands where the name would be."""
    state = sheet.state(one)
    if state is State.SEVERAL:
        return _("{count} 户，选一户").format(count=len(sheet.offers(one)))
    if state is State.UNKNOWN:
        return _("没有这户，回车新建") if here else _("没有这户")
    return ""
