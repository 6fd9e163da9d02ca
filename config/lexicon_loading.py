"""Reads the lexicon files, naming every fault at once."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from config.lexicon_models import Lexicon
from config.problems import InputError, Problem

SHIPPED = Path(__file__).parent / "lexicons"


def load_lexicons(folder: Path | None = None) -> tuple[Lexicon, ...]:
    """All `*.toml` of a folder (the shipped lexicons where none is given), in the order of their names.

    Raises InputError with every fault of every file.
    """
    lexicons: list[Lexicon] = []
    problems: list[Problem] = []
    for path in sorted((folder or SHIPPED).glob("*.toml")):
        try:
            lexicons.append(Lexicon.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig"))))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            problems.append(Problem(file=path.name, row=None, column=None, value="", fix=f"Write valid TOML: {fault}"))
        except ValidationError as fault:
            problems.extend(
                Problem(
                    file=path.name,
                    row=None,
                    column=".".join(str(part) for part in error["loc"]),
                    value=str(error["input"])[:80],
                    fix=error["msg"],
                )
                for error in fault.errors()
            )
    if problems:
        raise InputError(tuple(problems))
    return tuple(lexicons)
