"""Taking availability samples: one light GET of a portal's home, polite and safe like every fetch, no browser."""

from datetime import UTC, datetime

from config.models import Agency
from config.vocabulary import Cause, Label
from crawler.crawl import home_spellings
from crawler.crew import Crew
from crawler.fetching import Fetched, Fetcher
from crawler.learning import page_label
from crawler.safety import AddressGuard, RefusedAddressError
from crawler.samples import Sample, add_sample, outcome_of, read_samples, samples_folder
from snapshot.models import PageRecord, VisitRecord


async def sample_home(agency: Agency, round: str, crew: Crew) -> Sample:
    """Look at the home once, write the sample and return it. Raises OSError where it cannot be written."""
    url = agency.portal_url or ""
    fetcher = Fetcher(crew.settings, crew.downloader, crew.politeness, crew.robots, crew.guard, f"sample {agency.id}")
    asked_at = datetime.now(UTC)
    fetched = await fetcher.fetch(url, None)
    page_type = await _page_type(fetched, crew)
    outcome, cause = outcome_of(fetched.cause, page_type, refused_by_us=refused_by_us(crew.guard, fetched.url))
    if outcome == "failed" and fetched.answer.status is None:
        # As a visit does: the portal may live under www or the other scheme.
        for spelling in home_spellings(url):
            other = await fetcher.fetch(spelling, None)
            if other.read:
                fetched, outcome, cause = other, "answered", None
                break
    sample = Sample(
        url=url,
        asked_at=asked_at,
        ended_at=datetime.now(UTC),
        outcome=outcome,
        status=fetched.answer.status,
        cause=cause,
        first_byte_ms=fetched.answer.first_byte_ms,
        vantage=crew.settings.vantage,
    )
    add_sample(samples_folder(crew.settings.home, round), agency.id, sample)
    return sample


def sample_of_visit(visit: VisitRecord, home: PageRecord, crew: Crew) -> None:
    """Write the look that a visit's first page was, once. Raises OSError where it cannot be written."""
    folder = samples_folder(crew.settings.home, visit.round)
    outcome, cause = outcome_of(home.cause, home.page_type, refused_by_us=refused_by_us(crew.guard, home.url))
    sample = Sample(
        url=visit.agency.portal_url or home.url,
        asked_at=home.fetched_at,
        ended_at=home.fetched_at,
        outcome=outcome,
        status=home.status,
        cause=cause,
        by="visit",
        vantage=visit.vantage,
    )
    if all(known.asked_at != sample.asked_at for known in read_samples(folder, visit.agency.id)):
        add_sample(folder, visit.agency.id, sample)


def refused_by_us(guard: AddressGuard, url: str) -> bool:
    """Whether our own rule of addresses kept us from asking."""
    try:
        guard.check(url)
    except RefusedAddressError:
        return True
    return bool(guard.refused(url))


async def _page_type(fetched: Fetched, crew: Crew) -> Label:
    """What the answer is; a page that cannot be looked at is no error of the portal."""
    answer = fetched.answer
    if answer.status is None or not answer.body or fetched.cause not in (None, Cause.HTTP_ERROR, Cause.BLOCKED):
        return Label.OTHER
    perception = await crew.perceiver.look(answer.body, fetched.url, answer.content_type)
    return page_label(perception) if perception is not None else Label.OTHER
