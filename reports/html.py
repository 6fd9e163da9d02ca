"""The static report of a round: Persian (right to left) and English pages that need no network."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from checks.findings import Finding
from config.models import Agency
from config.vocabulary import Outcome
from config.wording import Language, cause_text, moment, number, percent
from reports.data import AgencyReport, IndicatorCell, RoundReport
from reports.words import word
from snapshot.models import Box, Evidence

ReadPicture = Callable[[AgencyReport, Evidence], bytes | None]
"""Gives the picture of a piece of evidence (outlined JPEG), or None where no screenshot was taken."""


def write_report(report: RoundReport, folder: Path, read_picture: ReadPicture) -> Path:
    """Write the report into `folder` (made anew) and return the Persian index page.

    The report is built beside the old one and then put in its place, so that a reader never meets half of it.
    Raises OSError where the folder cannot be written.
    """
    building = folder.with_name(folder.name + ".building")
    shutil.rmtree(building, ignore_errors=True)
    (building / "evidence").mkdir(parents=True)
    with as_file(files("reports") / "static") as static:
        shutil.copytree(static, building / "static")
    pictures = _write_pictures(report, building / "evidence", read_picture)
    languages: tuple[tuple[Language, Path], ...] = (("fa", building), ("en", building / "en"))
    for language, base in languages:
        (base / "agency").mkdir(parents=True)
        pages = _Pages(language, report, pictures)
        (base / "index.html").write_text(pages.index(), encoding="utf-8")
        for entry in report.agencies:
            (base / "agency" / f"{entry.agency.id}.html").write_text(pages.agency(entry), encoding="utf-8")
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    building.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return folder / "index.html"


def _write_pictures(report: RoundReport, folder: Path, read_picture: ReadPicture) -> Mapping[str, str]:
    written: dict[str, str] = {}
    for entry in report.agencies:
        for piece in _evidence(entry):
            key = piece_key(piece)
            if key in written:
                continue
            picture = read_picture(entry, piece)
            if picture is None:
                continue
            name = hashlib.sha256(picture).hexdigest()[:24] + ".jpg"
            (folder / name).write_bytes(picture)
            written[key] = name
    return written


def _evidence(entry: AgencyReport) -> Iterator[Evidence]:
    for cell in entry.cells:
        for finding in cell.findings:
            yield from finding.evidence


def piece_key(piece: Evidence) -> str:
    """Names the picture of one piece of evidence: the same page, element and document share it."""
    return f"{piece.screenshot}|{piece.sha256}|{_corner(piece.box)}"


def _corner(box: Box | None) -> str:
    return "" if box is None else f"{box.x},{box.y},{box.width},{box.height}"


class _Pages:
    """The pages of one language."""

    def __init__(self, language: Language, report: RoundReport, pictures: Mapping[str, str]) -> None:
        self.language = language
        self.report = report
        environment = Environment(
            loader=PackageLoader("reports"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            language=language,
            round=report,
            pictures=pictures,
            w=lambda key: word(key, language),
            number=lambda value: number(value, language),
            percent=lambda value: percent(value, language),
            moment=lambda value: moment(value, language),
            name=self._name,
            link=_link,
            heat=_heat,
            cell_text=self._cell_text,
            finding_class=_finding_class,
            outcome_text=self._outcome_text,
            service_title=self._service_title,
            click_path=self._click_path,
            anchor=_anchor,
            piece_key=piece_key,
        )
        self._environment = environment

    def index(self) -> str:
        """The ranking page."""
        base = "" if self.language == "fa" else "../"
        other = "en/index.html" if self.language == "fa" else "../index.html"
        return self._environment.get_template("index.html.j2").render(base=base, other_language=other)

    def agency(self, entry: AgencyReport) -> str:
        """The scorecard of one agency."""
        fa = self.language == "fa"
        base = "../" if fa else "../../"
        other = f"../en/agency/{entry.agency.id}.html" if fa else f"../../agency/{entry.agency.id}.html"
        return self._environment.get_template("agency.html.j2").render(base=base, other_language=other, entry=entry)

    def _name(self, agency: Agency) -> str:
        return agency.name_fa if self.language == "fa" else agency.name_en or agency.name_fa

    def _cell_text(self, cell: IndicatorCell) -> str:
        if cell.state == "na":
            return "–"
        if cell.state == "unknown" or cell.value is None:
            return "؟" if self.language == "fa" else "?"
        return number(f"{float(cell.value):.2f}".rstrip("0").rstrip("."), self.language)

    def _outcome_text(self, finding: Finding) -> str:
        if finding.outcome == Outcome.NA:
            return word("na", self.language)
        if finding.level is not None:
            text = number(finding.level, self.language)
            return text if finding.outcome == Outcome.LEVEL else f"{word('conflict', self.language)} {text}"
        text = word("unknown", self.language)
        if finding.cause is not None:
            text += f" ({cause_text(finding.cause, self.language)})"
        if finding.ceiling is not None:
            text += f" · {word('ceiling', self.language)} {number(finding.ceiling, self.language)}"
        return text

    def _service_title(self, entry: AgencyReport, service_id: str) -> str:
        service = next((s for s in entry.services if s.id == service_id), None)
        if service is None:
            return service_id
        return service.title_fa if self.language == "fa" else service.title_en or service.title_fa

    def _click_path(self, piece: Evidence) -> str:
        words = {"start": "home_page", "register": "register_start", "sitemap": "sitemap_start"}
        steps = [word(words[s.how], self.language) if s.how in words else s.text or s.url for s in piece.click_path]
        return (" ← " if self.language == "fa" else " → ").join(steps) or "–"


def _link(url: str) -> Markup:
    """A link out of the report; only web addresses become one, since portals choose what stands here."""
    if not url.lower().startswith(("http://", "https://")):
        return Markup('<code dir="ltr">{}</code>').format(url)
    return Markup('<a dir="ltr" rel="noopener noreferrer nofollow" href="{0}">{0}</a>').format(url)


def _heat(cell: IndicatorCell) -> str:
    if cell.state == "na":
        return "n"
    if cell.state == "unknown" or cell.value is None:
        return "u"
    return f"l{round(float(cell.value) * 4)}"


def _finding_class(finding: Finding) -> str:
    if finding.outcome == Outcome.NA:
        return "n"
    return "u" if finding.level is None else f"l{round(finding.level * 4)}"


def _anchor(finding: Finding) -> str:
    return f"{finding.indicator}-{finding.service or 'portal'}"
