"""A perception in which nothing was found, to change at will."""

from dataclasses import replace
from typing import Any

from snapshot.perception.models import Perception, Signals


def blank_perception(**changes: Any) -> Perception:
    """An empty content page with these changes."""
    blank = Perception(
        version=1,
        url="http://portal.test/",
        lang="fa",
        direction="rtl",
        title="درگاه",
        page_type="content",
        signals=Signals(),
        main_selector="html > body",
        main_text="",
        links=(),
        frames=(),
        headings=(),
        blocks=(),
        forms=(),
        pairs=(),
        tables=(),
        step_lists=(),
        images=(),
        contacts=(),
        dates=(),
        labels=(),
        promises=(),
    )
    return replace(blank, **changes)
