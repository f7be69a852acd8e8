"""Coming by the graph: an engine of one's own, that of a running service, or a server elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from directory.backup.replaying import require_servable
from directory.logs import log_event
from directory.settings import Settings
from graph.connection import Graph
from graph.engines.attached import attach
from graph.engines.embedded import EmbeddedEngine
from graph.engines.events import EngineEvent
from graph.engines.folder import DataFolder


@asynccontextmanager
async def graph_for_service(settings: Settings) -> AsyncIterator[Graph]:
    """Give the graph to a service, which keeps its embedded engine alive as long as it has it."""
    if settings.server is not None:
        # The keyring lies here, whoever keeps the graph: two services must not make two.
        folder = DataFolder(settings.data)
        folder.prepare()
        folder.lock()
        try:
            async with Graph(settings.server, allow_untested=settings.allow_untested) as graph:
                yield graph
        finally:
            folder.unlock()
        return
    engine = EmbeddedEngine(settings.data, settings.heap, _log_engine)
    await engine.start()
    try:
        async with Graph(engine, allow_untested=settings.allow_untested) as graph:
            yield graph
    finally:
        await engine.stop()


@asynccontextmanager
async def graph_for_command(settings: Settings, *, unreplayed: bool = False) -> AsyncIterator[Graph]:
    """Give the graph to a command: through the engine of the service where one runs, else as a service has it.

    Raises BackupError RESTORE_INCOMPLETE or RESTORE_NOT_REPLAYED for a graph that was restored and not replayed, unless
    the command is one for `unreplayed` graphs: nothing else is done on it, and nothing on it shown (E7).
    """
    async with _graph_for_command(settings) as graph:
        if not unreplayed:
            await require_servable(graph)
        yield graph


@asynccontextmanager
async def _graph_for_command(settings: Settings) -> AsyncIterator[Graph]:
    if DataFolder(settings.data).in_use():
        engine = settings.server or await attach(settings.data)
        async with Graph(engine, allow_untested=settings.allow_untested) as graph:
            yield graph
        return
    async with graph_for_service(settings) as graph:
        yield graph


def _log_engine(event: EngineEvent) -> None:
    log_event(f"engine_{event.kind.lower()}", **({} if event.pid is None else {"pid": event.pid}))
