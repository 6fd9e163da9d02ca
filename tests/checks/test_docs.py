"""docs/checks.md says what the checks say of themselves."""

from pathlib import Path

import pytest

from checks.base import Result, at_level, check
from checks.docs import HEADINGS, check_section, checks_markdown, docstring_parts
from checks.registry import RegisteredCheck, load_checks

PAGE = Path(__file__).parent.parent.parent / "docs" / "checks.md"


def _entry(docstring: str) -> RegisteredCheck:
    @check(id="sample", scope="portal", labels=("faq",), version=3, messages={"none": {"fa": "هیچ", "en": "None."}})
    def sample(snapshot: object, *, enough: int = 2) -> Result:
        return at_level(0, "none")

    sample.__doc__ = docstring
    return RegisteredCheck(sample.check_meta, sample, "checks.sample")  # type: ignore[attr-defined]


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == checks_markdown(), "run: python -m checks.docs > docs/checks.md"


@pytest.mark.parametrize("check_id", sorted(load_checks()))
def test_every_check_has_the_fixed_headings(check_id: str) -> None:
    summary, parts = docstring_parts(load_checks()[check_id])
    assert summary.endswith(".")
    assert all(parts[heading] for heading in HEADINGS)


def test_a_section_names_labels_options_messages_and_cases(tmp_path: Path) -> None:
    case = tmp_path / "sample" / "top" / "case.toml"
    case.parent.mkdir(parents=True)
    case.write_text('title = "All there"\nkind = "top"\n[expect]\nlevel = 1.0\n', encoding="utf-8")
    text = "Sums up.\n\nWhat it looks for: this.\nWhy it matters: that.\nHow to fix: so.\nKnown limits: none."
    section = check_section(_entry(text), tmp_path)
    assert "`faq`" in section
    assert "`enough`" in section
    assert "| none | هیچ | None. |" in section
    assert "| `top` | All there | level 1.0 |" in section
    assert "**How to fix.** So." in section


def test_a_missing_heading_is_an_error() -> None:
    with pytest.raises(ValueError, match="Known limits"):
        docstring_parts(_entry("Sums up.\n\nWhat it looks for: this.\nWhy it matters: that.\nHow to fix: so."))
