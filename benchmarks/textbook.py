"""The spider of Scrapy's own tutorial, for comparison: `python -m benchmarks.textbook ADDRESS ... --pages N`.

LinkExtractor, a Request for every link, the duplicate filter does the rest; no delay, as its figure is CPU a page.
Prints one JSON line: pages, CPU and wall seconds of the crawl itself (start-up left out).
"""

import argparse
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor


class TextbookSpider(Spider):
    """Follows every link of the portals it was given, up to a number of pages in all."""

    name = "textbook"

    def __init__(self, addresses: list[str], pages: int, figures: dict[str, float], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = addresses
        self.allowed_domains = [urlsplit(address).hostname or "" for address in addresses]
        self._most, self._figures = pages, figures
        self._links = LinkExtractor()
        self._read = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "TextbookSpider":
        """As Scrapy builds it, with a stop-watch around the crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.begun, signal=signals.spider_opened)
        crawler.signals.connect(spider.ended, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The home pages."""
        for url in self.start_urls:
            yield Request(url)

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Count the page and ask for all its links."""
        self._read += 1
        if isinstance(response, TextResponse) and self._read < self._most:
            for link in self._links.extract_links(response):
                yield Request(link.url)

    def begun(self) -> None:
        """Start the watch."""
        self._began = time.perf_counter(), time.process_time()

    def ended(self) -> None:
        """Stop the watch."""
        wall, cpu = time.perf_counter() - self._began[0], time.process_time() - self._began[1]
        self._figures.update(pages=self._read, wall_seconds=round(wall, 3), cpu_seconds=round(cpu, 3))


def main() -> None:
    """Crawl and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--pages", type=int, default=400, help="stop asking for links after so many pages")
    given = parser.parse_args()
    figures: dict[str, float] = {}
    process = AsyncCrawlerProcess(
        {"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    )
    process.crawl(TextbookSpider, addresses=given.addresses, pages=given.pages, figures=figures)
    process.start()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
