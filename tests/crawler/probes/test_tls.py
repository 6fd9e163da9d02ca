"""The tls probe on real servers, with an authority that only this test trusts."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.vocabulary import Cause
from crawler.downloading import Answer
from crawler.fetching import Fetched
from crawler.probes.tls import https_address, offered_version, plain_http, probe_tls
from crawler.process import run_visits
from crawler.safety import AddressGuard
from snapshot.hosts import certifiable
from snapshot.models import ProbeResult
from tests.crawler.certificates import Authority
from tests.crawler.portal_server import Portal, Reply, page
from tests.crawler.visiting import order, settings


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.root))
    return made


def look(context: ssl.SSLContext | None, address: str) -> ProbeResult:
    with Portal(address, {"/": page()}, tls=context).running() as portal:
        url = portal.url.replace("http:", "https:")
        return probe_tls(url, AddressGuard.for_register([url], allow_private=True))


def test_a_valid_certificate_with_its_chain_and_dates(authority: Authority) -> None:
    found = look(authority.host("127.0.0.131"), "127.0.0.131")
    data = found.data
    assert (found.status, data["https"], data["valid"], data["fault"]) == ("done", True, True, "")
    assert [(one["subject"], one["issuer"]) for one in data["chain"]] == [
        ("CN=127.0.0.131", "CN=Middle"),
        ("CN=Middle", "CN=Root"),
    ]
    ends = datetime.fromisoformat(data["not_after_at"]) - datetime.now(UTC)
    assert timedelta(29) < ends < timedelta(31)
    assert data["protocol"] == "TLSv1.3"
    assert data["expires"].endswith("GMT")


@pytest.mark.parametrize(
    ("fault", "days", "whole", "own", "named"),
    [
        ("expired", (-30, -2), True, False, "127.0.0.132"),
        ("not_yet", (2, 30), True, False, "127.0.0.132"),
        ("name", (-1, 30), True, False, "127.0.0.199"),
        ("incomplete_chain", (-1, 30), False, False, "127.0.0.132"),
        ("self_signed", (-1, 30), False, True, "127.0.0.132"),
    ],
)
def test_each_fault_has_its_name(
    authority: Authority, fault: str, days: tuple[int, int], whole: bool, own: bool, named: str
) -> None:
    found = look(authority.host(named, days=days, whole=whole, own=own), "127.0.0.132")
    assert (found.status, found.data["valid"], found.data["fault"]) == ("done", False, fault)
    assert found.data["reason"]
    assert found.data["chain"][0]["subject"] == f"CN={named}"


def test_an_authority_that_nobody_trusts(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    found = look(Authority(tmp_path / "other").host("127.0.0.133"), "127.0.0.133")
    assert (found.data["valid"], found.data["fault"]) == (False, "untrusted")


def test_a_private_authority_is_no_incomplete_chain(authority: Authority) -> None:
    found = look(authority.host("127.0.0.138", whole=False, public=False), "127.0.0.138")
    assert (found.data["valid"], found.data["fault"]) == (False, "untrusted")


def test_a_server_of_plain_http_has_no_https(authority: Authority) -> None:
    found = look(None, "127.0.0.134")
    assert (found.status, found.data["https"], found.data["valid"]) == ("done", False, False)


def test_the_versions_that_a_host_speaks(authority: Authority) -> None:
    context = authority.host("127.0.0.135")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with Portal("127.0.0.135", {"/": page()}, tls=context).running() as portal:
        guard = AddressGuard.for_register([portal.url], allow_private=True)
        spoken = {name: offered_version(portal.url, name, guard) for name in ("TLSv1", "TLSv1.2", "TLSv1.3")}
        assert offered_version(portal.url, "TLSv1.2", AddressGuard()) is None
    assert spoken == {"TLSv1": False, "TLSv1.2": True, "TLSv1.3": False}


def test_a_visit_writes_all_of_it_down(tmp_path: Path, authority: Authority) -> None:
    home = Reply(page().body, headers={"Strict-Transport-Security": "max-age=31536000; includeSubDomains"})
    with (
        Portal("127.0.0.136", {"/": home}, tls=authority.host("127.0.0.136")).running() as portal,
        Portal("127.0.0.137", {"/": page()}).running() as plain,
    ):
        orders = [order(tmp_path, "a", portal.url), order(tmp_path, "b", plain.url)]
        run_visits(orders, settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    first, second = (ProbeResult.model_validate_json((one.folder / "probes/tls.json").read_bytes()) for one in orders)
    assert (first.data["valid"], first.data["certifiable"], first.data["plain_http"]) == (True, False, None)
    assert first.data["versions"]["TLSv1.3"] is True
    assert first.data["hsts_max_age_seconds"] == 31_536_000
    assert (second.status, second.data["https"], second.data["valid"]) == ("done", False, False)
    assert len(plain.paths) == 1  # nobody knows where https of an unusual port would be: it is not asked for


def test_what_plain_http_leads_to() -> None:
    at = datetime.now(UTC)
    to_https = Fetched(Answer("https://a.gov.ir/", at, status=200), ("http://a.gov.ir/",))
    assert plain_http(to_https) == "redirects"
    assert plain_http(Fetched(Answer("http://a.gov.ir/", at, status=200))) == "serves"
    closed = Answer("http://a.gov.ir/", at, cause=Cause.REFUSED, passing=True)
    assert plain_http(Fetched(closed, cause=Cause.REFUSED)) == "closed"
    barred = Answer("http://a.gov.ir/", at, cause=Cause.ROBOTS)
    assert plain_http(Fetched(barred, cause=Cause.ROBOTS)) is None


def test_where_https_is_looked_for() -> None:
    assert https_address("https://a.gov.ir:8443/fa") == "https://a.gov.ir:8443/fa"
    assert https_address("http://a.gov.ir/fa") == "https://a.gov.ir/"
    assert https_address("http://a.gov.ir:80/") == "https://a.gov.ir/"
    assert https_address("http://a.gov.ir:8080/") == ""


@pytest.mark.parametrize(
    ("url", "can"),
    [
        ("https://a.gov.ir/", True),
        ("http://5.160.10.10/", True),
        ("http://127.0.1.1:8700/", False),
        ("http://10.0.0.8/", False),
        ("http://localhost/", False),
        ("http://portal.local/", False),
        ("http://[::1]/", False),
    ],
)
def test_what_an_authority_could_certify(url: str, can: bool) -> None:
    assert certifiable(url) is can
