"""The bundled font and icons: complete, drawable, recoloured."""

from PySide6.QtGui import QColor, QFontInfo

from gridworker import paths
from gridworker.ui import fonts, icons, theme


def test_the_window_is_set_in_the_bundled_font(qapp):
    assert QFontInfo(theme.font(13)).family() == fonts.BUNDLED_FAMILY


def test_bold_is_a_real_face_not_a_synthetic_one(qapp):
    assert theme.text_width("走访", bold=True) == theme.text_width("走访")  # Han glyphs keep their width
    assert theme.text_width("Enter", bold=True) > theme.text_width("Enter")


def test_the_font_draws_the_national_standard_and_our_signs(qapp):
    standard = "".join(
        bytes((row, column)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for column in range(0xA1, 0xFF)
    )
    assert len(standard) == 6763
    assert fonts.missing_characters(standard + "〃√×≤≥→↑↓…—·“”①⑩㎡珺喆") == ""


def test_a_rare_character_is_named_before_it_prints_as_nothing(qapp):
    assert fonts.missing_characters("张𬱖 𬱖") == "𬱖"


def test_every_icon_draws_something(qapp):
    names = sorted(file.stem for file in paths.resource("icons").glob("*.svg"))
    blank = [name for name in names if not has_ink(icons.icon(name, "text").pixmap(24, 24).toImage())]
    assert len(names) >= 40
    assert blank == []


def test_an_icon_follows_the_theme(qapp):
    made = icons.icon("square", "primary")
    assert colour_of(made) == QColor(theme.tokens(theme.LIGHT)["primary"])
    theme.apply(theme.DARK, bundled_font=True)
    assert colour_of(made) == QColor(theme.tokens(theme.DARK)["primary"])


def has_ink(image):
    return any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def colour_of(made):
    image = made.pixmap(48, 48).toImage()
    solid = (image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255)
    return next(solid)
