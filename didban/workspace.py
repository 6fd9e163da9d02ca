"""The workspace: one folder with the database, the evidence and the reports of an evaluation."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.declarations import declared_file
from config.settings import Settings
from didban.errors import BadInputError, EnvironmentMissingError


class Workspace:
    """Paths of a workspace and its lock. Nothing is written before `prepare`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = settings.home.expanduser().absolute()

    @property
    def database_url(self) -> str:
        """SQLAlchemy address of the store."""
        return self.settings.database_url or f"sqlite:///{self.home / 'didban.db'}"

    @property
    def jobs_url(self) -> str:
        """SQLAlchemy address of the queue: beside the store on a server, in a file of its own in a workspace."""
        shared = self.settings.database_url if not self.settings.database_url.startswith("sqlite") else ""
        return self.settings.jobs_url or shared or f"sqlite:///{self.home / 'jobs.db'}"

    @property
    def reports(self) -> Path:
        """Folder of reports, one folder a round."""
        return self.home / "reports"

    @property
    def logs(self) -> Path:
        """Folder of logs."""
        return self.home / "logs"

    @property
    def objects(self) -> Path:
        """Folder of content-addressed bytes that snapshots share."""
        return self.home / "evidence" / "objects"

    def national_window(self, round_name: str) -> Path:
        """File of the export of the national window that was given to a round."""
        return self.home / "evidence" / "national-window" / f"{round_name}.json"

    def keep_national_window(self, round_name: str, document: str) -> None:
        """Keep an export in place of the one before. Raises EnvironmentMissingError where it cannot be written."""
        target = self.national_window(round_name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_suffix(".part")
            half.write_text(document, encoding="utf-8")
            half.replace(target)
        except OSError as error:
            raise EnvironmentMissingError(f"{target} cannot be written: {error.strerror or error}.") from error

    def keep_declared(self, source: Path, sha256: str) -> None:
        """Keep a file given as evidence under its digest. Raises EnvironmentMissingError where it cannot be written."""
        target = declared_file(self.home, sha256)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                half = target.with_suffix(".part")
                shutil.copyfile(source, half)
                half.replace(target)
        except OSError as error:
            raise EnvironmentMissingError(f"{target} cannot be written: {error.strerror or error}.") from error

    def prepare(self) -> None:
        """Make the folders. Raises EnvironmentMissingError where the workspace cannot be written."""
        try:
            for folder in (self.home, self.reports, self.logs, self.objects):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.home / ".write-test"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise EnvironmentMissingError(
                f"The workspace {self.home} cannot be written: {reason}. Choose another with --home or DIDBAN_HOME."
            ) from error

    def require(self) -> None:
        """Raise BadInputError where no workspace is here, so that reading commands make none by accident."""
        if self.settings.database_url or (self.home / "didban.db").exists():
            return
        raise BadInputError(
            f"There is no Didban workspace in {self.home}. Begin with 'didban init {self.home}' or 'didban run', "
            "or name another with --home or DIDBAN_HOME."
        )

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Hold a named lock of this workspace; a second holder gets BadInputError at once. Falls with the process."""
        path = self.home / f".{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock"
        with path.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BadInputError(f"Another didban command is at work on {name}. Wait until it has ended.") from error
            yield
