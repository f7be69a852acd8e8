"""The few steps between a new process and Java: tie its life to the application's, then become the engine.

Run as a file of its own, `python -I -S launch.py PARENT -- JAVA ARGUMENTS`, since it must start in
milliseconds and must not import the package. The process id stays the same, so that the application waits for
the engine itself and not for a go-between.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def tie_to(parent: int) -> bool:
    """Ask the system to end this process when its parent dies; False where the parent is dead already.

    Only Linux has this. Elsewhere an engine that outlives a killed application is ended by the next start.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # The parent may have died before the request was made; then nobody would ever send the signal.
    return os.getppid() == parent


def main(arguments: list[str]) -> int:
    """Become the command after the `--`; returns an exit status only when that fails."""
    if len(arguments) < 3 or arguments[1] != "--":  # noqa: PLR2004 - the parent, the dashes and a command
        sys.stderr.write("usage: launch.py PARENT -- COMMAND [ARGUMENTS]\n")
        return 2
    # Whatever the engine creates is for this user alone.
    os.umask(0o077)
    if not tie_to(int(arguments[0])):
        sys.stderr.write("The application ended before its engine started.\n")
        return 1
    command = arguments[2:]
    # It does not come back: the process is the engine from here on.
    return os.execv(command[0], command)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
