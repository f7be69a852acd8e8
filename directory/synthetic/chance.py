"""Seeded chance: streams of random numbers that do not depend on each other, and what is drawn from them."""

from random import Random

ROUNDS = 3
UUID_BITS = 128
UUID_VERSION_MASK = ~((0xF000 << 64) | (0xC000 << 48))
UUID_VERSION = (0x4000 << 64) | (0x8000 << 48)


def stream(seed: int, *labels: str | int) -> Random:
    """Give a stream of its own for what the labels name, so that no part of the city disturbs another."""
    # The city is made up and must come out alike every time: no secret is drawn here.
    return Random("/".join(map(str, (seed, *labels))))  # noqa: S311


def draw_uuid(rng: Random) -> str:
    """Give a UUID of version 4 from the stream: random, and derived from nobody."""
    text = f"{rng.getrandbits(UUID_BITS) & UUID_VERSION_MASK | UUID_VERSION:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Scatter:
    """A seeded one-to-one map of 0..rows*columns-1 onto itself: numbers look random and never meet twice.

    Each round moves the row by an amount drawn for the column, then the column by one drawn for the row;
    either step can be undone, so no two indices can come to the same number.
    """

    __slots__ = ("_columns", "_rounds", "_rows")

    def __init__(self, rows: int, columns: int, rng: Random) -> None:
        """Draw by how much rows and columns are moved."""
        self._rows = rows
        self._columns = columns
        self._rounds = [
            (
                [int(rng.random() * rows) for _ in range(columns)],
                [int(rng.random() * columns) for _ in range(rows)],
            )
            for _ in range(ROUNDS)
        ]

    def __call__(self, index: int) -> int:
        """Give the number that `index` (0..rows*columns-1) stands for."""
        row, column = divmod(index, self._columns)
        for of_column, of_row in self._rounds:
            row = (row + of_column[column]) % self._rows
            column = (column + of_row[row]) % self._columns
        return row * self._columns + column
