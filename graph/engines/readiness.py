"""Whether an engine answers: a query over Bolt, since an open port says only that somebody listens."""

import asyncio

from neo4j import AsyncGraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.engines.engine import Endpoint
from graph.errors import CredentialsRefused

_PROBE_TIME = 5.0


async def answers(endpoint: Endpoint, patience: float = _PROBE_TIME) -> bool:
    """Tell whether the engine answers a query within `patience` (seconds); raises CredentialsRefused."""
    refused = False
    try:
        async with asyncio.timeout(patience):
            await _ask(endpoint, patience)
    except AuthError:
        refused = True
    except (DriverError, Neo4jError, OSError, TimeoutError):
        return False
    if refused:
        raise CredentialsRefused
    return True


async def _ask(endpoint: Endpoint, patience: float) -> None:
    driver = AsyncGraphDatabase.driver(
        endpoint.url,
        auth=(endpoint.user, endpoint.password),
        connection_timeout=patience,
        max_connection_pool_size=1,
        telemetry_disabled=True,
    )
    async with driver, driver.session(database=endpoint.database) as session:
        result = await session.run("RETURN 1")
        await result.consume()


async def listens(host: str, port: int) -> bool:
    """Whether anything accepts connections on the port; costs far less than `answers`."""
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
