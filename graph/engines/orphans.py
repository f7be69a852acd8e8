"""Engines that outlived a killed application: found by the folder on their command line, and ended."""

from pathlib import Path

import psutil

_PATIENCE = 10.0


def home_argument(engine_home: Path) -> str:
    """Give the argument by which an engine names its folder, and by which an orphan is known."""
    return f"-Darcadedb.server.rootPath={engine_home}"


def find_orphans(engine_home: Path) -> list[psutil.Process]:
    """Find processes whose command line names this very folder as the engine's.

    The command line, and not a process id on disk, tells whose an engine is: ids are used again after a
    restart of the machine, and the file with the id may be missing or damaged.
    """
    marker = home_argument(engine_home)
    found = []
    for process in psutil.process_iter():
        try:
            if marker in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue  # It ended meanwhile, or it belongs to somebody else.
    return found


def end_orphans(engine_home: Path, patience: float = _PATIENCE) -> list[int]:
    """End every engine of this folder and give their process ids; to be called with the folder's lock held.

    They are asked first, so that they close their databases, and killed when they don't end within `patience`
    (seconds): what they acknowledged is on disk already.
    """
    orphans = find_orphans(engine_home)
    for process in orphans:
        _ask(process)
    _, stubborn = psutil.wait_procs(orphans, timeout=patience)
    for process in stubborn:
        _kill(process)
    psutil.wait_procs(stubborn, timeout=patience)
    return [process.pid for process in orphans]


def _ask(process: psutil.Process) -> None:
    try:
        process.terminate()
    except psutil.Error:
        return


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
