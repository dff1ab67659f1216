"""How the evening sheet says what a line is about, what it waits for, and what to do."""

from gridworker.i18n import _
from gridworker.services import kinds
from gridworker.services.sheet import Line, Sheet, State
from gridworker.ui.pages.sheet_rows import LineView


def views(sheet: Sheet) -> list[LineView]:
    """Every line as it is painted."""
    return [_view(sheet, one, here=place == sheet.place) for place, one in enumerate(sheet.lines)]


def advice(sheet: Sheet, place: int) -> str:
    """What a waiting line needs, in one sentence."""
    one = sheet.lines[place]
    words = {
        State.UNKNOWN: _("第{number}行：没有 {door}，改门牌或新建"),
        State.SEVERAL: _("第{number}行：{door} 有几户，选一户"),
    }.get(sheet.state(one), _("第{number}行：还没存，按 Enter"))
    return words.format(number=place + 1, door=one.door)


def _view(sheet: Sheet, one: Line, *, here: bool) -> LineView:
    state, door = sheet.state(one), sheet.door(one)
    words, icon, tone = _state(state, here=here)
    if here and state is State.OPEN and sheet.is_second():
        words, icon, tone = _("当天已有"), "circle-alert", "amber"
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


def _state(state: State, *, here: bool) -> tuple[str, str, str]:
    """Word, icon and tone of a state."""
    if state is State.OPEN:
        return (_("正在写"), "pencil", "primary") if here else (_("还没存"), "pencil", "amber")
    return {
        State.SAVED: (_("已存"), "circle-check", "green"),
        State.UNKNOWN: (_("没有这户"), "circle-x", "red"),
        State.SEVERAL: (_("选一户"), "circle-question-mark", "amber"),
    }.get(state, ("", "", ""))


def _missing(sheet: Sheet, one: Line, *, here: bool) -> str:
    """What stands where the name would be."""
    state = sheet.state(one)
    if state is State.SEVERAL:
        return _("{count} 户，选一户").format(count=len(sheet.offers(one)))
    if state is State.UNKNOWN:
        return _("没有这户，回车新建") if here else _("没有这户")
    return ""
