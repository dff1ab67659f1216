"""Yes and no in all the signs that forms use."""

import re
from typing import Final

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.parsed import BLANK, INVALID, Parsed, Raw

_YES_WORDS: Final = "是 有 对 要 需要 愿意 同意 参加 已 代办 帮办 √ ✓ ✔ ✅ ☑ ■ ● 1 y yes t true v"
_NO_WORDS: Final = "否 无 没有 没 不 不是 不要 不需要 不愿意 不同意 不参加 未 自办 × ✗ ✘ ✕ ❌ ☐ □ 0 n no f false x"
_YES: Final = frozenset(_YES_WORDS.split())
_NO: Final = frozenset(_NO_WORDS.split())
_TICK: Final = r"[√✓✔☑■●]"
_TICKED_AFTER_BOX: Final = re.compile(rf"{_TICK}(是|否|有|无)")
_TICKED_BEFORE_BOX: Final = re.compile(rf"(是|否|有|无){_TICK}")
_BOX: Final = re.compile(r"[√✓✔☑■●☐□]")


def parse_yes_no(raw: Raw) -> Parsed:
    """Whether the cell says yes: 是 √ 有 ☑ 1 Y TRUE, or no: 否 × 无 □ 0 N FALSE."""
    if raw is None or isinstance(raw, bool):
        return Parsed(raw)
    if isinstance(raw, int | float):
        return Parsed(bool(raw)) if raw in (0, 1) else BLANK if is_blank(raw) else INVALID
    if not isinstance(raw, str):
        return INVALID
    text = fold_width(raw).replace(" ", "").lower()
    if text in _YES:
        return Parsed(True)
    if text in _NO:
        return Parsed(False)
    return BLANK if is_blank(raw) else _parse_boxes(text)


def _parse_boxes(text: str) -> Parsed:
    """Two options of which one is ticked: ☑是 □否, 是□ 否√."""
    ticked = (_TICKED_AFTER_BOX if _BOX.match(text) else _TICKED_BEFORE_BOX).findall(text)
    return Parsed(ticked[0] in ("是", "有")) if len(ticked) == 1 else INVALID
