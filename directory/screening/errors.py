"""What stops the screening of a file: a sentence fit for whoever wanted to upload it."""

from enum import StrEnum


class ScreeningCode(StrEnum):
    """The stable names of these failures."""

    FILE_UNUSABLE = "FILE_UNUSABLE"


class FileUnusable(Exception):
    """A file can't be screened as a whole, so nothing can be said of it; the sentence says why and how to mend it."""

    code = ScreeningCode.FILE_UNUSABLE
