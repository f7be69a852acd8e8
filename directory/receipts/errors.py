"""Why there is no receipt, told to whoever asked for one."""

from directory.errors import DirectoryCode, DirectoryError


class NoSuchEvent(DirectoryError):
    """There is no event to give a receipt of: one answer, whether there never was one or it was erased (L3, C7)."""

    code = DirectoryCode.NO_SUCH_EVENT

    def __init__(self) -> None:
        """Say what may be the reason."""
        super().__init__(
            "There is no event of this id: none was recorded, or everything about the person was destroyed, and with "
            "it what a receipt would show. A receipt that was handed out before still holds."
        )


class ReceiptNotYet(DirectoryError):
    """The event is recorded, and no signed checkpoint covers it yet."""

    code = DirectoryCode.RECEIPT_NOT_YET

    def __init__(self) -> None:
        """Say when to ask again."""
        super().__init__(
            "The event is recorded, but no signed checkpoint of the ledger covers it yet: ask again in a minute, while "
            "the service runs."
        )
