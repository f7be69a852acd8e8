"""What can be wrong with the reference data that the project carries."""

from enum import StrEnum


class ReferenceCode(StrEnum):
    """Why a reference table was refused."""

    TABLE_MISSING = "TABLE_MISSING"
    COLUMN_MISSING = "COLUMN_MISSING"
    VALUE_BROKEN = "VALUE_BROKEN"
    SUM_BROKEN = "SUM_BROKEN"
    BORDER_BROKEN = "BORDER_BROKEN"


WORDING = {
    ReferenceCode.TABLE_MISSING: "A reference table is missing; install the project again.",
    ReferenceCode.COLUMN_MISSING: "A reference table lacks a column.",
    ReferenceCode.VALUE_BROKEN: "A reference table holds a value that cannot be right.",
    ReferenceCode.SUM_BROKEN: "The programme's head counts do not add up as the plan says.",
    ReferenceCode.BORDER_BROKEN: "A dong borders on one that does not border on it.",
}


class ReferenceDataError(Exception):
    """A reference table cannot be used; `code` says why and `where` names the table or row (public data)."""

    def __init__(self, code: ReferenceCode, where: str) -> None:
        """Keep the code and the place, and word the message from both."""
        super().__init__(f"{WORDING[code]} ({where})")
        self.code = code
        self.where = where
