"""What the operator sets: read once from the environment, checked at the start, never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from directory.errors import SettingInvalid
from graph.engines.neo4j import RemoteEngine, remote_engine

DEFAULT_PORT = 8000
_HIGHEST_PORT = 65535
_MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; `docs/operations.md` lists them with their defaults.

    `data` is the folder of everything that is kept, `server` is None for the embedded engine, `heap` is the
    embedded engine's memory in Java's notation or None for a share of the machine's, `trusted_proxy` the addresses,
    with commas between them, from which the caller's own address is taken as forwarded.
    """

    data: Path
    host: str
    port: int
    server: RemoteEngine | None
    heap: str | None
    allow_untested: bool
    trusted_proxy: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; raises SettingInvalid with the setting's name and what it may be, never its value.

        SettingRefused likewise for the settings of a graph server.
        """
        return cls(
            data=Path(environment.get("DATA") or "data").absolute(),
            host=environment.get("HOST") or "127.0.0.1",
            port=_port(environment.get("PORT") or str(DEFAULT_PORT)),
            server=remote_engine(environment),
            heap=environment.get("GRAPH_HEAP") or None,
            allow_untested=_flag(environment, "GRAPH_ALLOW_UNTESTED"),
            trusted_proxy=environment.get("TRUSTED_PROXY") or None,
        )

    @property
    def keyring(self) -> Path:
        """The file of the keys, outside the database (E1)."""
        return self.data / "keyring.json"

    @property
    def demo_keys(self) -> Path:
        """The file of the made-up city's demonstration keys."""
        return self.data / "demo-keys.json"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and int(text) <= _HIGHEST_PORT):
        raise SettingInvalid(setting="PORT", must="be a number from 0 to 65535, where 0 takes any free port")
    return int(text)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name) or "0"
    if text not in ("0", "1"):
        raise SettingInvalid(setting=name, must="be 1 or 0")
    return text == "1"
