"""The synthetic crowd: heavy pages made once, a register that loads, an answer for every link."""

import re
from pathlib import Path

from config.loading import load_register
from demo.scale import crowd_address, crowd_pages, write_register


def test_pages_are_heavy_and_every_link_has_an_answer() -> None:
    answers = crowd_pages(60)
    html = {target: plain for target, (plain, _) in answers.items() if target != b"/robots.txt"}
    assert all(90_000 < len(page) < 120_000 for page in html.values())
    links = {link for page in html.values() for link in re.findall(rb'href="(/[^"]*)"', page)}
    assert links <= set(answers)


def test_the_number_of_pages_is_as_asked() -> None:
    assert len(crowd_pages(60)) - 1 == 60


def test_addresses_are_distinct_for_a_large_crowd() -> None:
    addresses = {crowd_address(number) for number in range(1, 601)}
    assert len(addresses) == 600


def test_the_register_of_the_crowd_loads(tmp_path: Path) -> None:
    write_register(tmp_path, 170, 8800)
    register = load_register(tmp_path)
    assert len(register.agencies) == 170
    assert len(register.services) == 1_700
