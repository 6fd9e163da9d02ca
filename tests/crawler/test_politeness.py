"""The pace of a host: documents, loads, rests."""

import asyncio
from itertools import pairwise

from crawler.politeness import Politeness


async def starts(politeness: Politeness, host: str, count: int, lasting: float = 0.0) -> list[float]:
    """When each of several documents asked for at once was let through."""
    begun: list[float] = []

    async def one() -> None:
        async with politeness.document(host):
            begun.append(asyncio.get_running_loop().time())
            await asyncio.sleep(lasting)

    await asyncio.gather(*(one() for _ in range(count)))
    return begun


async def test_documents_of_one_host_keep_its_pace() -> None:
    begun = await starts(Politeness(25), "a", 4)
    assert all(later - earlier >= 0.039 for earlier, later in pairwise(begun))


async def test_hosts_do_not_wait_for_each_other() -> None:
    politeness = Politeness(5)
    loop = asyncio.get_running_loop()
    before = loop.time()
    await asyncio.gather(*(starts(politeness, str(host), 1) for host in range(20)))
    # One after the other they would take 3.8 s; the bound leaves room for a busy machine.
    assert loop.time() - before < 1.9


async def test_no_more_than_two_documents_are_on_their_way() -> None:
    begun = await starts(Politeness(1000), "a", 3, lasting=0.1)
    assert begun[2] - begun[0] >= 0.09


async def test_a_load_has_its_host_alone() -> None:
    politeness = Politeness(1000)
    order: list[str] = []

    async def load() -> None:
        async with politeness.load("a"):
            order.append("load begins")
            await asyncio.sleep(0.05)
            order.append("load ends")

    async def document() -> None:
        async with politeness.document("a"):
            order.append("document")

    await asyncio.gather(load(), document(), load())
    assert order[:2] == ["load begins", "load ends"]
    assert [entry for entry in order if entry != "document"] == ["load begins", "load ends"] * 2


async def test_a_crawl_delay_is_kept_up_to_the_longest_one() -> None:
    politeness = Politeness(100, longest_delay=0.5)
    politeness.slow_down("a", 60)
    politeness.slow_down("b", 0.001)
    assert (politeness.pace("a"), politeness.pace("b")) == (0.5, 0.01)


async def test_a_host_that_asks_for_rest_gets_it() -> None:
    politeness = Politeness(1000)
    loop = asyncio.get_running_loop()
    politeness.rest("a", 0.1)
    before = loop.time()
    await starts(politeness, "a", 1)
    assert loop.time() - before >= 0.09


def test_a_closed_host_says_why() -> None:
    politeness = Politeness(1)
    politeness.close("a", "asked for a day of rest")
    assert (politeness.closed("a"), politeness.closed("b")) == ("asked for a day of rest", "")
