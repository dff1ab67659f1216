"""外观: theme, size of the writing, language."""

from PySide6.QtCore import Signal

from gridworker.i18n import _
from gridworker.services.look import Look
from gridworker.ui import theme
from gridworker.ui.widgets.card import Card
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.field import FieldRow


class LookCard(Card):
    """Emits `changed(look)`; theme and size are shown at once."""

    changed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(_("外观"))
        schemes = ((theme.AUTO, _("跟随系统")), (theme.LIGHT, _("浅色")), (theme.DARK, _("深色")))
        scales = tuple(zip(theme.SCALES, (_("标准"), _("大"), _("特大")), strict=True))
        languages = (("zh_CN", "中文"), ("en", "English"))
        self.scheme = ChipGroup(_("主题"), digit_choices(schemes))
        self.scale = ChipGroup(_("字号"), digit_choices(scales))
        self.language = ChipGroup(_("语言"), digit_choices(languages))
        for name, group, value in (
            (_("主题"), self.scheme, look.theme),
            (_("字号"), self.scale, look.scale),
            (_("语言"), self.language, look.language),
        ):
            group.set_value(value)
            group.changed.connect(self._on_changed)
            self.add(FieldRow(name, group))

    def _on_changed(self) -> None:
        look = Look(self.scheme.value(), self.scale.value(), self.language.value())
        theme.apply(look.theme, look.scale)
        self.changed.emit(look)
