"""Heads of the agency as pages in another language show them, where these name somebody else (rubric T05, 10)."""

from snapshot.managers import Manager, introduces, is_titled, manager_pages, responsible
from snapshot.perception.models import Contact
from snapshot.perception.people import without_honorifics
from snapshot.posts import rank_of
from snapshot.reader import Page, Snapshot
from snapshot.romanised import sounds_alike


def differing_head(snapshot: Snapshot, shown: tuple[Manager, ...]) -> tuple[Page, Contact] | None:
    """The first card in another language that names another head than the main one; None where all agree."""
    head = next((one for one in shown if one.rank == "head"), None)
    if head is None:
        return None
    language = head.page.perception.lang[:2]
    for page in manager_pages(snapshot):
        if page.perception.lang[:2] in ("", language):
            continue
        for card in page.perception.contacts:
            if not responsible(card, page) or not (introduces(page) or is_titled(card)):
                continue
            if rank_of(card.role, card.unit, snapshot.agency) != "head":
                continue
            if not sounds_alike(without_honorifics(card.person), without_honorifics(head.person)):
                return page, card
    return None
