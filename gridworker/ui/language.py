"""Which language the window speaks: the program's words, Qt's own buttons, and dates."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from gridworker.i18n import use_language


def speak(language: str | None) -> None:
    """Switch to a language; what is on the screen already has to be built anew."""
    chosen = use_language(language)
    QLocale.setDefault(QLocale(chosen))
    app = QApplication.instance()
    for before in app.findChildren(QTranslator) if app else ():
        QApplication.removeTranslator(before)
        before.deleteLater()
    words = QTranslator(app)
    if words.load(f"qtbase_{chosen}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(words)
