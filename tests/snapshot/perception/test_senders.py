"""Buttons of forms in which nothing is to be filled in lead on as links do."""

import pytest

from snapshot.perception.models import Link
from snapshot.perception.page import perceive

PORTAL = "https://agency.example/login"


def links(body: str) -> list[Link]:
    html = f"<html><body><main><p>متن صفحه</p>{body}</main></body></html>"
    return list(perceive(html.encode(), PORTAL, content_type="text/html; charset=utf-8").links)


@pytest.mark.parametrize("method", ["post", "get"])
def test_button_of_a_form_without_fields_is_a_link_without_address(method: str) -> None:
    form = (
        f"<form method={method} action=/ext><input type=hidden name=t value=1><button>ورود با دولت من</button></form>"
    )
    (link,) = links(form)
    assert (link.kind, link.url, link.caption) == ("send", None, "ورود با دولت من")


@pytest.mark.parametrize(
    "form",
    [
        "<form method=post><input name=user><button>ورود</button></form>",
        "<form method=post><textarea name=t></textarea><button>ارسال</button></form>",
        "<form method=post><h1>درگاه</h1><button>ورود</button></form>",
        "<form method=post><button type=button>باز کردن</button></form>",
    ],
)
def test_forms_to_fill_in_and_page_wide_forms_are_none(form: str) -> None:
    assert [link for link in links(form) if link.kind in ("send", "page")] == []
