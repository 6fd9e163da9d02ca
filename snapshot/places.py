"""Where an element stands on its page: document order and nesting, read from structural selectors."""

import re

from snapshot.perception.models import Heading, Perception

_STEP = re.compile(r"nth-child\((\d+)\)")


def position(selector: str) -> tuple[int, ...]:
    """A key that sorts elements in document order; the key of an element begins with the key of what it stands in."""
    steps = selector.split(" > ")
    numbers = [_STEP.search(step) for step in steps if step not in ("html", "body")]
    return tuple(int(number.group(1)) if number else 0 for number in numbers)


def inside(selector: str, outer: str) -> bool:
    """Whether one element stands in another one (or is it)."""
    return selector == outer or selector.startswith(outer + " > ")


def in_heading(perception: Perception, selector: str) -> bool:
    """Whether an element stands in a heading: it is a title itself, and what stands above is not its title."""
    return any(
        inside(selector, heading.selector) or inside(heading.selector, selector) for heading in perception.headings
    )


def heading_above(perception: Perception, selector: str) -> Heading | None:
    """The last heading of the main content that stands before an element and outside it."""
    place = position(selector)
    above = None
    for heading in perception.headings:
        if heading.place == "main" and position(heading.selector) < place and not inside(heading.selector, selector):
            above = heading
    return above
