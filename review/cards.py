"""The evidence card of a group: everything that an evaluator looks at before deciding."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape
from PIL import Image, UnidentifiedImageError
from sqlalchemy import Engine

from checks.registry import load_checks
from config.models import Service
from config.vocabulary import Label
from review.groups import Group
from review.round_view import RoundView
from snapshot.matching import lexicon
from snapshot.models import Candidate, Evidence, PageRecord
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from store.cells import StoredFinding, cell_findings, cell_history

MOST_CANDIDATES = 25
"""Other pages that a card lists; more would hide the ones that matter, which come first."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A full-page screenshot, its size in pixels, and whether there is one from before a consent dialog was closed."""

    width: int
    height: int
    before_consent: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence. `number` is its place in the finding, from 0; `quote` has the matched words marked."""

    number: int
    evidence: Evidence
    quote: Markup
    screen: Screen | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Considered:
    """Another page that might have shown it, and what became of it."""

    label: Label
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Card:
    """A group with the evidence of the finding that stands for it, and what surrounds it."""

    group: Group
    stored: StoredFinding
    pieces: tuple[Piece, ...]
    considered: tuple[Considered, ...]
    considered_count: int
    earlier: tuple[StoredFinding, ...]
    services: tuple[Service, ...]


def make_card(engine: Engine, home: Path, view: RoundView, group: Group) -> Card | None:
    """The card of a group, None where its findings were judged anew since the group was made."""
    service = group.shown.service
    found = cell_findings(engine, group.visit_id, group.indicator.id, [service])
    if not found:
        return None
    stored = found[0]
    snapshot = open_snapshot(home / stored.folder)
    labels = _labels(group)
    considered = list(_considered(snapshot, labels, service)) if snapshot else []
    titles = {entry.id: entry for entry in view.round.register.services_of(group.agency)}
    return Card(
        group=group,
        stored=stored,
        pieces=tuple(
            _piece(home / stored.folder, snapshot, number, piece, labels)
            for number, piece in enumerate(stored.finding.evidence)
        ),
        considered=tuple(considered[:MOST_CANDIDATES]),
        considered_count=len(considered),
        earlier=tuple(
            cell_history(engine, group.agency, group.indicator.id, service, but=stored.visit_id),
        ),
        services=tuple(titles[cell.service] for cell in group.cells if cell.service in titles),
    )


def open_snapshot(folder: Path) -> Snapshot | None:
    """The snapshot in a folder, None where it is gone. The last few stay in memory."""
    manifest = folder / "manifest.json"
    return _snapshot(folder, manifest.stat().st_mtime_ns) if manifest.is_file() else None


@lru_cache(maxsize=16)
def _snapshot(folder: Path, _sealed_at: int) -> Snapshot:
    return Snapshot(FolderSource(folder))


def page_record(snapshot: Snapshot, page_id: str) -> PageRecord | None:
    """What the visit wrote down about a page."""
    return next((record for record in snapshot.records if record.page_id == page_id), None)


def _labels(group: Group) -> tuple[Label, ...]:
    check = load_checks().get(group.indicator.check or "")
    return check.meta.labels if check else ()


def _piece(folder: Path, snapshot: Snapshot | None, number: int, evidence: Evidence, labels: Sequence[Label]) -> Piece:
    record = page_record(snapshot, evidence.page_id) if snapshot else None
    return Piece(
        number=number,
        evidence=evidence,
        quote=marked(evidence.quote, labels),
        screen=_screen(folder, evidence, record),
        archived=record is not None and record.body_sha256 is not None,
    )


def _screen(folder: Path, evidence: Evidence, record: PageRecord | None) -> Screen | None:
    if evidence.screenshot is None:
        return None
    try:
        with Image.open(io.BytesIO((folder / evidence.screenshot).read_bytes())) as image:
            width, height = image.size
    except (OSError, UnidentifiedImageError):
        return None
    rendering = record.rendering if record else None
    return Screen(width, height, bool(rendering and rendering.screenshot_before_consent))


def marked(quote: str, labels: Iterable[Label]) -> Markup:
    """The quote with the words marked that speak for these labels; everything of it escaped."""
    wanted = set(labels)
    hits = [hit for hit in lexicon().label_hits(quote, "text") if hit.label in wanted and not hit.negative]
    hits += [hit for hit in lexicon().label_hits(quote, "heading") if hit.label in wanted and not hit.negative]
    result, position = Markup(), 0
    for start, end in sorted({(hit.start, hit.end) for hit in hits}, key=lambda span: (span[0], -span[1])):
        if start < position:
            continue
        result += escape(quote[position:start]) + Markup("<mark>{}</mark>").format(quote[start:end])
        position = end
    return result + escape(quote[position:])


def _considered(snapshot: Snapshot, labels: Sequence[Label], service: str | None) -> Iterable[Considered]:
    """Candidates of the check's labels, strongest promise first; those of other services are left aside."""
    found = [
        Considered(search.label, candidate)
        for search in snapshot.search.labels
        if search.label in labels
        for candidate in search.candidates
        if candidate.service is None or service is None or candidate.service == service
    ]
    return sorted(found, key=lambda entry: -entry.candidate.promise)
