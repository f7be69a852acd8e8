"""How much memory and disk the embedded engine gets, and the refusal to start on too little of either."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph.errors import SettingRefused, TooLittleDisk, TooLittleMemory

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE

# The whole city, 476,705 people, loads into the smallest of these (700 MiB of memory in all), and comes back
# from a kill within seconds. The usual one leaves room for queries; nothing was measured past the largest.
SMALLEST_HEAP = 512 * MEBIBYTE
USUAL_HEAP = GIBIBYTE
LARGEST_HEAP = 3 * GIBIBYTE
# What Java needs beside its heap, and what the application itself needs.
BESIDE_THE_HEAP = 512 * MEBIBYTE
STEP = 128 * MEBIBYTE

HEAP_SETTING = "GRAPH_HEAP"
SMALLEST_SETTING = 256 * MEBIBYTE
_SETTING = re.compile(r"([1-9][0-9]{0,6})([mMgG])")
_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


@dataclass(frozen=True, slots=True)
class MachineMemory:
    """Bytes of memory: all that this process may ever use, and what of it is free now."""

    total: int
    available: int


def machine_memory(cgroup_limits: tuple[Path, ...] = _CGROUP_LIMITS) -> MachineMemory:
    """Read the machine's memory, or the container's where that is less."""
    memory = psutil.virtual_memory()
    total, available = memory.total, memory.available
    for path in cgroup_limits:
        try:
            limit = int(path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue  # No such file on this system, or "max": no limit.
        total, available = min(total, limit), min(available, limit)
    return MachineMemory(total, available)


def heap_for(total: int, available: int, setting: str | None) -> str:
    """Choose the engine's heap in Java's notation ("1024m") from bytes of memory and the operator's setting.

    Without a setting: a quarter of the machine, at least the usual and at most the largest heap, and never
    more than is free beside what Java and the application need. Raises SettingRefused for a setting that is
    not a size, TooLittleMemory for one that the machine does not have, and where the machine has too little
    for any.
    """
    if setting is not None:
        return _heap_as_set(total, setting)
    room = available - BESIDE_THE_HEAP
    wanted = min(max(total // 4, USUAL_HEAP), LARGEST_HEAP)
    heap = min(wanted, room) // STEP * STEP
    if heap < SMALLEST_HEAP:
        needed = SMALLEST_HEAP + BESIDE_THE_HEAP
        raise TooLittleMemory(needed=needed // MEBIBYTE, there=max(available, 0) // MEBIBYTE)
    return f"{heap // MEBIBYTE}m"


def _heap_as_set(total: int, setting: str) -> str:
    match = _SETTING.fullmatch(setting.strip())
    if match is None:
        must = "must be a whole number followed by m or g, such as 1500m or 2g; leave it out to have it chosen"
        raise SettingRefused(setting=HEAP_SETTING, must=must)
    number, unit = match.groups()
    heap = int(number) * (GIBIBYTE if unit in "gG" else MEBIBYTE)
    if heap < SMALLEST_SETTING:
        must = f"must be at least {SMALLEST_SETTING // MEBIBYTE}m, with less the graph engine does not start"
        raise SettingRefused(setting=HEAP_SETTING, must=must)
    if heap > total:
        raise TooLittleMemory(needed=heap // MEBIBYTE, there=total // MEBIBYTE)
    return f"{heap // MEBIBYTE}m"


def free_bytes(folder: Path) -> int:
    """Bytes that are free on the disk that holds the folder."""
    return shutil.disk_usage(folder).free


def require_disk(folder: Path, needed: int) -> None:
    """Raise TooLittleDisk unless that many bytes are free where the folder is."""
    free = free_bytes(folder)
    if free < needed:
        raise TooLittleDisk(folder=folder, needed=needed // MEBIBYTE, free=free // MEBIBYTE)
