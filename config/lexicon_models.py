"""A lexicon as data: phrases that speak for or against a label, and named groups of words."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.models import Frozen
from config.vocabulary import Label

PhrasePlace = Literal["link", "heading", "title", "label", "placeholder", "url", "text", "image"]
EVERY_PLACE: tuple[PhrasePlace, ...] = ("link", "heading", "title", "label", "placeholder", "url", "text", "image")


class Phrase(Frozen):
    """Wordings that speak for a label, or against it where `negative`.

    `texts` are wordings of the same meaning and weight (a single one may be written as `text`). `weight` (0-1) is how
    sure the label is where it is the whole caption. `places` says where it counts. `source` names where the
    wording was read, or `general` for one that an expert expects.
    """

    label: Label
    texts: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    text: str = ""
    weight: Annotated[float, Field(ge=0, le=1)] = 0.8
    places: tuple[PhrasePlace, ...] = ("link", "heading", "title", "image")
    source: str = "general"
    negative: bool = False

    @model_validator(mode="after")
    def _some_wording(self) -> "Phrase":
        if not self.wordings:
            raise ValueError("needs a text or texts")
        return self

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording, in file order."""
        return ((self.text,) if self.text else ()) + self.texts


class WordGroup(Frozen):
    """A named group of words for code that asks by meaning, such as `tracking-code` or `month`."""

    group: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    phrases: tuple[Annotated[str, Field(min_length=1)], ...]
    source: str = "general"


class Lexicon(Frozen):
    """One lexicon file. Several files may share a language; they add up."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    phrase: tuple[Phrase, ...] = ()
    words: tuple[WordGroup, ...] = ()
