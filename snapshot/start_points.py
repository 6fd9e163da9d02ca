"""Links and forms with which a service begins, told from details, tracking, ratings and complaints."""

from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link

_NOT_TYPED = frozenset({"hidden", "submit", "button", "reset", "image"})


def says_start(link: Link) -> bool:
    """Whether a link's words promise that the service begins behind it."""
    groups = lexicon().groups_in(f"{link.caption} {link.title}")
    return "service-start" in groups and "not-a-start" not in groups


def says_request(text: str) -> bool:
    """Whether words promise that something is asked for: not how that is done, nor only the state of a request."""
    groups = lexicon().groups_in(text)
    if "service-start" not in groups or groups & {"not-a-start", "tells-how"}:
        return False
    return "tracking-word" not in groups or "begins-request" in groups


def begins_service(form: Form) -> bool:
    """A form that asks for something and can be sent; not site search, newsletter, rating, complaint or comment."""
    if form.has("password") or form.has("one-time-code"):
        return True
    asked = [field for field in form.fields if field.kind not in _NOT_TYPED]
    if form.place != "main" or not asked or not form.submits:
        return False
    meanings = {field.meaning for field in asked} - {"captcha"}
    if meanings <= {"search"} or form.has("rating") or (meanings <= {"email"} and len(asked) <= 2):
        return False
    return not lexicon().has(f"{form.heading} {' '.join(form.submits)}", "not-a-start")


def takes_request(form: Form) -> bool:
    """A form in which a request is handed in: neither a login nor a look at the state of a request."""
    if not begins_service(form) or form.has("password") or form.has("one-time-code"):
        return False
    words = f"{form.heading} {' '.join(form.submits)}"
    return not form.has("tracking-code") and (not lexicon().has(words, "tracking-word") or says_request(words))
