"""What can be wrong with the files in which the notices lie."""

from consent.errors import ErrorCode, NoticeRefused


class NoticeTextBroken(NoticeRefused):
    """A file of a notice, or the list of the published ones, can't be used; `part` names the file and the part."""

    def __init__(self, file: str, part: str) -> None:
        """Take the file's name and what is wrong in it; both are the city's own and public."""
        super().__init__(ErrorCode.NOTICE_TEXT_BROKEN, f"{file}, {part}")
        self.args = (file, part)
