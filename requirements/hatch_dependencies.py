"""Build hook: the project's dependencies are the lines of run.in, so that they are named in one place only."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

BUILD_ONLY = {"editables", "hatchling"}


class DependenciesFromFile(MetadataHookInterface):
    """Fills `dependencies` of the distribution."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Read run.in; comments and build tools are left out."""
        lines = (Path(self.root) / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
        names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        metadata["dependencies"] = [name for name in names if name not in BUILD_ONLY]
