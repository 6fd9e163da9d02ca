"""Perception in worker processes: the same result as here, whatever happens to a worker."""

import asyncio

import psutil

from crawler.perceiving import Perceiver
from snapshot.perception.page import perceive

BODY = "<html lang=fa><title>تماس با ما</title><main><p>نشانی و تلفن سازمان</p></main>".encode()
URL = "https://portal.ir/contact"


async def test_a_worker_sees_what_is_seen_here() -> None:
    perceiver = Perceiver(1)
    try:
        seen = await perceiver.look(BODY, URL, "text/html; charset=utf-8")
    finally:
        perceiver.close()
    assert seen is not None
    assert seen == perceive(BODY, URL, content_type="text/html; charset=utf-8")
    assert await Perceiver(0).look(BODY, URL, "text/html; charset=utf-8") == seen


async def test_pages_outlive_the_worker_that_had_them() -> None:
    perceiver = Perceiver(1)
    try:
        first = await perceiver.look(BODY, URL, "text/html")
        worker = max(psutil.Process().children(recursive=True), key=lambda process: process.create_time())
        looks = [asyncio.ensure_future(perceiver.look(BODY, f"{URL}/{number}", "text/html")) for number in range(5)]
        await asyncio.sleep(0)
        worker.kill()
        seen = await asyncio.gather(*looks)
    finally:
        perceiver.close()
    assert first is not None
    assert [page.url if page else None for page in seen] == [f"{URL}/{number}" for number in range(5)]


async def test_a_cancelled_visit_does_not_look_again() -> None:
    perceiver = Perceiver(1)
    try:
        await perceiver.look(BODY, URL, "text/html")
        look = asyncio.ensure_future(perceiver.look(BODY, URL, "text/html"))
        await asyncio.sleep(0)
        look.cancel()
        (outcome,) = await asyncio.gather(look, return_exceptions=True)
    finally:
        perceiver.close()
    assert isinstance(outcome, asyncio.CancelledError)
