"""The shape of the code as rules that cannot rot."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledgers

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "gridworker").rglob("*.py"))


def test_layers_point_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=None) == 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 40, f"{node.name} is too long"


def test_broad_catches_stand_at_three_doors() -> None:
    broad = [
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_broad(node)
    ]
    assert len(broad) <= 3, broad


def test_new_workbooks_are_made_at_one_door() -> None:
    makers = [one.name for one in SOURCES if "xlsxwriter.Workbook(" in one.read_text(encoding="utf-8")]
    assert makers == ["fresh_book.py"]


def _is_broad(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    return node.type is None or (
        isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"} and not _reraises(node)
    )


def _reraises(node: ast.ExceptHandler) -> bool:
    return isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None


def test_command_line_needs_no_qt_and_the_window_no_libraries() -> None:
    heavy = {"PySide6", "openpyxl", "xlsxwriter", "python_calamine", "sqlite_utils", "numpy", "pypinyin", "asyncio"}
    code = "import sys, gridworker.cli.main, gridworker.services.workspace; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert not heavy & set(loaded)


def test_every_field_has_a_class_and_a_known_list() -> None:
    for ledger in ledgers().values():
        for field in ledger.fields:
            assert field.privacy is not None, f"{ledger.name}.{field.name}"
            if field.kind in {Kind.CODE, Kind.MULTI}:
                assert code_list(field.of).codes() or field.of == "materials"
            if field.kind is Kind.REF:
                assert field.of in ledgers()


def test_letters_labels_and_names_are_unique() -> None:
    every = list(ledgers().values())
    assert len({one.letter for one in every}) == len(every)
    for ledger in every:
        assert len({one.name for one in ledger.fields}) == len(ledger.fields)
        assert len({one.label for one in ledger.fields}) == len(ledger.fields), ledger.name


def test_columns_name_fields() -> None:
    for ledger in ledgers().values():
        for column in ledger.columns:
            name, _colon, wanted = column.partition(":")
            if not column.startswith("="):
                assert name in ledger.by_name
            if wanted and wanted != "address":
                assert wanted in ledgers()[ledger.by_name[name].of].by_name
