"""A Neo4j server that runs elsewhere, named by a URL in the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.engines.engine import Endpoint
from graph.errors import SettingRefused

SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


@dataclass(frozen=True, slots=True)
class RemoteEngine:
    """An engine that others start and watch. Whether it is down, only asking it can tell."""

    endpoint: Endpoint
    generation: int = 1
    available: bool = True


def remote_engine(settings: Mapping[str, str]) -> RemoteEngine | None:
    """Read GRAPH_URL, GRAPH_USER, GRAPH_PASSWORD and GRAPH_DATABASE; None when no URL is set.

    Raises SettingRefused for a URL of another kind, one that carries a user or password (it would be logged),
    and for a missing user or password.
    """
    url = settings.get("GRAPH_URL", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        valid = parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid:
        must = "must look like neo4j://host:7687 or bolt://host:7687, with +s after the scheme for TLS"
        raise SettingRefused(setting="GRAPH_URL", must=must)
    if "@" in parts.netloc:
        must = "must not carry the user or the password: set GRAPH_USER and GRAPH_PASSWORD"
        raise SettingRefused(setting="GRAPH_URL", must=must)
    for name in ("GRAPH_USER", "GRAPH_PASSWORD"):
        if not settings.get(name):
            raise SettingRefused(setting=name, must="must be set, since GRAPH_URL is")
    database = settings.get("GRAPH_DATABASE") or "neo4j"
    return RemoteEngine(Endpoint(url, settings["GRAPH_USER"], settings["GRAPH_PASSWORD"], database))
