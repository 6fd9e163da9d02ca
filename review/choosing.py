"""Which groups a person works through: the queue, narrowed, without what others have open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from review.groups import Group
from review.round_view import RoundView

Word = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the queue is narrowed to; empty = everything."""

    why: str = ""
    indicator: str = ""
    agency: str = ""

    def groups(self, view: RoundView) -> Sequence[Group]:
        """The groups of the queue that are meant, in its order."""
        if not (self.why or self.indicator or self.agency):
            return view.queue
        return [
            group
            for group in view.queue
            if self.why in ("", group.why)
            and self.indicator in ("", group.indicator.id)
            and self.agency in ("", group.agency)
        ]

    def address(self, **more: str) -> str:
        """The choice as the query of an address, with its question mark; empty where nothing is narrowed."""
        chosen = {"why": self.why, "indicator": self.indicator, "agency": self.agency, **more}
        query = urlencode({key: value for key, value in chosen.items() if value})
        return f"?{query}" if query else ""


def choice(why: Word = "", indicator: Word = "", agency: Word = "") -> Choice:
    """The choice that an address names."""
    return Choice(why, indicator, agency)


def next_key(order: list[str], after: str, view: RoundView, taken: Collection[str]) -> str | None:
    """The first group of `order` behind `after` that still waits and that nobody else has open; then from the top.

    None where no other one is left.
    """
    start = order.index(after) + 1 if after in order else 0
    for key in (*order[start:], *order[:start]):
        group = view.group(key)
        if key != after and key not in taken and group is not None and group.why is not None:
            return key
    return None
