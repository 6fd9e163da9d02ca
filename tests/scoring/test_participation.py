"""Participation: counted, listed, and worth points only where the framework says so."""

from fractions import Fraction

from config.models import Framework, Indicator, ParticipationBonus, Priority, Text
from config.participation import SessionRow
from scoring.participation import bonus_points, participation, participation_counts, with_bonus
from scoring.ranking import ranking
from scoring.score import AgencyScore, Estimate

NAME = Text(fa="نام", en="name")
RULES = Framework(
    id="f",
    version="1",
    name=NAME,
    status=NAME,
    priorities=(Priority(id="P", name=NAME, weight=Fraction(1)),),
    indicators=(Indicator(id="A", priority="P", name=NAME, scope="portal", mode="auto", levels=(0.0, 1.0)),),
)
BONUS = RULES.model_copy(update={"participation_bonus": ParticipationBonus(full=Fraction(2), partial=Fraction(1, 2))})


def row(
    agency: str, session: str | None, attended: bool = True, representatives: int = 1, refused: bool = False
) -> SessionRow:
    return SessionRow(
        row=2, session=session, agency=agency, invited=session is not None, attended=attended,
        representatives=representatives if attended else 0, refused=refused,
    )  # fmt: skip


def test_round_with_sessions_representatives_and_refusals_is_counted_as_it_is_published() -> None:
    # The sixth round: 21 sessions, 110 representatives, 105 agencies, two that did not co-operate.
    rows = [row(f"a{n}", f"s{n % 21}", representatives=2 if n < 5 else 1) for n in range(105)]
    rows += [row(name, None, attended=False, refused=True) for name in ("interior", "energy")]
    counts = participation_counts(rows)
    assert (counts.sessions, counts.agencies_attending, counts.representatives) == (21, 105, 110)
    assert counts.refused == ("energy", "interior")


def test_list_goes_by_share_of_invitations_then_sessions_then_representatives() -> None:
    rows = [
        row("all", "1"), row("all", "2"), row("one", "1"), row("twin", "1"), row("half", "1"),
        row("half", "2", attended=False), row("away", "1", attended=False),
        row("refused", "1", attended=False, refused=True), row("never", None, attended=False, refused=True),
    ]  # fmt: skip
    listed = {entry.agency: (entry.rank, entry.word) for entry in participation(rows)}
    assert listed == {
        "all": (1, "full"), "one": (2, "full"), "twin": (2, "full"), "half": (4, "partial"), "away": (5, "none"),
        "refused": (6, "none"), "never": (None, "none"),
    }  # fmt: skip
    assert [entry.agency for entry in participation(reversed(rows))] == list(listed)


def test_bonus_is_off_unless_the_framework_has_the_rule() -> None:
    rows = [row("a", "1"), row("b", "1"), row("b", "2", attended=False), row("c", "1", refused=True)]
    assert bonus_points(RULES, rows) == {}
    assert bonus_points(BONUS, rows) == {"a": 2, "b": Fraction(1, 2)}


def test_bonus_raises_the_overall_score_never_above_100_and_nothing_else() -> None:
    def scored(agency: str, value: Fraction) -> AgencyScore:
        return AgencyScore(agency, Estimate(value, value, value, Fraction(1)), enough_seen=True, priorities=())

    scores = {name: scored(name, value) for name, value in {"a": Fraction(1, 2), "b": Fraction(99, 100)}.items()}
    unseen = AgencyScore("c", Estimate(None, Fraction(0), Fraction(1), Fraction(0)), enough_seen=False, priorities=())
    raised = with_bonus({**scores, "c": unseen}, {"a": Fraction(2), "b": Fraction(2), "c": Fraction(2)})
    assert raised["a"].estimate == Estimate(Fraction(52, 100), Fraction(52, 100), Fraction(52, 100), Fraction(1))
    assert [(place.agency, str(place.score)) for place in ranking(BONUS, raised)] == [
        ("b", "100.00"), ("a", "52.00"), ("c", "None"),
    ]  # fmt: skip
    assert with_bonus(scores, {}) == scores
