"""Which part of the page an element belongs to, and where the main content is.

Landmark elements and roles speak first, then class and id words, then position and link density: old portals are
nested tables without any landmark, and their side columns are told from the text by holding little but links.
"""

import re
from itertools import accumulate

from snapshot.perception.landmark_words import may_name_place, names_main, place_inside_main, place_named
from snapshot.perception.models import Place
from snapshot.perception.tree import El, Tree

_TAGS: dict[str, Place] = {"header": "header", "nav": "menu", "footer": "footer", "aside": "aside"}
_ROLES: dict[str, Place] = {
    "banner": "header",
    "navigation": "menu",
    "menubar": "menu",
    "menu": "menu",
    "contentinfo": "footer",
    "complementary": "aside",
}
_CONTAINERS = frozenset(
    [
        "body",
        "div",
        "table",
        "tbody",
        "tr",
        "td",
        "section",
        "form",
        "center",
        "article",
        "main",
        "font",
        "span",
        "fieldset",
    ]
)
_RIGHTS = re.compile(r"©|\(c\) ?(?:19|20)|کلیه حقوق|تمامی حقوق|تمام حقوق|کليه حقوق|all rights reserved", re.IGNORECASE)
_RIGHTS_MARKS = ("©", "(c)", "حقوق", "reserved")
"""Without one of these there is no such line: a quick look that spares the rest."""
_MOST = 0.6


class Weights:
    """How much text stands in any stretch of the page, and how much of it in links."""

    def __init__(self, tree: Tree) -> None:
        lengths = [len(piece.strip()) for piece in tree.pieces]
        linked = [0] * len(lengths)
        for element in tree.elements:
            if element.tag == "a":
                for at in range(element.t0, element.t1):
                    linked[at] = lengths[at]
        self._all = [0, *accumulate(lengths)]
        self._linked = [0, *accumulate(linked)]

    def text(self, element: El) -> int:
        """Characters of text inside."""
        return self._all[element.t1] - self._all[element.t0]

    def plain(self, element: El) -> int:
        """Characters of text outside links."""
        return self.text(element) - self.linked(element)

    def linked(self, element: El) -> int:
        """Characters of text in links."""
        return self._linked[element.t1] - self._linked[element.t0]


def assign_places(tree: Tree) -> El | None:
    """Give every element its place and return the element of the main content (None on a page without elements)."""
    elements = tree.elements
    if not elements:
        return None
    weights = Weights(tree)
    mark = _main_landmark(elements)
    total = weights.text(elements[0])
    for element in elements[1:]:
        parent = element.parent
        assert parent is not None
        element.place = parent.place
        if parent.place != "main" and element is not mark:
            continue
        own = _own_place(element, mark, weights, total)
        if own is not None:
            element.place = own
        elif element is mark:
            element.place = "main"
    main = mark or _main_by_words(elements, weights) or _main_by_weight(elements, weights)
    # Broken markup may close a main landmark early: only one that holds most of the text excludes the rest.
    whole = sum(weights.plain(element) for element in _tops(elements))
    explicit = mark is not None and weights.plain(mark) * 2 > whole
    _settle_neighbours(main, weights, explicit=explicit)
    _settle_rights(tree, weights)
    return main


def _main_landmark(elements: list[El]) -> El | None:
    found = [element for element in elements if element.tag == "main" or element.attr("role") == "main"]
    return max(found, key=lambda element: element.end - element.order, default=None)


def _own_place(element: El, mark: El | None, weights: Weights, total: int) -> Place | None:
    inside = mark is not None and mark.holds(element)
    around = mark is not None and element.holds(mark)
    if around or element.tag == "body":
        return None
    role = element.attrs.get("role")
    if role in _ROLES and element.tag != "article":
        return _ROLES[role]
    if element.tag in _TAGS:
        if element.tag in {"header", "footer"} and (inside or _in_article(element)):
            return None
        swollen = element.tag != "nav" and total > 600 and weights.text(element) > 0.75 * total
        return None if swollen else _TAGS[element.tag]
    names = f"{element.attrs.get('class') or ''} {element.attrs.get('id') or ''}"
    if not may_name_place(names):
        return None
    if inside:
        return place_inside_main(names)
    place = place_named(names)
    if place is None or (total > 200 and weights.text(element) > _MOST * total and weights.plain(element) * 3 > total):
        return None
    return place


def _in_article(element: El) -> bool:
    parent = element.parent
    while parent is not None:
        if parent.tag == "article":
            return True
        parent = parent.parent
    return False


def _main_by_words(elements: list[El], weights: Weights) -> El | None:
    """The smallest element named as content that holds enough of the page's plain text."""
    candidates = [
        element
        for element in elements
        if element.place == "main"
        and element.tag in _CONTAINERS
        and element.tag != "body"
        and (element.attrs.get("class") or element.attrs.get("id"))
        and names_main(f"{element.attrs.get('class') or ''} {element.attrs.get('id') or ''}")
    ]
    if not candidates:
        return None
    whole = sum(weights.plain(element) for element in _tops(elements))
    enough = [element for element in candidates if weights.plain(element) * 2 > whole > 0]
    return enough[-1] if enough else None


def _tops(elements: list[El]) -> list[El]:
    """Outermost elements of the main place that hold no other place: their weights add up to the main content."""
    mixed: set[int] = set()
    for element in elements:
        if element.place != "main":
            parent = element.parent
            while parent is not None and parent.order not in mixed:
                mixed.add(parent.order)
                parent = parent.parent
    return [
        element
        for element in elements
        if element.place == "main"
        and element.order not in mixed
        and (element.parent is None or element.parent.order in mixed)
    ]


def _main_by_weight(elements: list[El], weights: Weights) -> El:
    """Go down from the body as long as one child holds most of what is not navigation."""
    here = next((element for element in elements if element.tag == "body"), elements[0])
    while True:
        kids = [kid for kid in here.kids if kid.place == "main"]
        if not kids:
            return here
        worth = [weights.plain(kid) + 0.3 * weights.linked(kid) for kid in kids]
        best = max(range(len(kids)), key=worth.__getitem__)
        if kids[best].tag not in _CONTAINERS or not worth[best] or worth[best] < _MOST * sum(worth):
            return here
        here = kids[best]


def _settle_neighbours(main: El, weights: Weights, *, explicit: bool) -> None:
    """What stands beside the main content on the way up: link lists are menus, and little else is content."""
    here = main
    while here.parent is not None:
        parent = here.parent
        for kid in parent.kids:
            if kid is here or kid.place != "main":
                continue
            before = kid.order < here.order
            dense = weights.linked(kid) > weights.plain(kid)
            links = sum(1 for inner in _below(kid) if inner.tag == "a")
            if dense and links >= 3:
                beside = kid.tag == "td"
                _spread(kid, "menu" if before else "aside" if beside else "footer")
            elif explicit:
                _spread(kid, "header" if before else "aside")
        here = parent


def _below(element: El) -> list[El]:
    found: list[El] = []
    waiting = [element]
    while waiting and len(found) < 400:
        one = waiting.pop()
        found.append(one)
        waiting.extend(one.kids)
    return found


def _spread(element: El, place: Place) -> None:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.place == "main":
            one.place = place
            waiting.extend(one.kids)


def _settle_rights(tree: Tree, weights: Weights) -> None:
    """A copyright line near the end is the footer, and so is the small block that holds it."""
    elements = tree.elements
    total = weights.text(elements[0])
    from_piece = len(tree.pieces) * 2 // 3
    ending = "".join(tree.pieces[from_piece:]).lower()
    if not any(mark in ending for mark in _RIGHTS_MARKS):
        return
    at = next(
        (at for at in range(len(tree.pieces) - 1, from_piece - 1, -1) if _RIGHTS.search(tree.pieces[at])),
        None,
    )
    if at is None:
        return
    around = [
        element
        for element in elements
        if element.t0 <= at < element.t1 and element.place == "main" and element.tag in _CONTAINERS | {"p", "ul", "li"}
    ]
    small = [element for element in around if weights.text(element) < min(700, total * 0.25)]
    if small:
        _spread(small[0], "footer")
