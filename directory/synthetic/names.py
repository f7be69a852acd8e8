"""Names of made-up people: surnames as frequent as real ones, given names of the time of birth."""

from collections.abc import Iterable
from random import Random

from consent.vocabulary import Sex
from directory.synthetic.given_names import DECADES, ERAS, SINGLE, TRIPLE, UNUSUAL, Era
from directory.synthetic.romanisation import romanise
from directory.synthetic.surnames import SURNAMES

SINGLE_SHARE = 0.006
TRIPLE_SHARE = 0.0015
LONGEST_NAME = 6
RANK_OFFSET = 4
REPEATS = 60


class Names:
    """Draws names that occur in none of the texts given: not as a whole, and not as a part of a word.

    So a name that is found in the files of the database can only be a leak, never a region's or body's name.
    """

    def __init__(self, public_texts: Iterable[str]) -> None:
        """Build the tables to draw from, and keep the parts of the texts that could be names."""
        self._surnames = [ko for ko, _, often in SURNAMES for _ in range(often)]
        self._latin = {ko: latin for ko, latin, _ in SURNAMES}
        self._given = {sex: [_given_table(era) for era in eras] for sex, eras in ERAS.items()}
        self._taken = _parts(public_texts, {ko[0] for ko in self._latin})
        self._romanised: dict[str, str] = {}

    def draw(self, rng: Random, sex: Sex, born: int) -> tuple[str, str, str]:
        """Draw a name for somebody born in that year.

        Gives the whole name in Hangul, then surname and given name in Latin letters.
        """
        era = min(max(born // 10 * 10, DECADES[0]), DECADES[-1])
        table = self._given[sex][(era - DECADES[0]) // 10]
        while True:
            surname = self._surnames[int(rng.random() * len(self._surnames))]
            chance = rng.random()
            if chance >= SINGLE_SHARE + TRIPLE_SHARE:
                given = table[int(rng.random() * len(table))]
            elif chance >= TRIPLE_SHARE:
                given = SINGLE[sex][int(rng.random() * len(SINGLE[sex]))]
            else:
                given = TRIPLE[sex][int(rng.random() * len(TRIPLE[sex]))]
            name = surname + given
            if name not in self._taken:
                return name, self._latin[surname], self._latin_given(given)

    def _latin_given(self, given: str) -> str:
        latin = self._romanised.get(given)
        if latin is None:
            latin = self._romanised[given] = romanise(given)
        return latin


def _given_table(era: Era) -> list[str]:
    """Give the given names of a time, each as often as its two syllables call for."""
    table = []
    for i, first in enumerate(era.first):
        for j, second in enumerate(era.second):
            if first != second and first + second not in UNUSUAL:
                often = round(REPEATS * RANK_OFFSET * RANK_OFFSET / ((i + RANK_OFFSET) * (j + RANK_OFFSET)))
                table += [first + second] * max(1, often)
    return table


def _parts(texts: Iterable[str], beginnings: set[str]) -> frozenset[str]:
    """Give every run of letters in the texts that begins like a surname and is as long as a name can be."""
    words = {word for text in texts for word in text.split()}
    return frozenset(
        word[start : start + length]
        for word in words
        for start in range(len(word))
        if word[start] in beginnings
        for length in range(2, LONGEST_NAME)
        if start + length <= len(word)
    )
