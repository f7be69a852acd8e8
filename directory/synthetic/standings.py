"""What made-up people have decided about each purpose, in a believable mix."""

from bisect import bisect
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from consent.korean_time import SEOUL
from consent.standing import PurposeStanding
from consent.vocabulary import CONSENTED_PURPOSES, Channel, Field, Purpose, State
from directory.synthetic.chance import stream

DAY = 86_400_000
LONGEST_CONSENT = 730
LONGEST_EXPIRED = 400
SENSITIVE_SHARE = 0.1
POOL = 2_048
PROFILES = 1_024
ALIKE = 0.55
"""How often a person decides a purpose like the first one rather than afresh."""

NAME, SEX, AGE, PHONE = Field.NAME, Field.SEX, Field.AGE, Field.PHONE
EMAIL, AFFILIATION, RESIDENCE = Field.EMAIL, Field.AFFILIATION, Field.RESIDENCE
ALL = (NAME, SEX, AGE, PHONE, EMAIL, AFFILIATION, RESIDENCE)

FIELDS: tuple[tuple[tuple[tuple[Field, ...], int], ...], ...] = (
    (
        (ALL, 60),
        ((NAME, SEX, AGE, PHONE, EMAIL, AFFILIATION), 15),
        ((NAME, PHONE, EMAIL, AFFILIATION, RESIDENCE), 15),
        ((NAME, SEX, PHONE, EMAIL, AFFILIATION, RESIDENCE), 10),
    ),
    (
        ((NAME, PHONE, AFFILIATION), 25),
        ((NAME, EMAIL, AFFILIATION), 15),
        ((NAME, PHONE, EMAIL), 20),
        ((NAME, PHONE, AFFILIATION, RESIDENCE), 20),
        ((NAME, SEX, AGE, AFFILIATION, RESIDENCE), 10),
        ((NAME, PHONE, RESIDENCE), 10),
    ),
    (
        ((PHONE,), 20),
        ((EMAIL,), 20),
        ((NAME,), 10),
        ((PHONE, RESIDENCE), 15),
        ((SEX, AGE, RESIDENCE), 15),
        ((AFFILIATION,), 10),
        ((NAME, AFFILIATION), 10),
    ),
)
"""What people let be shown, by how open they are: nearly everything, what is needed, or one thing or two."""

OPENNESS = (0.5, 0.85, 1.0)

CHANNELS: tuple[tuple[tuple[Channel, ...], int], ...] = (
    ((Channel.SMS, Channel.EMAIL, Channel.VOICE), 30),
    ((Channel.SMS, Channel.EMAIL), 25),
    ((Channel.SMS,), 20),
    ((Channel.EMAIL,), 12),
    ((Channel.SMS, Channel.VOICE), 8),
    ((Channel.VOICE,), 3),
    ((), 2),
)

STATES = (State.GRANTED, State.NOT_ASKED, State.REFUSED, State.WITHDRAWN, State.EXPIRED)
MIX: dict[Purpose, tuple[float, ...]] = {
    Purpose.CITY_NEWS: (0.50, 0.19, 0.16, 0.08, 0.07),
    Purpose.DISASTER_RESPONSE: (0.60, 0.19, 0.09, 0.05, 0.07),
    Purpose.POLICY_ADVICE: (0.45, 0.24, 0.17, 0.06, 0.08),
    Purpose.CITY_MONITORING: (0.45, 0.24, 0.17, 0.07, 0.07),
}
"""How often each purpose is in each of STATES, over everybody."""

LEAN: dict[str, float] = {
    "advisory-committees": 1.35,
    "publicity-corps": 1.35,
    "watch-and-evaluation": 1.25,
    "fire-brigades": 1.25,
    "neighbourhood-heads": 1.15,
    "resident-committees": 1.3,
    "crime-prevention-patrols": 1.1,
    "apartment-representatives": 0.95,
    "volunteers": 0.9,
    "disaster-safety-network": 1.05,
}
"""How much readier each group is to agree than people are on the whole."""

YOUNG_UNTIL = 35
MIDDLE_UNTIL = 60
AGE_LEAN = (0.85, 1.0, 1.08)


def day_start(day: date) -> int:
    """Give the first instant of a day in Seoul, in epoch milliseconds."""
    return int(datetime.combine(day, time(), SEOUL).timestamp()) * 1000


def day_end(day: date) -> int:
    """Give the instant at which a day in Seoul is over, in epoch milliseconds."""
    return day_start(day + timedelta(days=1))


class Standings:
    """Draws what a person has decided: the four purposes go together, as one person's decisions do."""

    def __init__(self, seed: int, as_of: date) -> None:
        """Prepare, for consents as they are on the day `as_of`, what is drawn from."""
        self._today = day_start(as_of)
        rng = stream(seed, "standings")
        self._profiles = {
            (group, band): [_profile(rng, lean * AGE_LEAN[band]) for _ in range(PROFILES)]
            for group, lean in LEAN.items()
            for band in range(len(AGE_LEAN))
        }
        self._pools: dict[State, list[list[PurposeStanding]]] = {
            state: [self._pool(rng, state, level) for level in range(len(FIELDS))]
            for state in STATES
            if state is not State.NOT_ASKED
        }

    def draw(self, rng: Random, group: str, age: int) -> Mapping[Purpose, PurposeStanding]:
        """Draw the standings of somebody of that group and age; purposes never asked are left out."""
        band = 0 if age < YOUNG_UNTIL else 1 if age < MIDDLE_UNTIL else 2
        profiles = self._profiles[group, band]
        level = bisect(OPENNESS, rng.random())
        random = rng.random
        pools = self._pools
        return {
            purpose: pools[state][level][int(random() * POOL)] for purpose, state in profiles[int(random() * PROFILES)]
        }

    def _pool(self, rng: Random, state: State, level: int) -> list[PurposeStanding]:
        """Make the standings of one state that people so open can have."""
        if state not in {State.GRANTED, State.EXPIRED}:
            return [PurposeStanding(state)] * POOL
        fields, field_weights = zip(*FIELDS[level], strict=True)
        channels, channel_weights = zip(*CHANNELS, strict=True)
        pool = []
        for _ in range(POOL):
            shown = frozenset(rng.choices(fields, field_weights)[0])
            days = 1 + int(rng.random() * LONGEST_CONSENT)
            if state is State.EXPIRED:
                days = -1 - int(rng.random() * LONGEST_EXPIRED)
            pool.append(
                PurposeStanding(
                    state=state,
                    fields=shown,
                    channels=frozenset(rng.choices(channels, channel_weights)[0]),
                    until=self._today + days * DAY,
                    sensitive=AFFILIATION in shown and rng.random() < SENSITIVE_SHARE,
                )
            )
        return pool


def _profile(rng: Random, lean: float) -> tuple[tuple[Purpose, State], ...]:
    """Draw what one person decided: each purpose like the first one, or afresh."""
    first = rng.random()
    decided = []
    for purpose in CONSENTED_PURPOSES:
        granted, *others = MIX[purpose]
        agreed = min(0.9, granted * lean)
        rest = (1.0 - agreed) / sum(others)
        steps = list(accumulate([agreed, *(other * rest for other in others)]))
        chance = first if rng.random() < ALIKE else rng.random()
        state = STATES[min(bisect(steps, chance), len(STATES) - 1)]
        if state is not State.NOT_ASKED:
            decided.append((purpose, state))
    return tuple(decided)
