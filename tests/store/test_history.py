"""Rounds published by others are kept as they are, and never overwrite anything silently."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.loading import load_framework, load_published
from config.models import Register
from store import repository
from store.history import HistoryConflictError, import_published, published_rounds

ROOT = Path(__file__).parents[2] / "config"
ROUNDS = load_published(ROOT / "published" / "iran")


def test_rounds_come_back_as_they_were_imported(engine: Engine) -> None:
    assert set(import_published(engine, ROUNDS).values()) == {"new"}
    assert tuple(published_rounds(engine)) == ROUNDS
    assert set(import_published(engine, ROUNDS).values()) == {"unchanged"}


def test_other_figures_are_refused_until_they_are_asked_to_replace(engine: Engine) -> None:
    import_published(engine, ROUNDS)
    changed = ROUNDS[0].model_copy(update={"note": "corrected"})
    with pytest.raises(HistoryConflictError, match="'iran-1' was imported with other figures"):
        import_published(engine, [changed])
    assert published_rounds(engine)[0] == ROUNDS[0]
    assert import_published(engine, [changed], replace=True) == {"iran-1": "replaced"}
    assert published_rounds(engine)[0] == changed


def test_own_round_of_the_same_name_stays(engine: Engine) -> None:
    framework = load_framework(ROOT / "frameworks" / "english-example.toml")
    repository.open_round(engine, "iran-3", Register(agencies=(), services=()), framework)
    with pytest.raises(HistoryConflictError, match="own round 'iran-3'"):
        import_published(engine, ROUNDS)
    assert published_rounds(engine) == []
