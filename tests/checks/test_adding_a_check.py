"""The example of docs/adding-a-check.md works as it stands there."""

import re
import tomllib
from pathlib import Path
from types import ModuleType

from checks.base import Result
from checks.registry import GROUP, checks_in
from config.vocabulary import Outcome
from tests.factories import page, snapshot_of

TEXT = (Path(__file__).parents[2] / "docs" / "adding-a-check.md").read_text(encoding="utf-8")
HOURS = "<main><h1>تماس با ما</h1><p>تلفن: 021-88112233</p><p>ساعت کار اداره: شنبه تا چهارشنبه ۸ تا ۱۴</p></main>"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def example() -> ModuleType:
    module = ModuleType("office_hours")
    exec(blocks("python")[0], vars(module))
    return module


def said(contact: str) -> Result:
    (entry,) = checks_in(example())
    home = "<main><a href='/contact'>تماس با ما</a></main>"
    return entry.function(snapshot_of(page("/", home), page("/contact", contact)))


def test_the_check_of_the_page_answers() -> None:
    found = said(HOURS)
    assert (found.outcome, found.level, found.key) == (Outcome.LEVEL, 1.0, "stated")
    assert "۸" in found.data["quote"]
    assert said(HOURS.replace("ساعت کار", "نشانی")).key == "missing"


def test_its_package_names_the_entry_point_and_its_indicator_the_check() -> None:
    package, indicator = (tomllib.loads(block) for block in blocks("toml"))
    assert package["project"]["entry-points"][GROUP] == {"office-hours": "office_hours"}
    (entry,) = checks_in(example())
    assert [one["check"] for one in indicator["indicators"]] == [entry.meta.id]
