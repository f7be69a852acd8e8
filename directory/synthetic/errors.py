"""What can be wrong with the made-up city that somebody asked for."""

from enum import StrEnum


class SyntheticCode(StrEnum):
    """Why a made-up city was refused."""

    CITY_TOO_SMALL = "CITY_TOO_SMALL"
    CITY_TOO_LARGE = "CITY_TOO_LARGE"
    NO_SUCH_BATCH = "NO_SUCH_BATCH"


WORDING = {
    SyntheticCode.CITY_TOO_SMALL: "A made-up city needs at least {least} people, somebody in every group.",
    SyntheticCode.CITY_TOO_LARGE: "A made-up city has at most {most} people, as the programme has.",
    SyntheticCode.NO_SUCH_BATCH: "The made-up city has batches 0 to {last}.",
}


class SyntheticError(Exception):
    """The made-up city cannot be made as asked; `code` says why."""

    def __init__(self, code: SyntheticCode, **limits: int) -> None:
        """Word the message from the code and the limits that were passed over."""
        super().__init__(WORDING[code].format(**limits))
        self.code = code
