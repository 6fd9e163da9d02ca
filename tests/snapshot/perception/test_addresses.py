"""Joining addresses by hand agrees with the standard library wherever it takes a case on."""

from urllib.parse import urljoin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from snapshot.perception.addresses import absolute, origin_of

BASES = ("http://a.ir/", "http://a.ir/x/y/page.aspx?id=1", "https://a.ir/x/", "http://a.ir/x//y", "http://a.ir")
HREFS = st.text(alphabet="abخ/.?#&=:%~+ -_", max_size=24)


def _plain(url: str) -> str:
    """Without an empty query or fragment, which the standard library leaves out."""
    return url.replace("?#", "#").rstrip("?#")


@given(href=HREFS, base=st.sampled_from(BASES))
def test_agrees_with_the_standard_library(href: str, base: str) -> None:
    assume("//" not in href)  # browsers keep empty folders, the standard library drops some
    made = absolute(base, origin_of(base), href)
    try:
        wanted = urljoin(base, href)
    except ValueError:
        assert made is None
        return
    if made is not None:
        assert _plain(made) in {_plain(wanted), _plain(href)}
    else:
        assert not wanted.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("../z.htm", "http://a.ir/x/z.htm"),
        ("?id=2", "http://a.ir/x/y/page.aspx?id=2"),
        ("//b.ir/q", "http://b.ir/q"),
        ("/خدمات", "http://a.ir/خدمات"),
        ("http://[::1", None),
    ],
)
def test_known_cases(href: str, wanted: str | None) -> None:
    base = BASES[1]
    assert absolute(base, origin_of(base), href) == wanted
