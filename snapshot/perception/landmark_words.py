"""Class and id words that name a part of a page, in the spellings of templates and portal systems."""

import re
from functools import lru_cache

from snapshot.perception.models import Place

_TAILS = (
    "wrapper wrap container area inner outer top bottom main middle section row bar box block nav links? site desktop"
    r" mobile fixed widgets? list pane div holder region ul \d+"
)
_LEADS = (
    "site main top global app portal layout region master fixed sticky wrapper primary secondary bottom upper lower"
    " desktop mobile inner outer g l c o"
)
_SIDES = "left right side header horizontal vertical mega user quick sub nav drop-?down hamburger dnn"
_NAMES: tuple[tuple[Place, str, str], ...] = (
    ("footer", _LEADS + " page", "footer copy-?rights? bottom-bar colophon powered-by site-info"),
    (
        "menu",
        f"{_LEADS} {_SIDES}",
        (
            "menus? nav navbar navigation mega-?menu menu-?bar top-?menu main-?menu site-?menu nav-?menu bread-?crumbs?"
            " pagination pager lang(?:uage)?-?switch(?:er)? skip-?links?"
        ),
    ),
    ("header", _LEADS, "header masthead top-?bar top-?strip site-branding head-?bar"),
    (
        "aside",
        _LEADS + " left right",
        "side-?bars? aside widget-area side-?col(?:umn)? (?:left|right)-?(?:col(?:umn)?|pane|panel|side|block)",
    ),
)


def _names(leads: str, words: str, tails: str) -> re.Pattern[str]:
    """A class or id made of one of the words with nothing around it but leads and tails."""

    def any_of(text: str) -> str:
        return "|".join(text.split())

    return re.compile(rf"(?:^|\s)(?:(?:{any_of(leads)})-)*(?:{any_of(words)})(?:-(?:{any_of(tails)}))*(?:\s|$)")


_WORDS = tuple((place, _names(leads, words, _TAILS)) for place, leads, words in _NAMES)
_IN_MAIN = _names(_LEADS, "bread-?crumbs? pagination pager side-?bar", _TAILS)
_MAIN = _names(
    "site page main primary portal layout region body inner center middle article entry post dnn the wrapper",
    "contents? main main-?content content-?pane main-?pane center-?pane content-?area content-?body page-?body maincol"
    " center-?column main-?column article-?body",
    r"wrapper wrap container area inner main section pane body \d+",
)
_CHROME_HINT = re.compile(
    r"nav|menu|head|foot|side|bar|crumb|pag|col|copy|pane|brand|lang|skip|block|power|widget|strip|info", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GENERATED = re.compile(
    r"(?:^|(?<=\s))(?:ctl\d+|ctl|dnn|ctr\d*|contentplaceholder\d*|cph\d*|id|\d+)[-_]", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def _spelt(names: str) -> str:
    """Class and id words in one spelling: `ctl00_LeftPane` as `left-pane`."""
    return _CAMEL.sub("-", _GENERATED.sub("", names[:400])).replace("_", "-").lower()


@lru_cache(maxsize=8192)
def place_named(names: str) -> Place | None:
    """The place that an element's class and id say, None where they say none."""
    spelt = _spelt(names)
    return next((place for place, pattern in _WORDS if pattern.search(spelt)), None)


@lru_cache(maxsize=8192)
def names_main(names: str) -> bool:
    """Whether class and id call the element the content."""
    return bool(_MAIN.search(_spelt(names)))


def place_inside_main(names: str) -> Place | None:
    """The place that class and id say of an element inside a main landmark, where fewer names can be believed."""
    if _IN_MAIN.search(_spelt(names)) is None:
        return None
    return "aside" if "side" in names.lower() else "menu"


def may_name_place(names: str) -> bool:
    """A quick look that spares the rest for most elements."""
    return len(names) > 3 and _CHROME_HINT.search(names) is not None
