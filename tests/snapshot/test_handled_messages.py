"""Figures on messages handled: what counts, and what only promises or names."""

import pytest

from snapshot.handled_messages import counts_in, handled_messages
from tests.factories import page, snapshot_of


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("در سال ۱۴۰۴ شمار ۳۱۲ شکایت رسید و ۲۹۸ شکایت رسیدگی شد", ["312", "298"]),
        ("Of 312 complaints 298 were resolved within 10 days", ["312", "298"]),
        ("۹۴ درصد شکایات رسیدگی شد", ["94"]),
        ("به شکایات ظرف ۱۵ روز رسیدگی شده است", []),
        ("complaints are answered within 15 working days", []),
        ("سامانه ۱۱۱ به شکایات پاسخ داده است", []),
        ("شکایت مورخ ۱۴۰۵/۰۲/۱۴ رسیدگی شد", []),
    ],
)
def test_counts_of_messages(text: str, counts: list[str]) -> None:
    assert counts_in(text, "message-word") == counts


@pytest.mark.parametrize(
    "html",
    [
        "<p>از ۹۸۰ شکایت رسیده ۹۴۱ شکایت رسیدگی شد.</p>",
        "<ul><li>شکایات رسیدگی‌شده: ۳۱۲</li><li>شکایات در دست رسیدگی: ۱۲</li></ul>",
        (
            "<table><tr><th>ماه</th><th>شکایت رسیده</th><th>رسیدگی‌شده</th></tr>"
            "<tr><td>تیر</td><td>۱۱۲</td><td>۱۰۴</td></tr></table>"
        ),
    ],
)
def test_sentences_lines_and_tables_tell_figures(html: str) -> None:
    snapshot = snapshot_of(page("/", "<main><p>درگاه</p></main>"), page("/a", f"<main><h1>آمار</h1>{html}</main>"))
    assert handled_messages(snapshot)


def test_news_tells_none() -> None:
    html = "<main><h1>خبر</h1><p>کد خبر: ۸</p><p>به گزارش روابط عمومی ۹۴۱ شکایت رسیدگی شد.</p></main>"
    assert handled_messages(snapshot_of(page("/", "<main></main>"), page("/news/8/a", html))) == ()
