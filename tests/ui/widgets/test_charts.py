"""Charts: numbers said rightly, painted on widgets and into PDFs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter

from gridworker.domain.pictures import Picture
from gridworker.ui import theme
from gridworker.ui.widgets import charts
from gridworker.ui.widgets.chart_view import ChartView
from gridworker.ui.widgets.charts import Bar, Line, nice_ceiling, number_text

BARS = [Bar("水电气路", 31, 24), Bar("医疗报销", 24, 22), Bar("上学入学", None, 15)]
WEEKS = [f"{number}周" for number in range(40, 48)]
SERIES = [
    Line("新增", (95, 110, None, 103, 118, 125, 130, 148)),
    Line("办结", (88, 100, 112, 110, 113, 118, 124, 141), "blue", dashed=True),
]


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_the_top_of_an_axis_is_near_and_not_below(value):
    top = nice_ceiling(value)
    assert top >= value * (1 - 1e-9)
    assert top <= value * 2 + 1e-9
    assert math.isfinite(top)


def test_unknown_is_a_dash_and_never_zero():
    assert [number_text(value) for value in (None, 0, 31, 29.84)] == ["—", "0", "31", "29.8"]


@pytest.fixture
def view(qtbot):
    made = ChartView("图", width=400, height=200)
    qtbot.addWidget(made)
    made.resize(400, 200)
    return made


def colours(view):
    image = view.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_ring_shows_its_share(view):
    view.show_ring(0.0, "0/8", "已走访")
    none = colours(view)
    view.show_ring(3 / 8, "3/8", "已走访")
    bar = QColor(theme.tokens(theme.LIGHT)["bar"]).name()
    assert bar not in none
    assert bar in colours(view)


def test_only_the_meant_column_is_emphasised(view):
    view.show_columns([Bar("一", 4), Bar("今", 3, strong=True)], goal=4)
    tokens = theme.tokens(theme.LIGHT)
    assert {QColor(tokens[name]).name() for name in ("bar", "bar2")} <= colours(view)


def test_every_chart_is_said_in_words(view):
    view.show_rank(BARS)
    assert view.accessibleDescription() == "水电气路 31，医疗报销 24，上学入学 —"
    view.show_picture(Picture("lines", WEEKS, SERIES))
    assert view.accessibleDescription() == "新增 148，办结 141"


def test_empty_and_zero_data_paint_without_complaint(view):
    for show in (
        lambda: view.show_columns([]),
        lambda: view.show_rank([]),
        lambda: view.show_columns([Bar("一", 0), Bar("二", None)]),
        lambda: view.show_rank([Bar("一", 0, 0)]),
        lambda: view.show_picture(Picture("lines", [], [])),
        lambda: view.show_picture(Picture("lines", ["1周"], [Line("新增", (None,))])),
        lambda: view.show_ring(2.0, "—", "无"),
    ):
        show()
        assert not view.grab().isNull()


def test_an_axis_of_shares_ends_at_a_hundred_and_counts_have_whole_steps():
    assert charts.axis(charts.WHOLE) == (100, 2)
    assert charts.axis(7) == (9, 3)
    assert charts.axis(1) == (3, 3)


def test_the_same_painting_goes_into_a_pdf(qapp, tmp_path):
    file = tmp_path / "chart.pdf"
    writer = QPdfWriter(str(file))
    writer.setResolution(96)
    with QPainter(writer) as painter:
        charts.lines(painter, QRectF(0, 0, 500, 200), Picture("lines", WEEKS, SERIES))
        charts.rank(painter, QRectF(0, 220, 500, 100), BARS)
        charts.ring(painter, QRectF(0, 340, 120, 120), 0.5, "4/8", "已走访")
    assert file.read_bytes().startswith(b"%PDF")
    assert file.stat().st_size > 4000


def test_line_ends_close_together_do_not_overlap(qapp):
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    with QPainter(image) as painter:
        charts.lines(painter, QRectF(0, 0, 400, 200), Picture("lines", WEEKS, SERIES))
    inks = {name: QColor(theme.tokens(theme.LIGHT)[name]).rgb() for name in ("primary", "blue")}
    rows = {
        name: [y for y in range(200) for x in range(372, 400) if image.pixel(x, y) == ink] for name, ink in inks.items()
    }
    assert max(rows["primary"]) < min(rows["blue"])
