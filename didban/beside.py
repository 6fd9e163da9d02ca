"""A worker beside another command: what serves people on one machine also does the jobs that they order."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from didban.workspace import Workspace

END_SECONDS = 60.0


@contextlib.contextmanager
def worker_beside(space: Workspace) -> Iterator[None]:
    """Keep a `didban worker` of this workspace while the block runs; it ends with this process, however that ends.

    It has the settings of this process. Where another worker does the queue of this workspace already, it ends by
    itself and that one goes on.
    """
    command = [sys.executable, "-m", "didban", "worker", "--home", str(space.home), "--with-parent"]
    if space.settings.allow_private:
        command.append("--allow-private")
    environment = {**os.environ, **_settings_of(space)}
    space.logs.mkdir(parents=True, exist_ok=True)
    with (space.logs / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)  # noqa: S603 - our own program
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _settings_of(space: Workspace) -> dict[str, str]:
    """What was set for this workspace, also in the program itself, as the environment says it."""
    chosen = {name: getattr(space.settings, name) for name in space.settings.model_fields_set - {"home"}}
    plain = {name: value for name, value in chosen.items() if isinstance(value, (str, int, float))}
    return {f"DIDBAN_{name.upper()}": str(value) for name, value in plain.items()}
