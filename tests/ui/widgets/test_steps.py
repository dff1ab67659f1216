"""The path of states."""

from PySide6.QtGui import QColor

from gridworker.ui import theme
from gridworker.ui.widgets.steps import Steps


def test_the_line_is_strong_as_far_as_one_has_come(qtbot):
    path = Steps()
    qtbot.addWidget(path)
    path.show_steps(("已登记", "办理中", "已上报", "已答复"), 2)
    path.resize(400, 48)
    path.show()
    image = path.grab().toImage()
    strong, pale = (QColor(theme.tokens(theme.LIGHT)[name]) for name in ("primary", "border"))
    assert [image.pixelColor(x, 12) for x in (100, 200)] == [strong, strong]
    assert image.pixelColor(300, 12) != strong
    assert theme.contrast(image.pixelColor(300, 12), pale) < 1.2
    assert path.accessibleName() == "现在：已上报"
