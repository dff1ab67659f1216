"""What a failure says to people: what, then what next."""

import pytest

from gridworker.errors import UserError


@pytest.mark.parametrize(
    ("message", "hint", "told"),
    [
        ("延期要写明理由", "请填写变动理由", "延期要写明理由。请填写变动理由"),
        ("写一句办理措施。", "没有保存。", "写一句办理措施。没有保存。"),
        ("Give the reason", "Fill it in", "Give the reason. Fill it in"),
        ("Not saved.", "Try again.", "Not saved. Try again."),
        ("电话少一位", "", "电话少一位"),
    ],
)
def test_sentence_and_advice_never_stick_together(message, hint, told):
    assert UserError("code", message, hint).told == told
