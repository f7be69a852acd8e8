"""The map of regions that services ask: read from the graph once, since regions do not change while it serves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from directory.errors import BadInput
from graph import regions
from graph.connection import Graph
from graph.regions import Region
from graph.vocabulary import RegionLevel


@dataclass(frozen=True)
class RegionMap:
    """Every region by its code."""

    by_code: Mapping[str, Region]

    @classmethod
    async def read(cls, graph: Graph) -> Self:
        """Read it from the graph."""
        return cls({region.code: region for region in await graph.read(regions.all_regions)})

    @cached_property
    def dongs(self) -> tuple[str, ...]:
        """The codes of all dongs, ascending."""
        return tuple(code for code, region in self.by_code.items() if region.level is RegionLevel.DONG)

    def checked(self, codes: Iterable[str], argument: str) -> tuple[str, ...]:
        """Return the codes, each once; raises BadInput for one that is no region's."""
        chosen = tuple(dict.fromkeys(codes))
        if any(code not in self.by_code for code in chosen):
            raise BadInput(argument, "has a code that is no region's; the query regions lists them")
        return chosen

    def dongs_in(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the dongs that lie in any of the regions, ascending: codes are hierarchical."""
        wanted = tuple(codes)
        return tuple(code for code in self.dongs if code.startswith(wanted))

    def select(self, level: RegionLevel | None, within: str | None) -> tuple[Region, ...]:
        """Return the regions of a level, or of all levels, inside a region; raises BadInput for an unknown one."""
        if within is not None:
            self.checked([within], "within")
        return tuple(
            region
            for region in self.by_code.values()
            if (level is None or region.level is level)
            and (within is None or (region.code.startswith(within) and region.code != within))
        )
