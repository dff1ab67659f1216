"""Form rows and the fields in them: one label column, the error as a sentence beside the field (look §4)."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from gridworker.ui import theme
from gridworker.ui.icons import icon
from gridworker.ui.widgets.check_box import CheckBox
from gridworker.ui.widgets.chip import ChipGroup
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label

LABEL_WIDTH = 66
SMALL_LABEL_WIDTH = 48


class TextField(QLineEdit):
    """One line of text; `changed` carries the text a person typed."""

    changed = Signal(str)

    def __init__(self, name: str, placeholder: str = "", *, digits: bool = False, icon_name: str = "") -> None:
        super().__init__()
        self.composing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        if digits:
            hints = Qt.InputMethodHint
            self.setInputMethodHints(hints.ImhDigitsOnly | hints.ImhPreferLatin)
        if icon_name:
            lead_with(self, icon_name)
        self.textEdited.connect(self.changed)

    def value(self) -> str:
        """The text, with what an input method still holds committed first."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text without telling."""
        self.setText(value)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed: then Enter, arrows and digits are the input method's."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)


def lead_with(field: QLineEdit, icon_name: str) -> QAction:
    """Put an icon at the start of a field; the action is what a click on it triggers."""
    field.setProperty("led", "true")
    return field.addAction(icon(icon_name), QLineEdit.ActionPosition.LeadingPosition)


class LongField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    changed = Signal(str)

    def __init__(self, name: str, placeholder: str = "", *, lines: int = 2) -> None:
        super().__init__()
        self.composing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._silent = False
        self.textChanged.connect(self._on_text_changed)

    def sizeHint(self) -> QSize:
        """As high as its lines; set another size policy to let it grow."""
        return QSize(theme.px(240), theme.px(20) * self._lines + 18)

    def minimumSizeHint(self) -> QSize:
        """Narrower, not lower."""
        return QSize(theme.px(120), self.sizeHint().height())

    def value(self) -> str:
        """The text, with what an input method still holds committed first."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show a text without telling; the cursor stands behind it, as in a line of text."""
        self._silent = True
        self.setPlainText(value)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._silent = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _on_text_changed(self) -> None:
        if not self._silent:
            self.changed.emit(self.toPlainText())


class FieldRow(QWidget):
    """A label, one or more editors on the same line, a hint at their right and an error sentence below them.

    What an editor says by its signal `refused` stands there until it is empty.
    """

    def __init__(self, text: str, *editors: QWidget, hint: str = "", label_width: int = LABEL_WIDTH) -> None:
        super().__init__()
        self._editors = editors
        self._label_width = label_width
        self.label = label(text, "second")
        if editors:
            self.label.setBuddy(editors[0])
        self.hint = label("", "second")
        self.error = ErrorLine()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._line(), 0, 1)
        self._grid.addWidget(self.error, 1, 1)
        self.set_hint(hint)
        self._fit()
        for editor in editors:
            if hasattr(editor, "refused"):
                editor.refused.connect(self.set_error)

    def set_hint(self, text: str) -> None:
        """The quiet words at the right of the editors; none hides them."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong and what to do; an empty sentence takes it back. The field keeps its border (look §4)."""
        self.error.show_sentence(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for editor in self._editors:
            line.addWidget(editor, 0, Qt.AlignmentFlag.AlignVCenter) if _is_low(editor) else line.addWidget(editor)
        line.addWidget(self.hint)
        if not any(editor.sizePolicy().expandingDirections() & Qt.Orientation.Horizontal for editor in self._editors):
            line.addStretch(1)
        return line

    def _fit(self) -> None:
        """Labels stand on the first line of their field: field and chip row heights differ by design."""
        low = bool(self._editors) and _is_low(self._editors[0])
        self.label.setFixedHeight(theme.px(27 if low else 31))
        self._grid.setColumnMinimumWidth(0, theme.px(self._label_width))


class ErrorLine(QWidget):
    """Red icon and sentence; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        self._sentence = label("", "second", "red", wrap=True)
        line.addWidget(IconMark("circle-x", "red", 14))
        line.addWidget(self._sentence, 1)
        self.hide()

    def show_sentence(self, sentence: str) -> None:
        """Show or hide."""
        self._sentence.setText(sentence)
        self.setVisible(bool(sentence))


def _is_low(editor: QWidget) -> bool:
    """Whether an editor is a chip row or check box, lower than a field."""
    return isinstance(editor, (ChipGroup, CheckBox))
