"""The export of the national window that a round was given, and an agency's part of it for the snapshot."""

from config.national_window import NationalWindowExport
from didban.workspace import Workspace
from snapshot.models import ProbeResult

ARTEFACT = "national-window"


def given_export(workspace: Workspace, round_name: str) -> NationalWindowExport | None:
    """The export that the round was given last, None where it was given none."""
    path = workspace.national_window(round_name)
    return NationalWindowExport.model_validate_json(path.read_bytes()) if path.exists() else None


def artefact_of(export: NationalWindowExport, agency: str) -> ProbeResult:
    """What the export says of one agency, as the artefact probes/national-window.json.

    data: {"file": str, "sha256": str, "exported_at": ISO day, "services": rows or None where the agency's page is not
    in the export}.
    """
    rows = export.agencies.get(agency)
    return ProbeResult(
        status="done",
        data={
            "file": export.file,
            "sha256": export.sha256,
            "exported_at": export.exported_at.isoformat(),
            "services": None if rows is None else [row.model_dump(mode="json") for row in rows],
        },
    )
