"""Unlocking: the password, the recovery code with a new one, sentences for what is missing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gridworker.ui.pages.unlock import Unlock


@pytest.fixture
def part(qtbot):
    made = Unlock("/somewhere")
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_gives_the_password_and_locks_the_field(qtbot, part):
    qtbot.waitUntil(part.password.field.hasFocus)
    QTest.keyClicks(part.password.field, "secret words")
    with qtbot.waitSignal(part.password_given) as told:
        QTest.keyClick(part.password.field, Qt.Key.Key_Return)
    assert told.args == ["secret words"]
    assert not part.password.isEnabled()
    part.show_error("密码不对。")
    assert part.password.isEnabled()
    assert part.password.field.selectedText() != ""


def test_an_empty_field_asks(part):
    part.password.button.click()
    assert part.password.error._sentence.text() == "请先输入密码。"


def test_the_recovery_code_and_a_good_new_password(qtbot, part):
    part.password.forgot.click()
    assert part.recovery.isVisible()
    part.recovery.button.click()
    assert "24 位" in part.recovery.error._sentence.text()
    part.recovery.code.setText("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ")
    part.recovery.fresh.setText("三栋楼下桂花香")
    part.recovery.button.click()
    assert part.recovery.error._sentence.text() == "请把新密码再输一次。"
    part.recovery.again.setText("三栋楼下桂花香")
    with qtbot.waitSignal(part.recovery_given) as told:
        QTest.keyClick(part.recovery.again, Qt.Key.Key_Return)
    assert told.args == ["ABCD-EFGH-JKLM-NPQR-STUV-WXYZ", "三栋楼下桂花香"]


def test_the_way_back(part):
    part.password.forgot.click()
    part.recovery.leave.click()
    assert part.password.isVisible()
    assert not part.recovery.isVisible()
