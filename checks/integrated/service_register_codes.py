"""Check service-register-codes: is the full list of services published, each with its national code?"""

import re
from typing import Any

from checks.base import Result, at_level, check
from config.models import Service, service_units
from snapshot.desk_entries import Entry
from snapshot.matching import lexicon
from snapshot.perception.models import Table
from snapshot.portal import service_desk, service_lists
from snapshot.reader import Snapshot
from snapshot.service_desk import ServiceDesk
from snapshot.text import fold, squeeze

ENOUGH_CODES = 0.8
"""Share of listed services with a code for the top level (rubric I06)."""
COUNT_TOLERANCE = 0.1
"""Share by which the listed number may differ from the registered one (rubric I06)."""
_CODE = re.compile(r"(?<!\d)\d{5,14}(?!\d)")
_LABEL_REACH = 25


@check(
    id="service-register-codes",
    scope="portal",
    labels=("services-list",),
    version=2,
    messages={
        "complete": {
            "fa": "«{title}» {listed} خدمت را فهرست می‌کند و {coded} خدمت شناسه دارد؛ {registered} خدمت ثبت شده است.",
            "en": "“{title}” lists {listed} services, {coded} of them with their code; {registered} are registered.",
        },
        "without_codes": {
            "fa": "«{title}» {listed} خدمت را بی شناسه فهرست می‌کند. شناسه یازده‌رقمی هر خدمت را کنار عنوان آن بیاورید.",
            "en": "“{title}” lists {listed} services without codes. State the national code beside each title.",
        },
        "few_codes": {
            "fa": "در «{title}» تنها {coded} خدمت از {listed} خدمت شناسه دارد. شناسه همه را بیاورید.",
            "en": "In “{title}” only {coded} of {listed} services have a code. State the codes of all.",
        },
        "count_differs": {
            "fa": "«{title}» {listed} خدمت با شناسه دارد، اما {registered} خدمت ثبت شده است. فهرست را کامل کنید.",
            "en": "“{title}” lists {listed} services with codes, but {registered} are registered. Complete the list.",
        },
        "none": {
            "fa": "فهرستی از خدمات دستگاه یافت نشد. فهرست خدمات را با شناسه هر یک منتشر کنید.",
            "en": "No list of the agency's services was found. Publish the list with the code of each.",
        },
    },
)
def service_register_codes(snapshot: Snapshot) -> Result:
    """Whether the list of services is published with national codes and is complete.

    What it looks for: the best page that lists the services; the registered code of each in its row or on the list,
    or a number in a column or behind a label that says service code; as many services as are registered.
    Why it matters: the code ties a service to its identity sheet and to the national window.
    How to fix: add the national code to each row of the list, and list all registered services.
    Known limits: codes in pictures are not read. Numbers without a label (news codes, phones, national ids of
    companies) are no codes, unless they are the registered ones.
    """
    desk = service_desk(snapshot)
    if desk is None or desk.in_menu or not desk.entries:
        return at_level(0, "none", confidence=0.85)
    judged = [_judged(snapshot, one) for one in (desk, *service_lists(snapshot))]
    return max(judged, key=lambda pair: (pair[0].level or 0.0, pair[1]))[0]


def _judged(snapshot: Snapshot, desk: ServiceDesk) -> tuple[Result, int]:
    """What one list gives, and how many of its entries have a code."""
    title = desk.page.name
    coded = [entry for entry in desk.entries if _has_code(desk, entry)]
    listed, registered = len(desk.entries), _registered(snapshot, desk)
    evidence = [desk.page.evidence(entry.selector, entry.title) for entry in (coded or desk.entries)[:4]]
    data: dict[str, Any] = {"title": title, "listed": listed, "coded": len(coded), "registered": registered}
    if not coded:
        result = at_level(0.5, "without_codes", evidence=evidence, confidence=0.85, **data)
    elif len(coded) < ENOUGH_CODES * listed:
        result = at_level(0.5, "few_codes", evidence=evidence, confidence=0.85, **data)
    elif abs(listed - registered) > COUNT_TOLERANCE * registered:
        result = at_level(0.5, "count_differs", evidence=evidence, confidence=0.7, **data)
    else:
        result = at_level(1, "complete", evidence=evidence, confidence=0.9, **data)
    return result, len(coded)


def _registered(snapshot: Snapshot, desk: ServiceDesk) -> int:
    """Registered services to compare with: at the level (sub-services or services) that the list comes closer to."""
    offered = tuple(one for one in snapshot.services if not one.flags & {"internal", "stopped"})
    counts = (len(service_units(offered, "leaf")), len(service_units(offered, "top")))
    return min(counts, key=lambda count: abs(count - len(desk.entries)))


def _has_code(desk: ServiceDesk, entry: Entry) -> bool:
    row = fold(entry.row)
    registered = _registered_code(entry.service)
    if registered and registered in row:
        return True
    if any(_labelled(row, match.start()) for match in _CODE.finditer(row)):
        return True
    return any(_coded_in(table, entry) for table in desk.page.perception.tables)


def _registered_code(service: Service | None) -> str:
    code = fold(service.code or "") if service is not None else ""
    return code if _CODE.fullmatch(code) else ""


def _labelled(row: str, at: int) -> bool:
    return _names_code(row[max(0, at - _LABEL_REACH) : at])


def _names_code(label: str) -> bool:
    """A label for service codes: not one for news, companies, payments or post."""
    return lexicon().has(label, "pair-code") and not lexicon().has(label, "not-service-code")


def _coded_in(table: Table, entry: Entry) -> bool:
    """Whether the entry's row of a table has a number in a column that is called code."""
    columns = [at for at, head in enumerate(table.header) if _names_code(head)]
    name = squeeze(entry.title)
    for row in table.rows:
        if any(squeeze(cell) == name for cell in row):
            return any(at < len(row) and _CODE.search(fold(row[at])) is not None for at in columns)
    return False
