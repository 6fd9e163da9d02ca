"""Check online-payment: can the fee of the service be paid online, within its flow?"""

import re
from collections.abc import Iterator

from checks.base import Result, at_level, check, unknown
from config.models import Service
from config.vocabulary import Cause, Label
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.portal import service_starts
from snapshot.reader import Snapshot
from snapshot.service_words import Said, says, words_of_service
from snapshot.sign_on import at_payment_gateway
from snapshot.text import fold

PAYMENT = 0.5
"""Strength of the label payment from which a page is where a fee is paid."""
NEAR_LETTERS = 12
"""Letters between a word for paying and a word for the net that belong together."""
_SENTENCE = re.compile(r"[.؛;!?؟]\s|\n")
_FEE = frozenset({"cost", "payment"})
"""Facts that speak of the fee."""


@check(
    id="online-payment",
    scope="service",
    labels=("service-info", "payment"),
    probes=(),
    version=1,
    messages={
        "in_flow": {
            "fa": "هزینه خدمت برخط پرداخت می‌شود: «{said}».",
            "en": "The fee is paid online: “{said}”.",
        },
        "elsewhere": {
            "fa": "هزینه جای دیگری، با شناسه یا در بانک، پرداخت می‌شود: «{said}». پرداخت را در روند خدمت بیاورید.",
            "en": "The fee is paid elsewhere, by number or at a bank: “{said}”. Bring the payment into the service.",
        },
        "at_counter": {
            "fa": "هزینه حضوری پرداخت می‌شود: «{said}». پرداخت اینترنتی بسازید.",
            "en": "The fee is paid in person: “{said}”. Let people pay online.",
        },
        "states_free": {
            "fa": "صفحه خدمت می‌گوید هزینه ندارد («{said}»)، اما در فهرست خدمات رایگان ثبت نشده است.",
            "en": "The page says that the service costs nothing (“{said}”), but the register does not call it free.",
        },
        "way_not_published": {
            "fa": "هزینه خدمت آمده است («{said}»)، اما راه پرداخت آن نه. آن را در صفحه خدمت بیاورید یا خوداظهاری کنید.",
            "en": "The fee is published (“{said}”), but not how to pay it. State that on the page, or declare it.",
        },
        "fee_not_published": {
            "fa": "هزینه خدمت و راه پرداخت آن منتشر نشده است؛ آن را در صفحه خدمت بیاورید یا خوداظهاری کنید.",
            "en": "Neither the fee nor how to pay it is published. State it on the service's page, or declare it.",
        },
    },
)
def online_payment(snapshot: Snapshot, service: Service) -> Result:
    """How the fee of a service is paid.

    What it looks for: the way to pay in the fee's field, in steps and sentences of the service; links of its pages to a
    payment gateway or to a page where it is paid. Nothing is ever paid.
    Why it matters: a bill that must be carried to a bank breaks an online service in two.
    How to fix: put the payment into the request, and name the way to pay beside the fee.
    Known limits: a payment that shows only after the login is not seen. What an agency pays to people is no fee. Where
    fee or way to pay is not published the finding is unknown and waits for a declaration.
    """
    told = words_of_service(snapshot, service)
    fees = [said for said in told if said.key in _FEE]
    found = [(level, said) for said in told if (level := _level(said)) is not None]
    linked = next(_payment_links(snapshot, service), None)
    best = max(found, key=lambda pair: (pair[0], pair[1].key in _FEE), default=None)
    if linked is not None and (best is None or best[0] < 1):
        quote, evidence = linked
        return at_level(1, "in_flow", evidence=[evidence], confidence=0.75, said=quote)
    if best is not None:
        level, said = best
        key = {1.0: "in_flow", 0.5: "elsewhere"}.get(level, "at_counter")
        sure = 0.85 if said.key in _FEE else 0.7
        return at_level(level, key, evidence=[_cited(said)], confidence=sure, stands=level == 0, said=said.text[:160])
    free = next((said for said in fees if lexicon().has(said.text, "states-free")), None)
    if free is not None:
        return unknown(
            Cause.NEEDS_DECLARATION, "states_free", evidence=[_cited(free)], ceiling=1.0, said=free.text[:160]
        )
    if fees:
        fee = fees[0]
        return unknown(
            Cause.NEEDS_DECLARATION, "way_not_published", evidence=[_cited(fee)], ceiling=1.0, said=fee.text[:160]
        )
    return unknown(Cause.NEEDS_DECLARATION, "fee_not_published", ceiling=1.0)


def _level(said: Said) -> float | None:
    """The level that a text gives; None where it does not say how a fee is paid."""
    sentences = [said.text] if said.key in _FEE else _SENTENCE.split(said.text)
    levels = [level for text in sentences if (level := _level_of(text, fee=said.key in _FEE)) is not None]
    return max(levels, default=None)


def _level_of(text: str, *, fee: bool) -> float | None:
    words = lexicon()
    about_fee = fee or words.has(text, "fee-word")
    if not fee and words.has(text, "paid-to-people"):
        return None
    online = says(text, "pay-online", unless="pay-not-online") is not None or _paid_by_net(text, fee=fee)
    elsewhere = about_fee and words.has(text, "pay-elsewhere")
    if online and elsewhere and words.has(text, "payment-number") and not words.has(text, "either-or"):
        return 0.5  # «پرداخت اینترنتی با شناسه قبض»: the bill is paid elsewhere, on the net or not.
    if online:
        return 1.0
    if elsewhere:
        return 0.5
    there = words.has(text, "pay-verb") and words.has(text, "counter-place")
    return 0.0 if about_fee and (there or words.has(text, "pay-at-counter")) else None


def _paid_by_net(text: str, *, fee: bool) -> bool:
    """A word for the net in the fee's own field, or right beside a word for paying («اینترنتی بپردازید»)."""
    net = says(text, "paid-by-net", unless="pay-not-online")
    if net is None or fee:
        return net is not None
    pays = lexicon().words(text, "pay-verb")
    return any(max(pay.start - net.end, net.start - pay.end) <= NEAR_LETTERS for pay in pays)


def _payment_links(snapshot: Snapshot, service: Service) -> Iterator[tuple[str, Evidence]]:
    """Starts of the service at which it is paid: a payment gateway, or a page where fees are paid."""
    for start in service_starts(snapshot, service):
        pays = start.target is not None and start.target.perception.strength(Label.PAYMENT) >= PAYMENT
        named = says(start.quote, "pay-online") is not None or fold(start.quote) in _pay_words()
        if at_payment_gateway(start.url) or (start.living and pays and named):
            yield start.quote, start.page.evidence(start.selector, start.quote)


def _pay_words() -> frozenset[str]:
    return frozenset(map(fold, lexicon().groups.get("pay-button", ())))


def _cited(said: Said) -> Evidence:
    return said.page.evidence(said.selector, said.text[:200])
