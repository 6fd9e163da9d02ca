"""The frozen result of a round: what it rests on, and what came out."""

from config.models import Frozen
from scoring.results import AgencyResult


class Edition(Frozen):
    """One edition of a round's result, as it was frozen.

    Register and framework stand in it as they were locked; visits by id; decisions, declarations and participation up
    to the numbers given, each set with the sha256 over its documents in order.
    """

    round: str
    number: int
    register_json: str
    framework_json: str
    visits: tuple[str, ...]
    last_decision: int
    last_declaration: int
    last_participation: int
    findings_sha256: str
    decisions_sha256: str
    declarations_sha256: str
    participation_sha256: str
    results: tuple[AgencyResult, ...]
