"""Hangul in Latin letters, by the rules of Revised Romanization, one syllable at a time."""

HANGUL_FIRST = 0xAC00
HANGUL_LAST = 0xD7A3
FINALS = 28
VOWELS = 21

ONSETS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
NUCLEI = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
)
CODAS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l"),
    *("p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"),
)


def romanise(text: str) -> str:
    """Give Hangul syllables in lower-case Latin letters; what is not Hangul is left out."""
    return "".join(_syllable(ord(sign)) for sign in text if HANGUL_FIRST <= ord(sign) <= HANGUL_LAST)


def _syllable(code: int) -> str:
    rest, coda = divmod(code - HANGUL_FIRST, FINALS)
    onset, nucleus = divmod(rest, VOWELS)
    return ONSETS[onset] + NUCLEI[nucleus] + CODAS[coda]
