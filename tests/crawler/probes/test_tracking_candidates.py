"""Which forms the tracking-form probe opens."""

from dataclasses import replace
from datetime import UTC, datetime

from crawler.probes.tracking_candidates import tracking_candidates
from snapshot.models import PageRecord
from snapshot.perception.models import Field, Form
from tests.crawler.blank import blank_perception

AT = "html > body > form:nth-child(2)"


def test_forms_that_ask_for_a_code_are_candidates() -> None:
    def form(*fields: Field) -> Form:
        return Form(AT, "http://portal.test/status", "post", "پیگیری", fields, ("مشاهده",), "main")

    code = Field("html > body > input:nth-child(1)", "c", "text", "کد پیگیری", "", "tracking-code")
    query = Field("html > body > input:nth-child(2)", "q", "text", "جستجو", "", "search")
    perception = blank_perception(forms=(form(code), form(query), form(replace(code, kind="hidden"))))
    record = PageRecord(
        page_id="p0003",
        url="http://portal.test/track",
        requested_url="http://portal.test/track",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    found = tracking_candidates(record, perception)
    assert [(c.page_id, c.code, c.click) for c in found] == [("p0003", "c", "")]
    clicked = record.model_copy(update={"source": "rendered", "requested_url": "http://portal.test/#html > body"})
    assert [(c.url, c.click) for c in tracking_candidates(clicked, perception)] == [
        ("http://portal.test/", "html > body")
    ]
