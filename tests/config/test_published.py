"""Rounds published by others: every fault of the files is named, with its row."""

import shutil
from pathlib import Path

import pytest

from config.loading import InputError, load_published, load_register

ROOT = Path(__file__).parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "published" / "iran", tmp_path / "iran")
    return tmp_path / "iran"


def test_every_figure_has_a_source_and_ranked_agencies_are_in_the_register() -> None:
    register = {agency.id for agency in load_register(ROOT / "registers" / "iran").agencies}
    for entry in load_published(ROOT / "published" / "iran"):
        assert all(figure.source for figure in entry.figures)
        assert {result.agency for result in entry.results} <= register


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("agencies.csv", "97.26,1,printed", "197.26,1,printed", "overall: '197.26': write a number up to 100"),
        ("agencies.csv", "97.26,1,printed", "97.26,1,", "place: a rank needs what it rests on"),
        ("agencies.csv", "97.26,1,printed", "97.26,0,printed", "rank: '0': write a whole number above 0"),
        ("agencies.csv", "S5;S1", "S5;S8", "sources.csv has no 'S8'"),
        ("figures.csv", "8,,mean.U,53,printed", "8,,mean.U,53,print", "precision: 'print': did you mean 'printed'"),
        ("figures.csv", "8,,mean.U,53,", "8,,mean.U,,", "value: the cell is empty"),
        ("figures.csv", "8,,mean.U,53,", "11,,mean.U,53,", "round: '11': rounds.csv does not have this round"),
        ("figures.csv", "8,,mean.I,31,", "8,,mean.U,31,", "the same figure stands twice"),
        ("rounds.csv", "12,نیمه", "9,نیمه", "the round stands twice"),
        ("positions.csv", ",energy,", ",,", "agency: the cell is empty"),
    ],
)
def test_fault_is_named(folder: Path, file: str, old: str, new: str, said: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_published(folder)
    assert said in str(raised.value)


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "positions.csv").unlink()
    with pytest.raises(InputError, match=r"positions\.csv: the file cannot be read"):
        load_published(folder)
