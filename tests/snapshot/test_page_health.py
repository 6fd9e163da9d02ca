"""Parts that a page loads unencrypted, and wrongly decoded text."""

import pytest

from snapshot.page_health import mixed_content, mojibake
from tests.factories import page, snapshot_of


@pytest.mark.parametrize(
    ("html", "mixed"),
    [
        ('<img src="http://cdn.example/a.png">', True),
        ("<script async src='http://cdn.example/a.js'></script>", True),
        ('<link href="http://cdn.example/a.css" rel="stylesheet">', True),
        ("<iframe title=map src=http://maps.example/></iframe>", True),
        ('<link rel="canonical" href="http://agency.example/">', False),
        ('<a href="http://other.example/">a link that a person follows</a>', False),
        ('<!-- <script src="http://cdn.example/a.js"></script> -->', False),
        ('<img src="//cdn.example/a.png"><img src="/b.png"><img src="https://cdn.example/c.png">', False),
    ],
)
def test_parts_loaded_by_plain_http(html: str, mixed: bool) -> None:
    text = f"<main><h1>Page</h1><p>Words of this page.</p>{html}</main>"
    found = mixed_content(snapshot_of(page("/", text)))
    assert bool(found) is mixed


def test_a_page_of_plain_http_mixes_nothing() -> None:
    text = '<main><h1>Page</h1><img src="http://cdn.example/a.png"></main>'
    assert mixed_content(snapshot_of(page("http://agency.example/", text))) == ()


def test_letters_that_came_out_wrong() -> None:
    wrong = "سازمان آب و فاضلاب استان و خدمات آن به شهروندان".encode().decode("cp1252", "replace")
    pages = snapshot_of(
        page("/", "<main><h1>سازمان</h1><p>خدمات آب و فاضلاب شهروندان</p></main>"),
        page("/a", f"<main><h1>{wrong}</h1><p>{wrong * 5}</p></main>"),
    )
    assert [found.url.rsplit("/", 1)[-1] for found in mojibake(pages)] == ["a"]
