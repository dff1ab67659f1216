"""What stands where households would be as long as there are none: how to make or bring the first ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.ui import keys
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.empty_state import EmptyState


class NoHouseholds(EmptyState):
    """Emits `new_asked` and `import_asked`; the township only waits for its workbooks."""

    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, *, can_add: bool = True) -> None:
        self.new = Button(_("新住户"), PRIMARY, icon="plus")
        self.bring = Button(_("导入住户名册"), icon="upload")
        first = _("先建一户，或把名册表导进来，就能记走访了")
        wait = _("按 Alt+1 到收表，再按 Ctrl+O 收进网格员的周报，住户就在这里")
        advice = first if can_add else wait
        super().__init__("users", _("还没有住户"), advice, (self.new, self.bring) if can_add else ())
        self.new.clicked.connect(self.new_asked)
        self.bring.clicked.connect(self.import_asked)
        keys.bind(self, "Enter", self._run)

    def first_focus(self) -> QWidget:
        """The first way."""
        return self.new

    def _run(self) -> None:
        button = self.bring if self.bring.hasFocus() else self.new
        button.click()
