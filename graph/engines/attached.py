"""An engine that another process of ours runs, found by the data folder which that process holds."""

from dataclasses import dataclass
from pathlib import Path

from graph.engines import arcadedb, readiness
from graph.engines.engine import Endpoint
from graph.engines.folder import DataFolder
from graph.errors import CredentialsRefused, EngineUnavailable


@dataclass(frozen=True, slots=True)
class AttachedEngine:
    """The engine of a running service. It is neither started nor stopped from here."""

    endpoint: Endpoint
    generation: int = 1
    available: bool = True


async def attach(folder: Path) -> AttachedEngine:
    """Find the engine of the service that holds the folder; raises EngineUnavailable where none answers."""
    data = DataFolder(folder)
    record, password = data.record(), data.password()
    if not data.in_use() or record is None or password is None:
        sentence = f"No service is running on the data folder {data.path}, so there is no engine to attach to."
        raise EngineUnavailable(sentence)
    endpoint = Endpoint(record.url, arcadedb.USER, password, record.database)
    if not await _answers(endpoint):
        sentence = f"The service that holds the data folder {data.path} has an engine that does not answer now."
        raise EngineUnavailable(sentence)
    return AttachedEngine(endpoint)


async def _answers(endpoint: Endpoint) -> bool:
    try:
        return await readiness.answers(endpoint)
    except CredentialsRefused:
        return False  # Something else listens there, or the password was changed by hand.
