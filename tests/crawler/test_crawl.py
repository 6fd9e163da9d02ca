"""Small decisions of the crawl that need no network."""

from pathlib import Path

import pytest

from crawler.child import user_agent
from crawler.crawl import home_spellings
from tests.crawler.visiting import settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://portal.gov.ir/",
            ["http://portal.gov.ir/", "https://www.portal.gov.ir/", "http://www.portal.gov.ir/"],
        ),
        ("http://www.portal.ir/fa", ["https://www.portal.ir/fa", "http://portal.ir/fa", "https://portal.ir/fa"]),
        ("http://127.0.0.1/", []),
        ("http://portal.ir:8080/", []),
        ("http://localhost/", []),
        ("", []),
    ],
)
def test_other_spellings_of_a_home_that_does_not_answer(url: str, expected: list[str]) -> None:
    assert home_spellings(url) == expected


def test_the_contact_address_stands_in_the_user_agent(tmp_path: Path) -> None:
    home = tmp_path
    assert user_agent(settings(home, contact="it@example.org")).endswith("(portal evaluation; +it@example.org)")
    assert user_agent(settings(home, contact="a@b.org", user_agent="Watch/2")) == "Watch/2 (+a@b.org)"
    assert user_agent(settings(home, user_agent="Watch/2")) == "Watch/2"
