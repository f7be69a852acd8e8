"""Where the people of the made-up city live: near their bodies, and in every dong as many as belong there."""

from array import array
from collections.abc import Sequence
from random import Random

from directory.reference.regions import CITY_CODE, dongs, regions_by_code
from directory.synthetic.bodies import Staffed
from directory.synthetic.chance import stream
from directory.synthetic.population import dongs_of, parent

WITHIN_DISTRICT = 0.75
"""Of those who don't live in their body's dong, how many live elsewhere in its district."""

UNSETTLED = 0xFFFF


def settle(seed: int, staffed: Sequence[Staffed], quotas: Sequence[int]) -> "array[int]":
    """Give for every person, body after body, the place in `dongs()` of the dong where they live.

    Each dong gets exactly its quota; within that, people live in their body's dong or district as far as
    there is room, those first who must (neighbourhood heads live where they serve).
    """
    settlement = _Settlement(stream(seed, "residence"), sum(body.size for body in staffed), quotas)
    starts = []
    start = 0
    for body in staffed:
        starts.append(start)
        start += body.size
    for i in sorted(range(len(staffed)), key=lambda i: -staffed[i].local):
        settlement.place(staffed[i], starts[i])
    return settlement.finish()


class _Settlement:
    """The state of settling: who lives where so far, and who still looks for a place."""

    def __init__(self, rng: Random, people: int, quotas: Sequence[int]) -> None:
        self.rng = rng
        self.left = list(quotas)
        self.homes = array("H", [UNSETTLED]) * people
        self.anywhere: list[int] = []
        self.in_district: dict[str, list[int]] = {}
        self.place_of = {dong.code: i for i, dong in enumerate(dongs())}

    def place(self, staffed: Staffed, start: int) -> None:
        """Settle those who live in their body's dong, and queue the others."""
        region = staffed.body.region
        end = start + staffed.size
        if region == CITY_CODE:
            self.anywhere.extend(range(start, end))
            return
        near = staffed.local
        district = region
        if region in self.place_of:
            dong = self.place_of[region]
            count = min(self.left[dong], int(staffed.local * staffed.size + self.rng.random()))
            self.homes[start : start + count] = array("H", [dong]) * count
            self.left[dong] -= count
            start += count
            near = WITHIN_DISTRICT
            district = parent(regions_by_code()[region])
        middle = start + int(near * (end - start) + self.rng.random())
        self.in_district.setdefault(district, []).extend(range(start, min(middle, end)))
        self.anywhere.extend(range(min(middle, end), end))

    def finish(self) -> "array[int]":
        """Settle those in the queues: in their district while it has room, then wherever there is."""
        for district in sorted(self.in_district):
            waiting = self.in_district[district]
            room = self._room(dongs_of(district))
            self._fill(waiting, room)
            self.anywhere.extend(waiting[len(room) :])
        self._fill(self.anywhere, self._room(range(len(self.left))))
        return self.homes

    def _room(self, among: Sequence[int]) -> list[int]:
        room = [dong for dong in among for _ in range(self.left[dong])]
        self.rng.shuffle(room)
        return room

    def _fill(self, waiting: Sequence[int], room: Sequence[int]) -> None:
        for person, dong in zip(waiting, room, strict=False):
            self.homes[person] = dong
            self.left[dong] -= 1
