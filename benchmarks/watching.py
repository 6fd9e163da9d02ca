"""Runs a command and watches what it and all its descendants take: wall time, CPU time, memory."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

LOOK_SECONDS = 0.25
MEMORY_EVERY = 8
"""Memory is asked for at every so-manieth look: shared pages make it dear."""


@dataclass(frozen=True, slots=True)
class Watched:
    """`cpu_seconds` by role (the last word of a process's command that names one), `peak_memory_mb` proportional."""

    wall_seconds: float
    cpu_seconds: Mapping[str, float]
    peak_memory_mb: float
    output: str


def watch(command: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run a command to its end. Raises CalledProcessError where it fails.

    The CPU time of a process that ends between two looks is known up to its last look.
    """
    started = time.monotonic()
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, text=True)
    cpu: dict[int, float] = {}
    roles: dict[int, str] = {}
    peak = 0.0
    looks = 0
    while process.poll() is None:
        memory = 0.0
        for one in _family(process.pid):
            with suppress(psutil.Error):
                times = one.cpu_times()
                cpu[one.pid] = times.user + times.system
                roles.setdefault(one.pid, _role(one.cmdline()))
                if looks % MEMORY_EVERY == 0:
                    memory += one.memory_full_info().pss / 1e6
        peak = max(peak, memory)
        looks += 1
        time.sleep(LOOK_SECONDS)
    wall = time.monotonic() - started
    output = process.stdout.read() if process.stdout is not None else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    by_role: dict[str, float] = {}
    for pid, seconds in cpu.items():
        by_role[roles[pid]] = by_role.get(roles[pid], 0.0) + seconds
    return Watched(wall, by_role, peak, output)


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    return []


def _role(command: Sequence[str]) -> str:
    line = " ".join(command)
    if "spawn_main" in line:
        return "perception"
    if "resource_tracker" in line:
        return "other"
    if "crawler.process" in line:
        return "crawl"
    return "judging" if "benchmarks" in line or "didban" in line else Path(command[0]).name if command else "other"
