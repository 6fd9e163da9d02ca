"""The life of a round: its states, and which move leads from which to which."""

from typing import Literal, get_args

RoundState = Literal["draft", "open", "review", "provisional", "frozen", "published", "withdrawn"]

MOVES: dict[RoundState, tuple[RoundState, ...]] = {
    "draft": ("open", "withdrawn"),
    "open": ("review", "withdrawn"),
    "review": ("open", "provisional", "withdrawn"),
    "provisional": ("review", "frozen", "withdrawn"),
    "frozen": ("published", "provisional", "withdrawn"),
    "published": ("provisional", "withdrawn"),
    "withdrawn": (),
}
"""Forward along the line; back one step with a reason; from published back to provisional for a numbered correction."""

UNDECIDED_STATES: tuple[RoundState, ...] = ("open", "review", "provisional")
"""Where visits count, and decisions, declarations, participation and amendments are taken."""


class RoundStateError(Exception):
    """The round's state does not allow this; the message says which states would, and how to get there."""


def as_state(text: str) -> RoundState:
    """A stored word as a state. Raises ValueError for another word."""
    for state in get_args(RoundState):
        if state == text:
            known: RoundState = state
            return known
    raise ValueError(f"{text!r} is no state of a round")


def require_move(name: str, before: RoundState, after: RoundState, note: str | None) -> None:
    """Raise RoundStateError where the move does not exist, or needs a reason and has none."""
    if after not in MOVES[before]:
        allowed = ", ".join(MOVES[before]) or "nothing more"
        raise RoundStateError(f"Round '{name}' is {before}; from there it can become {allowed}, not {after}.")
    backward = list(MOVES).index(after) < list(MOVES).index(before)
    if (backward or after == "withdrawn") and not (note or "").strip():
        raise RoundStateError(f"Say why round '{name}' goes from {before} to {after}: --note TEXT.")


def require_undecided(name: str, state: RoundState, what: str) -> None:
    """Raise RoundStateError where the round no longer (or not yet) takes `what`."""
    if state not in UNDECIDED_STATES:
        hint = {
            "draft": f"Open it first: didban round open {name}.",
            "frozen": f"Take it back first: didban round provisional {name} --note WHY.",
            "published": f"A correction begins with: didban round provisional {name} --note WHY.",
            "withdrawn": "A withdrawn round stays as it is.",
        }[state]
        raise RoundStateError(f"Round '{name}' is {state} and takes no {what}. {hint}")
