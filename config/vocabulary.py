"""The closed word lists that every part of Didban shares: labels, outcomes, causes."""

from enum import StrEnum


class Label(StrEnum):
    """One thing that a page can evidence. The list is closed: a lexicon naming another label is refused."""

    SERVICES_LIST = "services-list"
    SERVICE_INFO = "service-info"
    SERVICE_PROCESS = "service-process"
    SERVICE_TRACKING = "service-tracking"
    SATISFACTION_RESULTS = "satisfaction-results"
    SATISFACTION_SURVEY = "satisfaction-survey"
    ORG_STRUCTURE = "org-structure"
    MANAGERS_CONTACTS = "managers-contacts"
    CONTACT_US = "contact-us"
    COMPLAINTS_FORM = "complaints-form"
    SUGGESTIONS = "suggestions"
    FAQ = "faq"
    LAWS_REGULATIONS = "laws-regulations"
    FOI_ACCESS = "foi-access"
    OPEN_DATA_STATISTICS = "open-data-statistics"
    PRIVACY_STATEMENT = "privacy-statement"
    SERVICE_LEVEL = "service-level"
    PERFORMANCE_REPORT = "performance-report"
    TENDERS = "tenders"
    SSO_LOGIN = "sso-login"
    SINGLE_WINDOW = "single-window"
    CONSULTATION = "consultation"
    CONSULTATION_OUTCOME = "consultation-outcome"
    PAYMENT = "payment"
    SITE_SEARCH = "site-search"
    SITE_MAP = "site-map"
    ACCESSIBILITY_AID = "accessibility-aid"
    LANGUAGE_SWITCH = "language-switch"
    NEWS_ITEM = "news-item"
    LOGIN = "login"
    BLOCKED = "blocked"
    SOFT_404 = "soft-404"
    CONSTRUCTION = "construction"
    OTHER = "other"


class Outcome(StrEnum):
    """What a finding says. Unknown is never zero and never success."""

    LEVEL = "level"
    NA = "na"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


class Cause(StrEnum):
    """Why something is unknown: a failed fetch, a visit that ended early, or an artefact that nobody gave."""

    DNS = "dns"
    TLS = "tls"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    BLOCKED = "blocked"
    CAPTCHA = "captcha"
    LOGIN = "login"
    ROBOTS = "robots"
    TOO_LARGE = "too_large"
    REDIRECT_LOOP = "redirect_loop"
    HTTP_ERROR = "http_error"
    CRASH = "crash"
    BUDGET = "budget"
    MISSING_ARTEFACT = "missing_artefact"
    NEEDS_DECLARATION = "needs_declaration"


class DecidedBy(StrEnum):
    """Whose word a finding is."""

    AUTO = "auto"
    EVALUATOR = "evaluator"
    DECLARATION = "declaration"


class DecisionReason(StrEnum):
    """Why an evaluator decided: what stands behind a confirmed or overruled finding."""

    CONFIRMED = "confirmed"
    SEEN_ELSEWHERE = "seen_elsewhere"
    WRONG_PAGE = "wrong_page"
    OTHER_BODY = "other_body"
    TEMPLATE = "template"
    OUT_OF_DATE = "out_of_date"
    NOT_VISIBLE = "not_visible"
    DOES_NOT_WORK = "does_not_work"
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    DOES_NOT_APPLY = "does_not_apply"
    NOT_OBSERVABLE = "not_observable"
    OTHER = "other"


class ExitCode:
    """Exit codes of the didban command."""

    DONE = 0
    PARTLY_FAILED = 1
    BAD_INPUT = 2
    ENVIRONMENT_MISSING = 3
