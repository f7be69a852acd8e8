"""What is wrong with a receipt, or why none can be made, each with a code and its wording in both languages."""

from enum import StrEnum
from typing import Final

from consent.errors import ConsentError
from consent.notice_parts import Words


class ReceiptCode(StrEnum):
    """What is wrong; the code is all that an error tells, never the value that caused it (L5)."""

    RECEIPT_UNREADABLE = "RECEIPT_UNREADABLE"
    RECEIPT_FORMAT = "RECEIPT_FORMAT"
    RECEIPT_EVENT = "RECEIPT_EVENT"
    RECEIPT_SALT = "RECEIPT_SALT"
    RECEIPT_PATH = "RECEIPT_PATH"
    RECEIPT_ROOT = "RECEIPT_ROOT"
    RECEIPT_SIGNATURE = "RECEIPT_SIGNATURE"
    RECEIPT_KEY = "RECEIPT_KEY"
    RECEIPT_NOTICE = "RECEIPT_NOTICE"
    RECEIPT_PARTS = "RECEIPT_PARTS"
    RECEIPT_MAP = "RECEIPT_MAP"
    RECEIPT_SUPERSEDED = "RECEIPT_SUPERSEDED"


WORDING: Final = {
    ReceiptCode.RECEIPT_UNREADABLE: Words(
        "온전한 접수증이 아닙니다. 파일이나 코드가 잘렸거나 바뀌었습니다.",
        "This is no whole receipt: the file, or the text of its codes, was cut off or changed.",
    ),
    ReceiptCode.RECEIPT_FORMAT: Words(
        "아는 형식의 접수증이 아니거나, 있어야 할 것이 빠졌습니다.",
        "The document is no receipt of a known format, or lacks a part of one.",
    ),
    ReceiptCode.RECEIPT_EVENT: Words(
        "접수증에 적힌 기록은 있을 수 없는 기록입니다.",
        "The event in the receipt is none that could be recorded.",
    ),
    ReceiptCode.RECEIPT_SALT: Words(
        "접수증의 소금값(salt)이 맞지 않아 장부의 기록을 다시 계산할 수 없습니다.",
        "The salt in the receipt is none, so that the ledger's entry can't be worked out.",
    ),
    ReceiptCode.RECEIPT_PATH: Words(
        "접수증의 경로가 그 자리에서 장부의 뿌리까지 이어지지 않습니다.",
        "The path in the receipt does not lead from its place to the root of a ledger of its size.",
    ),
    ReceiptCode.RECEIPT_ROOT: Words(
        "기록에서 계산한 뿌리가 서명된 뿌리와 다릅니다. 접수증이 바뀌었거나 장부에 없는 기록입니다.",
        "The event leads to another root than the checkpoint's: the receipt was changed, or it is not in the ledger.",
    ),
    ReceiptCode.RECEIPT_SIGNATURE: Words(
        "접수증에 적힌 열쇠로 서명된 것이 아닙니다.",
        "The checkpoint is not signed by the key in the receipt.",
    ),
    ReceiptCode.RECEIPT_KEY: Words(
        "접수증에 서명한 열쇠가 믿는 열쇠와 다릅니다.",
        "The receipt is signed by another key than the one that is trusted.",
    ),
    ReceiptCode.RECEIPT_NOTICE: Words(
        "안내문이 그때 보여 드린 것과 다릅니다.",
        "The notice is not the one that the event was made under.",
    ),
    ReceiptCode.RECEIPT_PARTS: Words(
        "접수증에 적힌 말이나 항목이 기록된 내용과 다릅니다.",
        "What the receipt says in words and in its forms is not what was recorded.",
    ),
    ReceiptCode.RECEIPT_MAP: Words(
        "마지막 기록 지도의 증명을 쓸 수 없거나 지도와 맞지 않습니다.",
        "The proof from the map of latest entries is not usable, or does not fit its map.",
    ),
    ReceiptCode.RECEIPT_SUPERSEDED: Words(
        "지도에 따르면 이분의 마지막 기록은 다른 것입니다. 다른 목적의 것일 수도 있으니 시에 물어보십시오.",
        "By the map, the latest entry of this person is another one, perhaps for another purpose: ask the city for it.",
    ),
}


class ReceiptError(ConsentError):
    """A receipt can't be made or used; `code` says why, and the text is the code's wording."""

    code: ReceiptCode  # type: ignore[assignment] # a list of codes of its own.

    def __init__(self, code: ReceiptCode) -> None:
        """Keep the code as the only argument, so that an error survives pickling."""
        super().__init__(code)  # type: ignore[arg-type] # the same.

    def __str__(self) -> str:
        """Return the code with its wording."""
        return f"{self.code}: {WORDING[self.code].en}"
