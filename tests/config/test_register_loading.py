"""Registers as people save them as CSV, right and wrong, every fault with its place and its fix."""

from pathlib import Path

import pytest

from config.cell_values import host_fault, read_yes_no, url_fault
from config.loading import InputError, Problem, load_register

AGENCY_HEAD = "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation"
SERVICE_HEAD = "id,agency,parent,title_fa,title_en,audience,status,url,instant"
AGENCY = "a1,سازمان نمونه,Sample,main,,,https://a1.example/,,full"
SERVICE = "s1,a1,,پروانه,Licence,G2C,full,,false"


def written(folder: Path, agencies: list[str], services: list[str], *, encoding: str = "utf-8") -> Path:
    """A register folder with these rows, headings first."""
    for name, rows in (("agencies", agencies), ("services", services)):
        (folder / f"{name}.csv").write_bytes("\n".join([*rows, ""]).encode(encoding))
    return folder


def faults(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        load_register(folder)
    return caught.value.problems


def only_fault(folder: Path) -> Problem:
    (found,) = faults(folder)
    return found


def of_agency(folder: Path, row: str) -> Problem:
    return only_fault(written(folder, [AGENCY_HEAD, row], [SERVICE_HEAD]))


def of_service(folder: Path, row: str) -> Problem:
    return only_fault(written(folder, [AGENCY_HEAD, AGENCY], [SERVICE_HEAD, row]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_loads_with_and_without_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    register = load_register(written(tmp_path, [AGENCY_HEAD, AGENCY], [SERVICE_HEAD, SERVICE], encoding=encoding))
    assert register.agencies[0].name_fa == "سازمان نمونه"
    assert register.services[0].parent is None
    assert register.services[0].url is None


def test_optional_columns_are_read(tmp_path: Path) -> None:
    register = load_register(
        written(
            tmp_path,
            [f"{AGENCY_HEAD},aliases,has_public_services,source,verified", f"{AGENCY},نام دیگر;Other,خیر,a letter,no"],
            [f"{SERVICE_HEAD},code,flags", f"{SERVICE},۱۷۰۴۱۳۲۵۱۰۴,free;no identity"],
        )
    )
    assert register.agencies[0].aliases == ("نام دیگر", "Other")
    assert register.agencies[0].has_public_services is False
    assert register.agencies[0].verified is False
    assert register.services[0].code == "17041325104"
    assert register.services[0].flags == {"free", "no_identity"}


def test_extra_hosts_may_carry_a_port_and_end_in_semicolon(tmp_path: Path) -> None:
    row = "a1,نمونه,Sample,main,,,http://127.0.1.2:8700/,127.0.1.3:8700;Desk.Example.org;,none"
    register = load_register(written(tmp_path, [AGENCY_HEAD, row], [SERVICE_HEAD]))
    assert register.agencies[0].extra_hosts == ("127.0.1.3:8700", "desk.example.org")


def test_one_name_stands_for_the_other_language(tmp_path: Path) -> None:
    register = load_register(
        written(tmp_path, [AGENCY_HEAD, "a1,,Sample,main,,,,,none"], [SERVICE_HEAD, "s1,a1,,,Licence,,,,"])
    )
    assert register.agencies[0].name_fa == "Sample"
    assert register.services[0].title_fa == "Licence"


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", "۱", "١", "بله", "بلي"])
def test_words_for_yes(word: str) -> None:
    assert read_yes_no(word) is True


@pytest.mark.parametrize("word", ["no", "False", "0", "۰", "خير", "خیر"])
def test_words_for_no(word: str) -> None:
    assert read_yes_no(word) is False


def test_other_words_are_neither_yes_nor_no() -> None:
    assert read_yes_no("perhaps") is None


def test_every_fault_of_both_files_is_told_at_once(tmp_path: Path) -> None:
    found = faults(
        written(
            tmp_path,
            [AGENCY_HEAD, "a1,نمونه,Sample,mian,,,ftp://a1.example/,,full", "", "A1,,,other,zz,,,,"],
            [SERVICE_HEAD, "s1,a2,,پروانه,,G2X,full,,maybe", "s1,a1,s9,ب,,,,,"],
        )
    )
    assert {(problem.file, problem.row, problem.column) for problem in found} == {
        ("agencies.csv", 2, "kind"),
        ("agencies.csv", 2, "portal_url"),
        ("agencies.csv", 4, "name_fa"),
        ("agencies.csv", 4, "parent"),
        ("agencies.csv", 4, "id"),
        ("services.csv", 2, "agency"),
        ("services.csv", 2, "audience"),
        ("services.csv", 2, "instant"),
        ("services.csv", 3, "parent"),
        ("services.csv", 3, "id"),
    }
    assert all(problem.fix for problem in found)
    assert [problem.file for problem in found] == sorted(problem.file for problem in found)


def test_message_names_file_row_column_value_and_fix(tmp_path: Path) -> None:
    problem = of_agency(tmp_path, "a1,نمونه,Sample,high_trafic,,,,,full")
    assert str(problem) == "agencies.csv, row 2, kind: 'high_trafic': did you mean 'high_traffic'?"


def test_missing_and_unknown_column_are_told_with_the_likely_name(tmp_path: Path) -> None:
    found = faults(
        written(tmp_path, [AGENCY_HEAD.replace("portal_url", "portal_ulr"), AGENCY], [SERVICE_HEAD, SERVICE])
    )
    assert {problem.column for problem in found} == {"portal_ulr", "portal_url"}
    assert any("did you mean 'portal_url'" in problem.fix for problem in found)


def test_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    found = faults(written(tmp_path, [f"{AGENCY_HEAD},kind", f"{AGENCY},main"], [SERVICE_HEAD]))
    assert "twice" in found[0].fix


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("ftp://a.example/", "https://"),
        ("a.example", "https://"),
        ("https://", "host"),
        ("https://user:secret@a.example/", "password"),
        ("https://a.example/a page", "spaces"),
        ("https://a..example/", "host name"),
        ("https://a.example:99999/", "address"),
        ("https://[::1/", "address"),
        ("javascript:alert(1)", "https://"),
    ],
)
def test_unusable_address_is_refused_with_a_fix(url: str, word: str) -> None:
    assert word in (url_fault(url) or "")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/میز-خدمت/",
        "http://127.0.1.2:8700/",
        "http://[::1]:80/",
        "https://شرکت.example/",
        "http://localhost/",
    ],
)
def test_usable_address_is_taken(url: str) -> None:
    assert url_fault(url) is None


def test_extra_host_written_as_address_is_refused() -> None:
    assert "only the host" in (host_fault("https://a.example/") or "")


def test_secret_in_an_address_is_a_fault_and_not_a_login(tmp_path: Path) -> None:
    assert of_agency(tmp_path, "a1,نمونه,S,main,,,https://u:p@a.example/,,full").column == "portal_url"


@pytest.mark.parametrize("agency_id", ["../etc", "a/b", "a b", "سازمان", ".hidden", "x" * 65])
def test_id_that_could_not_name_a_folder_is_refused(tmp_path: Path, agency_id: str) -> None:
    assert of_agency(tmp_path, f"{agency_id},نمونه,S,main,,,,,full").column == "id"


def test_service_of_unknown_agency_names_the_nearest_id(tmp_path: Path) -> None:
    assert "did you mean 'a1'" in of_service(tmp_path, "s1,a11,,پروانه,,,,,").fix


def test_parent_in_another_agency_is_refused(tmp_path: Path) -> None:
    agencies = [AGENCY_HEAD, AGENCY, "a2,دیگر,Other,other,,,,,none"]
    problem = only_fault(written(tmp_path, agencies, [SERVICE_HEAD, SERVICE, "s2,a2,s1,ب,,,,,"]))
    assert (problem.row, problem.column) == (3, "parent")
    assert "'a1'" in problem.fix


def test_circle_of_parents_is_told_once_and_names_its_members(tmp_path: Path) -> None:
    rows = ["s0,a1,s1,الف,,,,,", "s1,a1,s3,ب,,,,,", "s2,a1,s1,پ,,,,,", "s3,a1,s2,ت,,,,,"]
    problem = only_fault(written(tmp_path, [AGENCY_HEAD, AGENCY], [SERVICE_HEAD, *rows]))
    assert "s1 > s3 > s2 > s1" in problem.fix


def test_row_that_is_its_own_parent_is_a_circle(tmp_path: Path) -> None:
    assert "a1 > a1" in of_agency(tmp_path, "a1,نمونه,S,main,a1,,,,full").fix


def test_windows_1256_is_recognised_and_the_line_shown(tmp_path: Path) -> None:
    written(tmp_path, [AGENCY_HEAD, AGENCY], [SERVICE_HEAD])
    (tmp_path / "agencies.csv").write_bytes(f"{AGENCY_HEAD}\na1,سازمان,S,main,,,,,\n".encode("cp1256"))
    problem = only_fault(tmp_path)
    assert (problem.row, "windows-1256" in problem.fix) == (2, True)
    assert "سازمان" in (problem.value or "")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (f"{AGENCY_HEAD}\na1,\0,S,main".encode(), "NUL"),
        (AGENCY_HEAD.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 and more", ".xlsx"),
        (AGENCY_HEAD.replace(",", ";").encode(), "semicolons"),
        (f'{AGENCY_HEAD}\na1,"open'.encode(), "double quote"),
    ],
)
def test_file_that_is_no_table_is_told_by_its_kind(tmp_path: Path, content: bytes, word: str) -> None:
    written(tmp_path, [AGENCY_HEAD], [SERVICE_HEAD])
    (tmp_path / "agencies.csv").write_bytes(content)
    assert word in only_fault(tmp_path).fix


def test_register_without_an_agency_is_refused(tmp_path: Path) -> None:
    assert "no agency" in only_fault(written(tmp_path, [AGENCY_HEAD], [SERVICE_HEAD])).fix


def test_too_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.tables.MAX_FILE_BYTES", 50)
    assert all("larger than" in problem.fix for problem in faults(written(tmp_path, [AGENCY_HEAD], [SERVICE_HEAD])))


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.tables.MAX_ROWS", 2)
    found = faults(written(tmp_path, [AGENCY_HEAD, AGENCY, AGENCY], [SERVICE_HEAD]))
    assert "rows" in found[0].fix


def test_cells_beyond_the_last_column_are_told(tmp_path: Path) -> None:
    assert "double quotes" in of_agency(tmp_path, f"{AGENCY},surplus").fix


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    agencies = [AGENCY_HEAD, '"a1","two\nlines",S,main,,,,,', "", "a2,ب,B,wrong,,,,,"]
    assert only_fault(written(tmp_path, agencies, [SERVICE_HEAD])).row == 4


def test_formula_in_a_csv_is_only_text(tmp_path: Path) -> None:
    register = load_register(written(tmp_path, [AGENCY_HEAD, "a1,=HYPERLINK(1),S,main,,,,,"], [SERVICE_HEAD]))
    assert register.agencies[0].name_fa == "=HYPERLINK(1)"


def test_missing_folder_and_missing_file_are_named(tmp_path: Path) -> None:
    assert "no such folder" in faults(tmp_path / "nowhere")[0].fix
    assert {problem.file for problem in faults(tmp_path)} == {"agencies.csv", "services.csv"}
