"""What the figures were measured on: facts of the machine, without its name and without paths."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from graph.engines.memory import GIBIBYTE, machine_memory

_CPU_INFORMATION = Path("/proc/cpuinfo")


def machine_facts() -> dict[str, str]:
    """Return the facts by what they are called in the report."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {
        "CPU": _cpu_model(),
        "cores": str(cores),
        "memory": f"{machine_memory().total / GIBIBYTE:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "driver": f"neo4j {version('neo4j')} with neo4j-rust-ext {version('neo4j-rust-ext')}",
        "GraphQL": f"strawberry-graphql {version('strawberry-graphql')} on graphql-core {version('graphql-core')}",
        "load average before": f"{os.getloadavg()[0]:.2f}",
    }


def _cpu_model() -> str:
    if _CPU_INFORMATION.exists():
        for line in _CPU_INFORMATION.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or "unknown"
