"""A schema with a field of every sort and objects with values of every sort, for the tests of plans."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, tzinfo
from enum import Enum, StrEnum
from random import Random
from types import SimpleNamespace
from typing import Annotated, Any, Final

import strawberry
from graphql import Undefined
from strawberry import UNSET
from strawberry.permission import BasePermission
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig


class Refusing(BasePermission):
    """Lets nobody in."""

    message = "Not for you."

    def has_permission(self, *_: object, **__: object) -> bool:
        """Refuse."""
        return False


@strawberry.enum
class Kind(Enum):
    """Members with values of their own."""

    A = "first"
    B = 2


@strawberry.enum
class Tone(StrEnum):
    """Members that are texts."""

    LOUD = "LOUD"
    SOFT = "SOFT"


@strawberry.interface
class Named:
    """What has a name."""

    name: str


@strawberry.type
class Cat(Named):
    """One of a union and of an interface, which has the last word on what belongs to it."""

    leaf: "Leaf | None" = None

    @classmethod
    def is_type_of(cls, value: object, _: object) -> bool:
        """Turn dogs away, and cats of one name."""
        return isinstance(value, Cat) and value.name != "Rex"


@strawberry.type
class Dog(Named):
    """The other of them."""

    lives: int = 1


@strawberry.type
class Leaf:
    """A type with a field of every sort, plain ones first."""

    text: str
    maybe: str | None
    id: strawberry.ID
    number: int
    ratio: float | None
    yes: bool
    kind: Kind | None
    tone: Tone
    day: date | None
    at: datetime
    tags: list[str | None]
    tones: list[Tone] | None
    grid: list[list[int]] | None
    next: "Leaf | None"
    sure: "Leaf"
    leaves: "list[Leaf | None]"
    firm: "list[Leaf] | None"
    note: str = "as declared"
    anything: JSON | None = None
    named: Named | None = None
    cat: Cat | None = None
    pet: Annotated[Cat | Dog, strawberry.union("Pet")] | None = None
    closed: str | None = strawberry.field(default="shut", permission_classes=[Refusing])

    @strawberry.field
    def said(self, *, loud: bool = False) -> str:
        """Resolve with an argument."""
        return "HEY" if loud else "hey"

    @strawberry.field
    async def slow(self) -> "Leaf | None":
        """Resolve later."""
        return self.__dict__.get("next")


@strawberry.type
class Query:
    """A leaf, and leaves."""

    @strawberry.field
    def leaf(self, info: strawberry.Info) -> Leaf | None:
        """Resolve what the test gives."""
        leaf: Leaf | None = info.context()
        return leaf

    @strawberry.field
    async def leaves(self, info: strawberry.Info) -> list[Leaf | None] | None:
        """Resolve a list of what the test gives."""
        return [info.context(), info.context()]


SCHEMA: Final = strawberry.Schema(
    Query, types=[Cat, Dog], config=StrawberryConfig(enable_experimental_incremental_execution=True)
)
READS: Final[list[str]] = []


class Under(Leaf):
    """A class under the declared one."""


class Slotted(Leaf):
    """Keeps a value in a slot."""

    __slots__ = ("text",)


class Computed(Leaf):
    """Runs code when it is read, which nobody may do more often than graphql-core does."""

    @property
    def maybe(self) -> str | None:  # type: ignore[override]
        """Count the read, and fail."""
        READS.append("maybe")
        raise ValueError("maybe not")


class Dynamic(Leaf):
    """Makes up what it does not have."""

    def __getattr__(self, name: str) -> str:
        """Count the read, and make something up."""
        READS.append(name)
        if name.startswith("__"):
            raise AttributeError(name)
        return name


class Pending(Leaf):
    """Is there only once it is awaited."""

    def __await__(self) -> Iterator[Any]:
        """Give another one, after a turn of the loop."""
        yield
        return self.next


class Broken(Leaf, Exception):
    """An error that has all that a leaf has."""


class Later:
    """A value to be awaited, by as many as like; unlike a coroutine it does not mind if nobody does."""

    def __init__(self, value: Any) -> None:  # noqa: ANN401
        """Take the value, or the error."""
        self.value = value

    def __await__(self) -> Iterator[Any]:
        """Give the value, after a turn of the loop."""
        yield
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Lost(tzinfo):
    """A time zone that fails."""

    def utcoffset(self, _: datetime | None) -> None:
        """Fail."""
        raise ValueError("lost")


class Text(str):
    """A text of a class of its own."""

    __slots__ = ()


NOON: Final = datetime(2013, 5, 1, 12, tzinfo=UTC)
RIGHT: Final[dict[str, list[Any]]] = {
    "text": ["a", ""],
    "maybe": ["b", None],
    "id": ["1", ""],
    "number": [0, -(2**31), 2**31 - 1],
    "ratio": [1.5, -0.0, None],
    "yes": [True, False],
    "kind": [*Kind, None],
    "tone": [*Tone],
    "day": [date(2013, 1, 1), NOON, None],
    "at": [NOON],
    "tags": [["x", None], [], ("y",)],
    "tones": [[Tone.LOUD, Tone.SOFT], None],
    "grid": [[[1], [], [2, 3]], ((4,), [5]), None],
    "anything": [{"any": [1]}, None],
}
WRONG: Final[list[Callable[[], Any]]] = [
    *(lambda value=value: value for value in (None, 1, 2**31, 10**30, True, 1.0, 1.5, float("nan"), "7", b"x", [], {})),
    *(lambda value=value: value for value in (Text("own"), Tone.LOUD, Kind.B, "first", 2, object, UNSET, Undefined)),
    *(lambda value=value: value for value in ([None], ["x", 1], [[None]], ["7", [1], 2**31], {"a": 1}, {"x"}, "abc")),
    *(lambda: ValueError("broken"), lambda: [ValueError("broken item"), "x"], lambda: (each for each in ("x", "y"))),
    *(lambda: Later("late"), lambda: Later(None), lambda: Later(ValueError("late")), lambda: [Later("x"), "y"]),
    lambda: NOON.replace(tzinfo=Lost()),
    lambda: SimpleNamespace(text="duck", name="Donald"),
]

STRANGE: Final = (Computed, Dynamic, Pending, Broken)


def a_leaf(random: Random, odd: int, depth: int = 2, kind: type[Leaf] | None = None) -> Leaf:
    """Make a leaf, with others below it; about one value in `odd` is strange, none where that is 0."""
    chance = 1 / odd if odd else 0.0

    def strange() -> bool:
        return random.random() < chance

    def below() -> Leaf | None:
        return a_leaf(random, odd, depth - 1) if depth and random.random() < 0.6 else None

    chosen = kind or random.choice(STRANGE if strange() else (Leaf, Leaf, Leaf, Leaf, Leaf, Under, Slotted))
    leaf = chosen.__new__(chosen)
    values = {name: values[int(random.random() * len(values))] for name, values in RIGHT.items()}
    values |= {
        "next": below(),
        "sure": a_leaf(random, odd, depth - 1) if depth else None,
        "leaves": [below() for _ in range(random.randrange(3))],
        "firm": None if random.random() < 0.2 else [each for _ in range(2) if (each := below())],
        "named": Cat(name="Tom", leaf=below()) if random.random() < 0.3 else None,
        "cat": random.choice([None, Cat(name="Tom"), Cat(name="Rex" if chance else "Tim")]),
        "pet": random.choice([None, Cat(name="Tom"), Dog(name="Rex")]),
    }
    for name, value in values.items():
        # What is not there at all is strange too.
        if not (strange() and strange()) and not (name == "maybe" and isinstance(leaf, Computed)):
            setattr(leaf, name, random.choice(WRONG)() if strange() else value)
    return leaf
