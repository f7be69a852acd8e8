"""Which engine answers, and in which version: named at the start, and refused where it was not tested."""

import re
from dataclasses import dataclass
from enum import StrEnum

from neo4j import AsyncDriver

from graph.errors import EngineRefused

_ARCADEDB = re.compile(r"\bArcadeDB (\d+(?:\.\d+)*)")
_NEO4J = re.compile(r"Neo4j/(\d+(?:\.\d+)*)")


class EngineName(StrEnum):
    """The engines that the program knows, and what it calls every other one."""

    ARCADEDB = "ArcadeDB"
    NEO4J = "Neo4j"
    UNKNOWN = "an unknown engine"


# The leading numbers of the versions that the whole test suite runs on.
TESTED = {EngineName.ARCADEDB: "26.10", EngineName.NEO4J: "5.26"}


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """An engine's name and version."""

    name: EngineName
    version: str

    @property
    def tested(self) -> bool:
        """Whether the test suite runs on this engine in this version."""
        prefix = TESTED.get(self.name)
        return prefix is not None and f"{self.version}.".startswith(f"{prefix}.")


def identify(agent: str) -> EngineIdentity:
    """Name the engine by how it introduces itself over Bolt.

    ArcadeDB answers `CALL dbms.components()` as Neo4j 5.26 would. Its introduction, "Neo4j/5.26.0 compatible
    (ArcadeDB 26.10.2)", is the one place that tells the two apart.
    """
    if match := _ARCADEDB.search(agent):
        return EngineIdentity(EngineName.ARCADEDB, match[1])
    if match := _NEO4J.fullmatch(agent):
        return EngineIdentity(EngineName.NEO4J, match[1])
    return EngineIdentity(EngineName.UNKNOWN, "unknown")


async def probe(driver: AsyncDriver, *, allow_untested: bool = False) -> EngineIdentity:
    """Ask the engine who it is; raises EngineRefused for one that was not tested, unless told to allow it."""
    information = await driver.get_server_info()
    identity = identify(information.agent)
    if not identity.tested and not allow_untested:
        tested = " and ".join(f"{name} {version}" for name, version in TESTED.items())
        sentence = (
            f"The graph is held by {identity.name} {identity.version}, and the program was tested on "
            f"{tested}: use one of those, or set GRAPH_ALLOW_UNTESTED=1 to take the risk."
        )
        raise EngineRefused(sentence)
    return identity
