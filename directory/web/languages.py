"""Which of the two languages a page is written in: the address says, else the browser, else Korean."""

from enum import StrEnum

from starlette.requests import Request


class Language(StrEnum):
    """A language of the pages, by its tag."""

    KOREAN = "ko"
    ENGLISH = "en"

    @property
    def other(self) -> "Language":
        """Give the language that the page's switch leads to."""
        return Language.ENGLISH if self is Language.KOREAN else Language.KOREAN


def language_of(request: Request) -> Language:
    """Choose by `?lang=ko|en`, then by Accept-Language, then Korean; anything else is passed over."""
    asked = request.query_params.get("lang", "")
    if asked in {language.value for language in Language}:
        return Language(asked)
    return preferred(request.headers.get("accept-language", ""))


def preferred(accept_language: str) -> Language:
    """Give the language that an Accept-Language header ranks first; Korean when it names neither."""
    best, best_weight = Language.KOREAN, 0.0
    for part in accept_language.split(","):
        tag, _, parameters = part.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        if primary in {language.value for language in Language} and weight > best_weight:
            best, best_weight = Language(primary), weight
    return best


def _weight(parameters: str) -> float:
    """Read `q=0.8`; a weight that is no number between 0 and 1 counts as 0, so that nonsense never wins."""
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
