"""A round published by others: figures as printed, each with its source."""

from decimal import Decimal
from typing import Literal

from config.models import AgencyKind, Frozen

Precision = Literal["printed", "about", "more_than", "read_as", "counted"]
PlaceBasis = Literal["printed", "tie", "naming_order", "last_three", "among_best", "last", "none"]
PRIORITY_IDS = ("U", "T", "I", "P")
"""The four policy priorities that these rounds used; older rounds had a maturity model."""


class Source(Frozen):
    """Where figures come from. `published` is a date or empty."""

    id: str
    title: str
    address: str | None = None
    published: str | None = None


class Figure(Frozen):
    """One number of a round (or of `agency` in it), with how sure its reading is. Shares are in percent."""

    figure: str
    value: Decimal
    agency: str | None = None
    precision: Precision
    source: str
    note: str | None = None


class PublishedResult(Frozen):
    """One agency's result as printed. Decimals keep their printed length; `priorities` and `ranks` go by priority id.

    `rank` is the place in each of `lists`; `place` says what the rank rests on, None where there is no rank.
    """

    agency: str
    name_fa: str
    name_en: str
    kind: AgencyKind | None = None
    lists: tuple[str, ...] = ()
    scope: Literal["own", "aggregate"] | None = None
    overall: Decimal | None = None
    rank: int | None = None
    place: PlaceBasis | None = None
    priorities: dict[str, Decimal] = {}
    priority_ranks: dict[str, int] = {}
    sources: tuple[str, ...]
    note: str | None = None


class Position(Frozen):
    """A place in another list. `of` is the length of the list, or of the group that was named as best."""

    agency: str
    name_fa: str
    name_en: str
    list: str
    rank: int | None = None
    of: int | None = None
    place: PlaceBasis
    source: str
    note: str | None = None


class PublishedRound(Frozen):
    """One round of a series, by the name that a workspace knows it by (`iran-7`)."""

    name: str
    series: str
    number: int
    held: str | None = None
    source: str
    note: str | None = None
    figures: tuple[Figure, ...] = ()
    results: tuple[PublishedResult, ...] = ()
    positions: tuple[Position, ...] = ()
    sources: tuple[Source, ...]

    def value(self, figure: str, agency: str | None = None) -> Decimal | None:
        """A number of the round, or of one agency in it; None where it was not published."""
        return next((entry.value for entry in self.figures if (entry.figure, entry.agency) == (figure, agency)), None)

    def in_list(self, name: str) -> tuple[PublishedResult, ...]:
        """The results that belong to a list such as `all` or `main`, in file order."""
        return tuple(entry for entry in self.results if name in entry.lists)

    def scores(self, name: str = "all") -> dict[str, Decimal]:
        """By agency: overall scores as printed, as far as the list has them."""
        return {entry.agency: entry.overall for entry in self.in_list(name) if entry.overall is not None}

    def ranks(self, name: str = "all") -> dict[str, int]:
        """By agency: places in the list that were printed as such, or as a tie with the one before."""
        return {
            entry.agency: entry.rank
            for entry in self.in_list(name)
            if entry.rank is not None and entry.place in ("printed", "tie")
        }
