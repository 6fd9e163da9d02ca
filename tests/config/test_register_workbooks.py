"""Registers kept in workbooks: the same register as from CSV, bounded, formulas and entities refused."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from config.loading import load_register
from tests.config.test_register_loading import (
    AGENCY,
    AGENCY_HEAD,
    SERVICE,
    SERVICE_HEAD,
    faults,
    only_fault,
    written,
)


def book(sheets: dict[str, list[str]]) -> Workbook:
    """A workbook whose sheets hold these comma-separated rows."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row.split(",")])
    return workbook


def test_workbook_with_two_sheets_is_the_same_register(tmp_path: Path) -> None:
    sheets = {"Agencies": [AGENCY_HEAD, AGENCY], "services": [SERVICE_HEAD, SERVICE]}
    (tmp_path / "csv").mkdir()
    expected = load_register(written(tmp_path / "csv", sheets["Agencies"], sheets["services"]))
    book(sheets).save(tmp_path / "register.xlsx")
    assert load_register(tmp_path) == expected
    assert load_register(tmp_path / "register.xlsx") == expected


def test_workbook_of_each_table_keeps_numbers_and_truth_values(tmp_path: Path) -> None:
    agencies = book({"Sheet1": [AGENCY_HEAD, AGENCY]})
    services = book({"Sheet1": [SERVICE_HEAD]})
    services["Sheet1"].append([17041325104, "a1", None, "پروانه", None, "G2C", None, None, True])
    agencies.save(tmp_path / "agencies.xlsx")
    services.save(tmp_path / "services.xlsx")
    (service,) = load_register(tmp_path).services
    assert (service.id, service.instant) == ("17041325104", True)


def test_formula_in_a_workbook_is_told_and_not_computed(tmp_path: Path) -> None:
    workbook = book({"agencies": [AGENCY_HEAD, AGENCY], "services": [SERVICE_HEAD]})
    workbook["agencies"]["C2"] = "=1+1"
    workbook.save(tmp_path / "register.xlsx")
    problem = only_fault(tmp_path)
    assert (problem.row, "formula" in problem.fix) == (2, True)


def test_workbook_without_the_sheet_is_told(tmp_path: Path) -> None:
    book({"agencies": [AGENCY_HEAD, AGENCY]}).save(tmp_path / "register.xlsx")
    assert "'services'" in only_fault(tmp_path).fix


def test_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(b"not a workbook")
    assert all("not a readable" in problem.fix for problem in faults(tmp_path))


def test_workbook_with_a_damaged_part_is_told(tmp_path: Path) -> None:
    book({"agencies": [AGENCY_HEAD, AGENCY], "services": [SERVICE_HEAD]}).save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "register.xlsx", "w") as damaged,
    ):
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name).replace(b"<workbookView ", b'<workbookView strange="1" '))
    assert all("not a readable" in problem.fix for problem in faults(tmp_path))


def test_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "register.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>')
    assert all("entities" in problem.fix for problem in faults(tmp_path))


def test_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.workbooks.MAX_UNPACKED_BYTES", 100)
    book({"agencies": [AGENCY_HEAD, AGENCY], "services": [SERVICE_HEAD]}).save(tmp_path / "register.xlsx")
    assert all("unpacks" in problem.fix for problem in faults(tmp_path))


def test_two_files_for_one_table_are_refused(tmp_path: Path) -> None:
    written(tmp_path, [AGENCY_HEAD, AGENCY], [SERVICE_HEAD])
    book({"agencies": [AGENCY_HEAD]}).save(tmp_path / "agencies.xlsx")
    assert "keep one" in only_fault(tmp_path).fix
