"""Facts about a whole portal that several checks need, each worked out once per snapshot."""

from config.models import Service
from snapshot import service_pages as _service_pages
from snapshot.reader import Page, Snapshot


def service_pages(snapshot: Snapshot, service: Service) -> list[Page]:
    """Pages about a registered service, surest first; empty where the visit found none."""
    return _service_pages.service_pages(snapshot, service)
