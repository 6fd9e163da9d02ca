"""Every string stands in both languages, is used, and takes the same values."""

import re
import string
from pathlib import Path

from review.permissions import Role
from review.words import LANGUAGES, catalogue, say
from store.round_states import MOVES

ROOT = Path(__file__).parents[2]
LOGGING = [*(ROOT / "store").glob("*.py"), *(ROOT / "didban").rglob("*.py"), *(ROOT / "review").rglob("*.py")]
SOURCES = [*(ROOT / "review").rglob("*.py"), *(ROOT / "review").rglob("*.j2")]
FAMILIES = ("act_", "appeal_", "why_", "role_", "state_", "candidate_", "list_", "job_")
"""Keys that are put together from a word and this beginning."""


def test_both_languages_have_the_same_keys_and_places() -> None:
    first, second = (catalogue(language) for language in LANGUAGES)
    assert first.keys() == second.keys()
    for key in first:
        places = [{name for _, name, _, _ in string.Formatter().parse(text[key]) if name} for text in (first, second)]
        assert places[0] == places[1], key
        assert first[key].strip()


def test_every_key_is_used_and_every_used_key_stands_there() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    words = set(re.findall(r"[a-z][a-z_]+", text))
    known = set(catalogue("fa"))
    assert [
        key for key in known - words if not key.startswith(FAMILIES) and key.removesuffix("_text") not in words
    ] == []
    assert set(re.findall(r"\bt\('([a-z_]+)'[,)]", text)) - known == set()


def test_every_word_of_a_closed_list_has_its_string() -> None:
    known = set(catalogue("en"))
    assert {f"role_{role}" for role in Role} <= known
    assert {f"state_{state}" for state in MOVES} <= known
    acts = {act for path in LOGGING for act in re.findall(r'action="(\w+)"', path.read_text(encoding="utf-8"))}
    assert {f"act_{act}" for act in acts} | {"act_decision", "act_decision_withdrawn"} <= known


def test_values_are_escaped() -> None:
    assert "<" not in str(say("account_was_added", "en", name="<script>"))
