"""The steps in which a receipt is verified, and what each of them proves, in words of both languages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consent.notice_parts import Words
from consent.receipt_errors import WORDING, ReceiptCode
from consent.receipt_wording import filled


class StepName(StrEnum):
    """A step, in the order in which they are taken."""

    FORMAT = "FORMAT"
    EVENT = "EVENT"
    LEAF = "LEAF"
    PATH = "PATH"
    ROOT = "ROOT"
    SIGNATURE = "SIGNATURE"
    KEY = "KEY"
    NOTICE = "NOTICE"
    PARTS = "PARTS"
    LATEST = "LATEST"


class Status(StrEnum):
    """How a step went."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    NOT_CHECKED = "NOT_CHECKED"


@dataclass(frozen=True, slots=True)
class Step:
    """A step, how it went, the code of what is wrong where it failed, and what that means."""

    name: StepName
    status: Status
    words: Words
    code: ReceiptCode | None = None


TITLES: Final = {
    StepName.FORMAT: Words("접수증 읽기", "The receipt can be read"),
    StepName.EVENT: Words("기록의 모양", "The event is well-formed"),
    StepName.LEAF: Words("장부의 기록 다시 계산", "The ledger's entry is worked out anew"),
    StepName.PATH: Words("뿌리까지의 경로", "The path leads to the root"),
    StepName.ROOT: Words("뿌리 견주기", "The root is the checkpoint's"),
    StepName.SIGNATURE: Words("서명", "The checkpoint is signed"),
    StepName.KEY: Words("열쇠의 주인", "The key is the city's"),
    StepName.NOTICE: Words("안내문", "The notice is the one that was shown"),
    StepName.PARTS: Words("접수증에 적힌 말", "The words agree with the record"),
    StepName.LATEST: Words("그 뒤의 결정", "Nothing was decided later"),
}

STATUSES: Final = {
    Status.PASSED: Words("맞음", "proven"),
    Status.FAILED: Words("어긋남", "failed"),
    Status.NOT_CHECKED: Words("증명되지 않음", "not proven"),
}

PASSED: Final = {
    StepName.FORMAT: Words("온전한 접수증입니다.", "It is a whole receipt of a known format."),
    StepName.EVENT: Words(
        "있어야 할 것이 모두 있고 서로 어긋나지 않습니다.",
        "It has all that such an event has, and contradicts nothing.",
    ),
    StepName.LEAF: Words(
        "적힌 기록과 소금값(salt)으로 장부의 {index}번 기록을 다시 계산했습니다.",
        "Entry {index} of the ledger was worked out anew from the event and its salt.",
    ),
    StepName.PATH: Words(
        "{index}번 자리에서 기록 {size}건인 장부의 뿌리까지 빠짐없이 이어집니다.",
        "It has every step from place {index} to the root of a ledger of {size} entries.",
    ),
    StepName.ROOT: Words(
        "경로를 따라 계산한 뿌리가 서명된 뿌리와 같습니다. 이 기록은 {instant}의 장부에 바로 이대로 들어 있었습니다.",
        "The path ends in the root that was signed: this very event was in the ledger on {instant}.",
    ),
    StepName.SIGNATURE: Words(
        "서명된 뿌리는 접수증에 적힌 열쇠로 서명한 그대로입니다.",
        "The root, its size and its time are as the key in this receipt signed them.",
    ),
    StepName.KEY: Words("믿는 열쇠로 서명되었습니다.", "It is the key that is trusted."),
    StepName.NOTICE: Words(
        "기록된 안내문과 한 글자도 다르지 않습니다.", "It is, to the letter, the notice that the event names."
    ),
    StepName.PARTS: Words(
        "접수증에 말과 항목으로 적힌 것이 모두 기록된 내용 그대로입니다.",
        "Everything that the receipt says in words and forms follows from what was recorded.",
    ),
    StepName.LATEST: Words(
        "{instant}의 지도에서 이분의 마지막 기록은 이 기록입니다.",
        "In the map of {instant}, this is the latest entry of this person.",
    ),
}


class Open(StrEnum):
    """Why a step was not taken."""

    EARLIER = "EARLIER"
    NO_PATH = "NO_PATH"
    NO_KEY = "NO_KEY"
    NO_ED25519 = "NO_ED25519"
    NOT_SHOWN = "NOT_SHOWN"
    NO_NOTICE = "NO_NOTICE"
    NO_PARTS = "NO_PARTS"
    NO_MAP = "NO_MAP"
    OLD_MAP = "OLD_MAP"


OPEN: Final = {
    Open.EARLIER: Words("앞의 확인이 맞지 않아 확인하지 않았습니다.", "Not checked, since an earlier step failed."),
    Open.NO_PATH: Words(
        "확인하지 않음: 경로가 든 둘째 코드가 없습니다. 장부에 들어 있는지는 아직 증명되지 않았습니다.",
        "Not proven: the second code, with the path, is missing, so that nothing shows the event to be in the ledger.",
    ),
    Open.NO_KEY: Words(
        "증명되지 않음: 이 열쇠가 시의 것인지는 접수증만으로 알 수 없습니다. "
        "시가 공개한 열쇠의 지문과 견주어 보십시오: {fingerprint}",
        "Not proven: a receipt can't tell whether this key is the city's. "
        "Compare its fingerprint with the one that the city publishes: {fingerprint}",
    ),
    Open.NO_ED25519: Words(
        "확인하지 않음: 이 브라우저는 Ed25519 서명을 확인하지 못합니다. "
        "다른 브라우저나 civic verify receipt로 확인하십시오.",
        "Not checked: this browser can't verify Ed25519 signatures. Use another one, or civic verify receipt.",
    ),
    Open.NOT_SHOWN: Words(
        "증명되지 않음: 이 기록에는 보여 드린 안내문이 없습니다. 맡은 곳과 연락처는 참고로 적은 것입니다.",
        "Not proven: the event was recorded under no notice. Who is responsible is told beside it, for your use.",
    ),
    Open.NO_NOTICE: Words(
        "확인하지 않음: 코드에는 안내문이 들어 있지 않습니다.", "Not checked: the codes do not hold the notice."
    ),
    Open.NO_PARTS: Words(
        "확인하지 않음: 종이에 적힌 말은 코드에 들어 있지 않습니다. 아래 기록과 눈으로 견주어 보십시오.",
        "Not checked: the codes do not hold the words on the paper. Compare them with the record below.",
    ),
    Open.NO_MAP: Words(
        "여기서 증명되지 않음: 그 뒤에 달리 정하지 않으셨다는 것. 날마다 공개되는 마지막 기록 지도가 보여 줍니다.",
        "Not proven here: that you did not decide otherwise later. The daily map of latest entries shows that.",
    ),
    Open.OLD_MAP: Words(
        "증명되지 않음: 이 지도는 이 기록보다 먼저 나온 것입니다. 다음 날 지도로 확인하십시오.",
        "Not proven: this map is older than the event. Take the next day's.",
    ),
}


class Verdict(StrEnum):
    """What all the steps come to."""

    UNREADABLE = "UNREADABLE"
    FAILED = "FAILED"
    INCOMPLETE = "INCOMPLETE"
    PROVEN = "PROVEN"


VERDICTS: Final = {
    Verdict.UNREADABLE: Words("접수증으로 쓸 수 없습니다.", "This can't be used as a receipt."),
    Verdict.FAILED: Words(
        "이 접수증은 맞지 않습니다. 무엇이 어긋났는지 아래에 있습니다.",
        "This receipt does not hold; below is what failed.",
    ),
    Verdict.INCOMPLETE: Words(
        "어긋난 것은 없으나, 장부에 들어 있는지는 다 확인하지 못했습니다.",
        "Nothing failed, but not everything that shows the event to be in the ledger was there to be checked.",
    ),
    Verdict.PROVEN: Words(
        "이 기록은 접수증의 열쇠로 서명된 장부에 바로 이대로 들어 있습니다. 증명되지 않은 것도 아래에 있습니다.",
        "This very event is in the ledger that the key in the receipt signed. Below is also what is not proven.",
    ),
}


class Record(StrEnum):
    """How far what a receipt says was recorded is proven; what is disproven is not shown at all."""

    RECORDED = "RECORDED"
    CLAIMED = "CLAIMED"


RECORDS: Final = {
    Record.RECORDED: Words("기록된 내용", "What was recorded"),
    Record.CLAIMED: Words("적혀 있는 내용 (증명되지 않음)", "What it says (not proven)"),
}


def passed(name: StepName, **values: Words | str) -> Step:
    """Return a step that proved what it should."""
    return Step(name, Status.PASSED, filled(PASSED[name], **values))


def failed(name: StepName, code: ReceiptCode) -> Step:
    """Return a step that showed something wrong."""
    return Step(name, Status.FAILED, WORDING[code], code)


def left_open(name: StepName, why: Open, **values: Words | str) -> Step:
    """Return a step that was not taken."""
    return Step(name, Status.NOT_CHECKED, filled(OPEN[why], **values))
