"""What addresses say of signing on: national, the agency's own, proven or not."""

import pytest

from snapshot.sign_on import at_payment_gateway, in_national_window, is_sign_on_host, sign_on_at

NATIONAL = "https://sso.my.gov.ir/oauth2/authorize?response_type=code&client_id=water&redirect_uri=https%3A%2F%2Fa.example%2Fcb"


def test_national_sign_on_with_client_and_return_address_is_proven() -> None:
    found = sign_on_at(NATIONAL)
    assert found is not None
    assert (found.national, found.client, found.returns_to, found.proven) == (True, "water", "a.example", True)


@pytest.mark.parametrize("address", ["https://sso.my.gov.ir/", "https://sso.my.gov.ir/oauth2/authorize?client_id=x"])
def test_national_host_without_both_is_not_proven(address: str) -> None:
    found = sign_on_at(address)
    assert found is not None
    assert found.national
    assert not found.proven


@pytest.mark.parametrize(
    "address",
    [
        "https://sso.agency.example/login?service=https://app.agency.example/",
        "https://id.agency.example/connect/authorize?client_id=a&redirect_uri=https://app.agency.example/",
        "https://cas.agency.example/cas/login",
    ],
)
def test_sign_on_of_the_agency_is_no_national_one(address: str) -> None:
    found = sign_on_at(address)
    assert found is not None
    assert not found.national


@pytest.mark.parametrize(
    "address",
    [
        "https://agency.example/login?returnUrl=/a", "https://my.gov.ir/", "https://notsso.my.gov.ir.example/",
        "mailto:a@b", "http://[", "https://sso.agency.example/news",
    ],
)  # fmt: skip
def test_other_addresses_are_none(address: str) -> None:
    assert sign_on_at(address) is None


def test_another_government_names_its_own_hosts() -> None:
    hosts = ("login.state.example", "127.0.0.9:8080")
    assert sign_on_at("https://login.state.example/x", national_hosts=hosts) is not None
    assert sign_on_at("http://127.0.0.9:8080/x", national_hosts=hosts) is not None
    assert sign_on_at("http://127.0.0.9:8081/x", national_hosts=hosts) is None
    assert is_sign_on_host("eu.login.state.example", national_hosts=hosts)
    found = sign_on_at(NATIONAL, national_hosts=hosts)
    assert found is not None
    assert not found.national


def test_window_and_gateway_are_told_by_host() -> None:
    assert in_national_window("https://my.gov.ir/service/1")
    assert not in_national_window("https://sso.my.gov.ir/")
    assert not in_national_window("https://notmy.gov.ir/")
    assert at_payment_gateway("https://bpm.shaparak.ir/x")
    assert not at_payment_gateway("https://shaparak.ir.example/")
