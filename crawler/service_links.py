"""Which link leads to which registered service, by the service's title or code in caption or address."""

from collections.abc import Iterable

from config.models import Service
from snapshot.perception.models import Link
from snapshot.text import decode_url, squeeze

MIN_TITLE = 8
"""Letters that a title needs before it is looked for inside a longer caption."""
MIN_CODE = 6
"""Digits that a code needs before it is looked for in an address."""


class ServiceLinks:
    """Finds links that name a registered service."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._titles: list[tuple[str, str]] = []
        self._codes: list[tuple[str, str]] = []
        for service in services:
            titles = (squeeze(title) for title in (service.title_fa, service.title_en) if title)
            self._titles += [(title, service.id) for title in titles if title]
            codes = (service.code, service.id)
            self._codes += [(code, service.id) for code in codes if code and len(code) >= MIN_CODE and code.isdigit()]
        self._titles.sort(key=lambda entry: -len(entry[0]))

    def service_of(self, link: Link, page_title: str) -> str | None:
        """The id of the service that a link names, None where it names none.

        What a link stands under counts too ("details" beside a service's name), but not where that is the title of the
        whole page: every link of a service's own page stands under its name.
        """
        if not self._titles:
            return None
        near = squeeze(link.near)
        for text in (squeeze(link.caption), "" if near in squeeze(page_title) else near):
            if not text:
                continue
            for title, service in self._titles:
                if text == title or (len(title) >= MIN_TITLE and title in text):
                    return service
        address = decode_url(link.url or "")
        return next((service for code, service in self._codes if code in address), None)
