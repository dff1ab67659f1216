"""Papers as they come out: pages, fonts and words of the PDF, what is inked where, the preview and its log."""

import shutil
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import access_lines, need_papers, records, visit_papers
from gridworker.services.papers import Cell, Paper, Row
from gridworker.store import queries
from gridworker.ui.printing import choices, layout, output
from gridworker.ui.printing.painter import paint_page
from gridworker.ui.printing.preview import PrintDialog
from tests import invented
from tests.ui.worker_window import open_window, press

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def table(rows, text="内容"):
    return Paper(
        "表", (Row((Cell("抬头"),), 10),), tuple(Row((Cell(text), Cell(str(n))), 20) for n in range(rows)), "脚", "x"
    )


def test_rows_are_kept_whole_and_the_head_stands_on_every_page():
    sheets = layout.pages(table(30))
    texts = [[one.cell.text for one in sheet.cells] for sheet in sheets]
    assert len(sheets) == 3
    assert all(page[0] == "抬头" for page in texts)
    assert [text for page in texts for text in page if text.isdigit()] == [str(n) for n in range(30)]
    size = layout.page_size(table(1))
    assert all(one.box.bottom() <= sheet.foot.top() < size.height() for sheet in sheets for one in sheet.cells)


def test_rows_kept_together_go_to_the_next_page_together():
    rows = tuple(Row((Cell(f"{n}"),), 20, kept=n == 12) for n in range(15))
    first, second = layout.pages(Paper("表", (), rows, "脚", "x"))
    assert [one.cell.text for one in first.cells] == [str(n) for n in range(12)]
    assert [one.cell.text for one in second.cells] == ["12", "13", "14"]


def test_a_row_grows_with_its_words():
    long = layout.pages(table(1, "一句很长的话，" * 60))[0].cells
    short = layout.pages(table(1))[0].cells
    assert long[1].box.height() > 2 * short[1].box.height()


def test_a_word_without_blanks_stays_in_its_cell():
    paper = Paper("表", (), (Row((Cell("A" * 40, 1), Cell("", 9)), 8),), "", "x")
    (first, *_rest) = layout.pages(paper)[0].cells
    assert first.box.height() > layout.mm(15)


def test_a_page_is_black_on_white_with_its_foot():
    paper = table(2)
    size = layout.page_size(paper)
    image = QImage(round(size.width() / 4), round(size.height() / 4), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.scale(0.25, 0.25)
        sheet = layout.pages(paper)[0]
        paint_page(painter, sheet, paper.foot, "第 1 页")

    def inked(box):
        points = [(x, y) for x in range(int(box.left() / 4), int(box.right() / 4))
                  for y in range(int(box.top() / 4), int(box.bottom() / 4))]  # fmt: skip
        return sum(image.pixelColor(x, y).value() < 128 for x, y in points)

    assert inked(sheet.cells[1].box) > 40
    assert inked(sheet.foot) > 10
    below = sheet.foot.translated(0, -layout.mm(60))
    assert inked(below) == 0


def told_by(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def estate(worker):
    invented.fill(worker, 60, 6, 1)
    return worker


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")
def test_the_pdf_has_its_words_pages_and_fonts(qapp, estate, tmp_path):
    building = visit_papers.buildings(estate)[0]
    paper = visit_papers.blank_form(estate, building)
    output.write_pdf(paper, tmp_path / "form.pdf")
    told = told_by("pdftotext", "-layout", str(tmp_path / "form.pdf"), "-")
    pages = told.split("\f")[:-1]
    assert len(pages) == len(layout.pages(paper)) == -(-building.households // 12)
    assert all("入户走访登记表" in page and "含个人信息" in page for page in pages)
    assert all(row.cells[1].text in told for row in paper.rows[:-1])
    fonts = told_by("pdffonts", str(tmp_path / "form.pdf"))
    assert "GridworkerSans-Regular" in fonts
    assert all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")
def test_a_printer_gets_what_the_pdf_has(qapp, estate, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    paper = visit_papers.blank_form(estate, visit_papers.buildings(estate)[0])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    output.print_out(paper, printer)
    output.write_pdf(paper, tmp_path / "saved.pdf")
    printed, saved = (
        told_by("pdftotext", "-layout", str(tmp_path / f"{way}.pdf"), "-") for way in ("printed", "saved")
    )
    assert printed.split() == saved.split()
    assert printed.count("\f") == saved.count("\f") == len(layout.pages(paper))


def test_a_file_that_cannot_be_written_is_told(qapp, estate, tmp_path):
    need = queries.every(estate.connection, "need")[0].id
    with pytest.raises(UserError, match="没有写出来"):
        output.write_pdf(need_papers.referral_slip(estate, need), tmp_path / "nowhere" / "slip.pdf")


@pytest.fixture
def dialog(qtbot, worker):
    window = open_window(qtbot, worker)
    press(Key.Key_F3)
    press(Key.Key_P, CTRL)
    found = next(one for one in window.findChildren(PrintDialog) if one.isVisible())
    yield found
    found.reject()


def prints(dialog):
    return [line.what for line in access_lines.newest(dialog._workspace) if line.act == "打印"]


def test_ctrl_p_shows_the_form_and_another_building_shows_its_own(dialog):
    first = dialog.paper.name
    dialog.which.setCurrentIndex(1)
    assert dialog.paper.name != first
    assert dialog.pages.count() >= 1
    assert prints(dialog) == []


def test_saving_writes_the_file_and_is_logged(dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "登记表.pdf"), ""))
    QTest.keyClick(dialog, Key.Key_S, CTRL)
    assert (tmp_path / "登记表.pdf").read_bytes().startswith(b"%PDF")
    assert len(prints(dialog)) == 1
    assert dialog._done.text() == "已存 登记表.pdf"


def test_what_was_not_written_is_told_and_not_logged(dialog, tmp_path):
    dialog.save_to(tmp_path / "nowhere" / "x.pdf")
    assert dialog._wrong.isVisibleTo(dialog)
    assert prints(dialog) == []


def test_characters_the_font_lacks_are_told(qtbot, worker):
    home = {"estate": "金江西苑", "building": "3", "room": "502", "head": "王𬱖"}
    records.add(worker, ledger("household"), [home])
    window = open_window(qtbot, worker, households=0)
    made = choices.visit_form(worker, window)
    assert "𬱖" in made._wrong._sentence.text()
    assert choices.visit_form(worker, window).which.count() == 1


def test_a_need_offers_its_slip_and_its_materials(qtbot, worker):
    window = open_window(qtbot, worker)
    need = next(row for row in queries.every(worker.connection, "need") if need_papers.has_materials(worker, row.id))
    window.show_page("needs", need.id)
    press(Key.Key_P, CTRL)
    made = next(one for one in window.findChildren(PrintDialog) if one.isVisible())
    assert [made.which.itemText(place) for place in range(made.which.count())] == ["转办交办单", "材料清单"]
    assert need.plain("number") in made.paper.name
    made.reject()


def test_without_households_there_is_nothing_to_print(qtbot, worker):
    window = open_window(qtbot, worker, households=0)
    press(Key.Key_F3)
    press(Key.Key_P, CTRL)
    assert not [one for one in window.findChildren(PrintDialog) if one.isVisible()]
    assert window.message_bar.sentence().startswith("还没有住户")
