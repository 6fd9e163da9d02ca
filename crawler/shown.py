"""What the browser gives back for one page, and what was asked of it."""

from dataclasses import dataclass, field
from datetime import datetime

from config.vocabulary import Cause
from snapshot.models import PageLayout


@dataclass(frozen=True, slots=True)
class ShowOptions:
    """What to keep of a shown page besides its document."""

    screenshot: bool = False
    layout: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One page as the browser showed it, or the cause why it could not.

    `html` is the document after scripts ran, `layout` its map: its selectors are valid in `html` when parsed again.
    `redirects` are all addresses before `final_url`, in order, those that scripts went to included. The screenshots are
    JPEG at one pixel per CSS pixel; `screenshot_before_consent` was made before a dialog was closed, None if none was.
    `interactions` are (action, selector or None, detail or None). `received_bytes` counts what came over the network.
    """

    final_url: str
    status: int | None
    cause: Cause | None
    detail: str | None
    shown_at: datetime
    redirects: tuple[str, ...] = ()
    html: str = ""
    layout: PageLayout | None = None
    screenshot: bytes | None = None
    screenshot_before_consent: bytes | None = None
    interactions: tuple[tuple[str, str | None, str | None], ...] = ()
    received_bytes: int = 0


class NotShownError(Exception):
    """A page could not be shown: the cause and what the browser said."""

    def __init__(self, cause: Cause, detail: str) -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause = cause
        self.detail = detail


@dataclass(slots=True)
class Trace:
    """What has happened on the page so far; lives as long as one show."""

    visited: list[tuple[str, int | None]] = field(default_factory=list)
    interactions: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def log(self, action: str, selector: str | None = None, detail: str | None = None) -> None:
        """Keep an interaction for interactions.jsonl."""
        self.interactions.append((action, selector, detail))
