"""Every limit and address that an operator may set: environment (DIDBAN_ prefix) or didban.toml in the workspace."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

Positive = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]


class Settings(BaseSettings):
    """Settings of one workspace. The environment wins over `<home>/didban.toml`, which wins over these defaults."""

    model_config = SettingsConfigDict(env_prefix="DIDBAN_", frozen=True, extra="ignore")

    home: Path = Field(Path("didban-data"), description="Workspace folder: didban.db, evidence/, reports/.")
    database_url: str = Field("", description="SQLAlchemy address; empty = didban.db in the workspace.")
    chromium: Path | None = Field(None, description="Browser program; empty = the first one found on PATH.")
    vantage: str = Field("", description="Where portals are looked at from, e.g. 'Tehran'; written into each snapshot.")

    user_agent: str = Field(
        "Didban/0.1 (portal evaluation; +contact: set DIDBAN_CONTACT)", description="How Didban names itself."
    )
    contact: str = Field("", description="Address for portal owners; put into the user agent and the From header.")
    obey_robots: bool = Field(default=True, description="Read and obey robots.txt.")
    requests_per_second: Positive = Field(1.0, description="Documents, own calls and probes, per host.")
    crawl_delay_max_seconds: Positive = Field(10.0, description="Longest Crawl-delay of a robots.txt that is kept to.")
    retry_after_max_seconds: Positive = Field(300.0, description="A longer Retry-After ends the host's visit: blocked.")
    retries: Count = Field(2, description="New tries after a timeout, a reset or a 5xx answer.")
    request_timeout_seconds: Positive = Field(30.0, description="One HTTP document.")
    max_redirects: Count = Field(10, description="Redirects followed for one document.")
    max_body_bytes: Count = Field(8_000_000, description="One HTML document, after decompression.")
    max_file_bytes: Count = Field(20_000_000, description="One PDF or other file.")
    allow_private: bool = Field(default=False, description="Visit private addresses that the register names.")
    active_probes: bool = Field(default=False, description="Send an obviously invalid code to tracking forms.")
    probes_off: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Probes left out, e.g. 'mobile,languages'."
    )
    max_probe_seconds: Positive = Field(300.0, description="One probe of one visit.")
    link_sample: Count = Field(40, description="Own links of one portal whose targets are looked at.")
    timing_repeats: Count = Field(5, description="Loads of home over HTTP that the timing is the median of.")
    sample_spacing_minutes: Positive = Field(
        10.0, description="Availability samples of one portal that lie closer together count as one."
    )

    max_pages: Count | None = Field(
        None, description="Pages of one visit; empty = pages_base + pages_per_unit x units."
    )
    pages_base: Count = Field(60, description="Pages of one visit before its service units are counted.")
    pages_per_unit: Count = Field(2, description="Further pages for each service unit.")
    max_visit_seconds: Positive = Field(3_600.0, description="One visit, evidence leg included.")
    max_visit_bytes: Count = Field(500_000_000, description="Bytes downloaded in one visit.")
    max_links_per_page: Count = Field(3_000, description="Links of one page that are looked at.")

    render_timeout_seconds: Positive = Field(
        25.0, description="One page in the browser, to its load event and settling."
    )
    max_renders: Count = Field(60, description="Pages of one visit that the browser may show; 0 = no browser.")
    browser_recycle_pages: Count = Field(200, description="Pages after which the browser is started anew.")
    screenshot_max_height: Count = Field(8_000, description="Full-page screenshots are cut here, CSS pixels.")
    perception_workers: Count = Field(1, description="Processes that look at pages beside the crawl; 0 = in the crawl.")

    jobs_url: str = Field(
        "", description="Queue's SQLAlchemy address; empty = the database_url, or jobs.db in the workspace."
    )
    worker_slots: Annotated[int, Field(ge=1)] = Field(20, description="Jobs side by side in one worker; in all alike.")
    lease_seconds: Positive = Field(60.0, description="A worker silent for longer loses its visits to others.")
    pass_delays_hours: Annotated[tuple[float, ...], NoDecode] = Field(
        (1.0, 7.0), description="Later passes over what failed for a cause that may pass, hours after the one before."
    )

    @field_validator("pass_delays_hours", mode="before")
    @classmethod
    def _split_numbers(cls, value: object) -> object:
        return tuple(float(part) for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("probes_off", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then environment, then didban.toml of the workspace that these name."""
        known = {**env_settings(), **init_settings()}
        file = Path(known.get("home") or "didban-data") / "didban.toml"
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file))

    def page_budget(self, service_unit_count: int) -> int:
        """Pages that one visit may read."""
        return (
            self.max_pages if self.max_pages is not None else self.pages_base + self.pages_per_unit * service_unit_count
        )
