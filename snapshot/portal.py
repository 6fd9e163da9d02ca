"""Facts about a whole portal that several checks need, each worked out once per snapshot."""

from config.models import Service
from snapshot import service_facts as _service_facts
from snapshot import service_pages as _service_pages
from snapshot import service_starts as _service_starts
from snapshot.appointments import (
    Appointment,
    Replaced,
    confirmed_managers,
    find_appointments,
    replaced_managers,
)
from snapshot.managers import Manager, find_managers
from snapshot.reader import Page, Snapshot
from snapshot.service_desk import ServiceDesk, find_service_desk, find_service_lists
from snapshot.service_facts import Fact
from snapshot.service_starts import Start
from snapshot.single_window import SingleWindow, find_single_window
from snapshot.structure_pages import StructurePage, find_structure_pages
from snapshot.units import Unit
from snapshot.window_pages import UnseenWindow, find_unseen_window


def service_pages(snapshot: Snapshot, service: Service) -> list[Page]:
    """Pages about a registered service, surest first; empty where the visit found none."""
    return _service_pages.service_pages(snapshot, service)


def service_desk(snapshot: Snapshot) -> ServiceDesk | None:
    """The page that lists the agency's services, else one that only bears a desk's name, else None."""
    return snapshot.derived(find_service_desk)


def service_lists(snapshot: Snapshot) -> tuple[ServiceDesk, ...]:
    """All pages that list the agency's services; the desk is the best of them."""
    return snapshot.derived(find_service_lists)


def managers(snapshot: Snapshot) -> tuple[Manager, ...]:
    """Named managers in office, head first."""
    return snapshot.derived(find_managers)


def structure_pages(snapshot: Snapshot) -> tuple[StructurePage, ...]:
    """Pages that show the agency's own structure, best first."""
    return snapshot.derived(find_structure_pages)


def units(snapshot: Snapshot) -> tuple[Unit, ...]:
    """The top units below the head, as the agency's best structure page names them; empty where none does."""
    return next((shown.units.top for shown in structure_pages(snapshot) if shown.units.listed), ())


def appointments(snapshot: Snapshot) -> tuple[Appointment, ...]:
    """Appointment news on the portal, newest first."""
    return snapshot.derived(find_appointments)


def shown_but_replaced(snapshot: Snapshot) -> tuple[Replaced, ...]:
    """Managers still shown although the portal's own news told of their successor more than 60 days before."""
    return replaced_managers(snapshot, managers(snapshot), appointments(snapshot))


def confirmed_by_news(snapshot: Snapshot) -> tuple[tuple[Manager, Appointment], ...]:
    """Managers shown whom the last appointment news of their post names as its holder."""
    return confirmed_managers(snapshot, managers(snapshot), appointments(snapshot))


def service_facts(snapshot: Snapshot, service: Service) -> tuple[Fact, ...]:
    """What the portal states of a registered service, each fact with its value and place."""
    return _service_facts.service_facts(snapshot, service)


def service_starts(snapshot: Snapshot, service: Service) -> tuple[Start, ...]:
    """Where a registered service begins online, or seems to."""
    return _service_starts.service_starts(snapshot, service)


def single_window(snapshot: Snapshot) -> SingleWindow | None:
    """The agency's single window, or what comes nearest to it; None where there is none."""
    return snapshot.derived(find_single_window)


def unseen_window(snapshot: Snapshot) -> UnseenWindow | None:
    """A link to a window that could not be read, None where there is none."""
    return snapshot.derived(find_unseen_window)
