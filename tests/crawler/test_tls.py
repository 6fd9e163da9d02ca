"""Portals with faults in TLS: the fault is recorded, the portal is read all the same where that is possible."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.vocabulary import Cause
from crawler.orders import Sealed
from crawler.probes.tls import probe_tls
from crawler.process import run_visits
from crawler.safety import AddressGuard
from snapshot.models import ProbeResult
from tests.crawler.portal_server import Portal, page
from tests.crawler.visiting import Seen, order, settings


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    certificate = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (tmp_path / "both.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    return context


def test_a_bad_certificate_is_recorded_and_the_portal_read(tmp_path: Path, self_signed: ssl.SSLContext) -> None:
    with (
        Portal("127.0.0.85", {"/": page("/a"), "/a": page()}, tls=self_signed).running() as portal,
        Portal("127.0.0.86", {"/": page()}).running() as plain,
    ):
        orders = [order(tmp_path, "a", portal.url), order(tmp_path, "b", plain.url.replace("http:", "https:"))]
        results = run_visits(orders, settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    assert isinstance(results["a"], Sealed)
    assert (results["a"].cause, results["a"].pages) == (None, 2)
    probe = ProbeResult.model_validate_json((orders[0].folder / "probes/tls.json").read_bytes())
    assert (probe.status, probe.data["valid"]) == ("done", False)
    assert "self" in probe.data["reason"]
    assert Seen(orders[1].folder).home.cause == Cause.TLS


def test_the_probe_asks_no_address_that_the_guard_refuses() -> None:
    probe = probe_tls("https://127.0.0.1:9/", AddressGuard())
    assert (probe.status, probe.cause) == ("failed", Cause.REFUSED)


def test_where_nobody_listens_the_probe_fails_with_its_cause() -> None:
    guard = AddressGuard.for_register(["https://127.0.0.1:9/"], allow_private=True)
    assert probe_tls("https://127.0.0.1:9/", guard).cause == Cause.REFUSED
