"""What the operator sets: read once from the environment, checked at the start, never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Self

from directory.errors import SettingInvalid
from directory.ledger.map_shelf import MAP_FILE
from directory.ledger.witness import witness_setting
from graph.engines.neo4j import RemoteEngine, remote_engine

DEFAULT_PORT = 8000
DEFAULT_LEDGER_SECONDS = 30
_HIGHEST_PORT = 65535
_MOST_DIGITS = 5
# Checkpoints are a minute apart at most (C3), and a round of the sequencer takes about a second.
_MOST_LEDGER_SECONDS = 55


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; `docs/operations.md` lists them with their defaults.

    `data` is the folder of everything that is kept, `server` is None for the embedded engine, `heap` is the
    embedded engine's memory in Java's notation or None for a share of the machine's, `trusted_proxy` the addresses,
    with commas between them, from which the caller's own address is taken as forwarded. `ledger_witness` is the folder
    or the address that keeps the ledger's checkpoints, `ledger_seconds` how far apart those are at most. `courier` is
    the address to which codes for people are posted, `journal_folder` where the journal of erasures lies
    where that is not `data`.
    """

    data: Path
    host: str
    port: int
    server: RemoteEngine | None
    heap: str | None
    allow_untested: bool
    trusted_proxy: str | None = None
    ledger_witness: str | None = None
    ledger_seconds: int = DEFAULT_LEDGER_SECONDS
    courier: str | None = None
    journal_folder: Path | None = None

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
            trusted_proxy=_proxies(environment.get("TRUSTED_PROXY") or ""),
            ledger_witness=witness_setting(environment.get("LEDGER_WITNESS")),
            ledger_seconds=_ledger_seconds(environment.get("LEDGER_CHECKPOINT_SECONDS")),
            courier=environment.get("COURIER_URL") or None,
            journal_folder=Path(environment["JOURNAL"]).absolute() if environment.get("JOURNAL") else None,
        )

    @property
    def keyring(self) -> Path:
        """The file of the keys, outside the database (E1)."""
        return self.data / "keyring.json"

    @property
    def ledger_key(self) -> Path:
        """The file of the key that signs the ledger's checkpoints, outside the database (C3)."""
        return self.data / "ledger-key.json"

    @property
    def latest_map(self) -> Path:
        """The file of the day's map of latest leaves; it is made anew with the next one (C3)."""
        return self.data / MAP_FILE

    @property
    def journal(self) -> Path:
        """The journal of what no restore may bring back, better on another disk than the database (E7)."""
        return (self.journal_folder or self.data) / "erasures.jsonl"

    @property
    def backups(self) -> Path:
        """The list of backups, and which keys they need (E7)."""
        return self.data / "backups.json"

    @property
    def backup_recipient(self) -> Path:
        """The file of the key that backups are encrypted for; what opens them is kept elsewhere."""
        return self.data / "backup-recipient.txt"

    @property
    def demo_keys(self) -> Path:
        """The file of the made-up city's demonstration keys."""
        return self.data / "demo-keys.json"


def _proxies(text: str) -> str | None:
    """Return addresses with commas between them; with a name or a slip every look would seem to be the proxy's."""
    addresses = [part.strip() for part in text.split(",") if part.strip()]
    try:
        for address in addresses:
            ip_network(address)
    except ValueError:
        must = "be the addresses of the proxies before the service, with commas between them, such as 127.0.0.1"
        raise SettingInvalid(setting="TRUSTED_PROXY", must=must) from None
    return ",".join(addresses) or None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and int(text) <= _HIGHEST_PORT):
        raise SettingInvalid(setting="PORT", must="be a number from 0 to 65535, where 0 takes any free port")
    return int(text)


def _ledger_seconds(text: str | None) -> int:
    text = text or str(DEFAULT_LEDGER_SECONDS)
    if not (
        text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and 0 < int(text) <= _MOST_LEDGER_SECONDS
    ):
        raise SettingInvalid(setting="LEDGER_CHECKPOINT_SECONDS", must="be a number of seconds from 1 to 55")
    return int(text)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name) or "0"
    if text not in ("0", "1"):
        raise SettingInvalid(setting=name, must="be 1 or 0")
    return text == "1"
