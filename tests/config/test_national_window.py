"""Exports of the national window: what is taken in, and every fault at once."""

from datetime import date
from pathlib import Path

import pytest

from config.models import Agency, Register, Service
from config.national_window import load_national_window
from config.problems import InputError

TODAY = date(2026, 10, 10)
REGISTER = Register(
    agencies=(
        Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main"),
        Agency(id="post", name_fa="پست", name_en="Post", kind="other"),
    ),
    services=(
        Service(id="permit", agency="roads", title_fa="مجوز"),
        Service(id="letter", agency="post", title_fa="نامه"),
    ),
)
HEADING = "agency,service,code,title,exported_at,listed_at,url,active\n"


def written(folder: Path, rows: str) -> Path:
    path = folder / "export.csv"
    path.write_text(HEADING + rows, encoding="utf-8")
    return path


def test_services_are_read_by_agency_with_days_of_both_calendars(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "roads,permit,۱۳۰۴۱۲۳۴۱۰۰,مجوز عبور,1405/06/29,1404/01/15,https://my.example/1,بله\n"
        "roads,,,مجوز حفاری,2026-09-20,,,no\npost,,,,2026-09-20,,,\n",
    )
    export = load_national_window(path, REGISTER, today=TODAY)
    assert export.exported_at == date(2026, 9, 20)
    first, second = export.agencies["roads"]
    assert (first.row, first.service, first.code, first.title, first.active) == (
        2, "permit", "13041234100", "مجوز عبور", True,
    )  # fmt: skip
    assert first.listed_at == date(2025, 4, 4)
    assert (second.service, second.code, second.active) == (None, None, False)
    assert export.agencies["post"] == ()


def test_every_fault_is_named_with_its_row(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "raods,,,a,2026-09-20,,,\nroads,letter,,b,2026-09-20,,,\nroads,,,c,yesterday,,,\nroads,,,d,,,,\n"
        "roads,,,e,2027-01-01,,,\nroads,,,f,2026-09-21,,ftp://x,maybe\n,,,g,2026-09-20,,,\n",
    )
    with pytest.raises(InputError) as raised:
        load_national_window(path, REGISTER, today=TODAY)
    found = {(problem.row, problem.column) for problem in raised.value.problems}
    assert found == {
        (2, "agency"), (3, "service"), (4, "exported_at"), (5, "exported_at"), (6, "exported_at"),
        (7, "exported_at"), (7, "url"), (7, "active"), (8, "agency"),
    }  # fmt: skip


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lists nothing"):
        load_national_window(written(tmp_path, ""), REGISTER, today=TODAY)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("agency,title\nroads,x\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_national_window(path, REGISTER, today=TODAY)
    assert {"service", "code", "exported_at"} <= {problem.column for problem in raised.value.problems}
