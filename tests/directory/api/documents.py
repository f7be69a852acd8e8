"""Writes documents that ask leaves for anything, for the tests of plans."""

from random import Random
from typing import Final

VARIABLES: Final = "query Q($on: Boolean!, $off: Boolean = false, $loud: Boolean!)"
ALWAYS: Final = "t: __typename @include(if: $on) u: __typename @skip(if: $off) v: leaf { said(loud: $loud) }"
SWITCHES: Final = ["@include(if: $on)", "@skip(if: $off)", "@skip(if: false)", "@skip(if: $off) @include(if: $on)"]
SCALARS: Final = ["text", "maybe", "id", "number", "ratio", "yes", "kind", "tone", "day", "at"]
PLAIN: Final = [*SCALARS, "tags", "tones", "grid", "note", "__typename"]
OTHERS: Final = ["anything", "closed", "said", "said_variable: said(loud: $loud)", "said_loud: said(loud: true)"]
PARTS: Final = [
    "slow {leaf}",
    "named {{ __typename name ... on Cat {{ leaf {leaf} }} ... on Dog {{ lives }} }}",
    "pet {{ __typename ... on Dog {{ name }} ... on Named {{ called: name }} ... on Cat {{ leaf {leaf} }} }}",
    "cat {{ name leaf {leaf} }}",
    "s{stream}: leaves @stream(initialCount: 1) {leaf}",
    "s{stream}: firm @stream(if: $on, initialCount: 0) {leaf}",
    "s{stream}: tags @stream(initialCount: 1) x{stream}: next {leaf}",
]


class Document:
    """Writes a document in which the same name has the same meaning wherever it stands, so that all is valid."""

    def __init__(self, random: Random, *, plain: bool) -> None:
        """Take what chooses, and whether all is to be of the sort that plans are made for."""
        self._random = random
        self._plain = plain
        self._fragments: list[str] = []
        self._streams = 0
        root = f"{VARIABLES} {{ {ALWAYS} leaf {self._leaf(3)} leaves {self._leaf(3)} }}"
        self.text = "\n".join([root, *self._fragments])

    def _leaf(self, depth: int) -> str:
        count = self._random.randrange(1, 6)
        return "{ " + " ".join(self._selection(depth) for _ in range(count)) + " }"

    def _selection(self, depth: int) -> str:
        choice = self._random.randrange(12)
        if choice < 5 or not depth:
            name = self._random.choice(PLAIN)
            return f"{self._alias(name)} {self._switch()}"
        if choice < 8:
            name = self._random.choice(["next", "sure", "leaves", "firm"])
            return f"{self._alias(name)} {self._switch()} {self._leaf(depth - 1)}"
        if choice == 8:
            return f"... {self._random.choice(['', 'on Leaf'])} {self._switch(defer=True)} {self._leaf(depth - 1)}"
        if choice == 9:
            return f"...{self._fragment(depth)} {self._switch(defer=True)}"
        return self._alias(self._random.choice(PLAIN)) if self._plain else self._unplanned(depth)

    def _unplanned(self, depth: int) -> str:
        self._streams += 1
        chosen = self._random.choice([*OTHERS, *PARTS])
        return chosen.format(stream=self._streams, leaf=self._leaf(depth - 1)) if chosen in PARTS else chosen

    def _alias(self, name: str) -> str:
        return self._random.choice([name, name, f"b_{name}: {name}"])

    def _switch(self, *, defer: bool = False) -> str:
        if defer and not self._plain and self._random.randrange(4) == 0:
            return self._random.choice(["@defer", "@defer(if: $on)"])
        return self._random.choice(SWITCHES) if self._random.randrange(5) == 0 else ""

    def _fragment(self, depth: int) -> str:
        if self._fragments and self._random.randrange(2):
            return f"F{self._random.randrange(len(self._fragments))}"
        body = self._leaf(depth - 1)
        self._fragments.append(f"fragment F{len(self._fragments)} on Leaf {body}")
        return f"F{len(self._fragments) - 1}"
