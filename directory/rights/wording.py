"""What a person is told along the way, in both languages."""

from typing import Final

from consent.notice_parts import Language, Words

SENT: Final = Words(
    "등록된 연락처라면 인증번호를 보냈습니다. 10분 안에 입력해 주십시오.",
    "If this contact is registered, we have sent a code. Enter it within ten minutes.",
)
"""The one answer to whoever asks for a code (L4)."""

_CODE: Final = Words(
    "[시정참여 인사 네트워크] 인증번호 {code}. 10분 안에 쓰십시오. 요청하신 적이 없다면 그냥 두셔도 됩니다.",
    "[Civic Directory] Your code is {code}. Use it within ten minutes. If you did not ask for it, do nothing.",
)

RIGHTS: Final = Words(
    "언제든지 이용을 멈추게 하거나(처리정지), 동의를 거두거나(철회), 모두 파기하게 할 수 있습니다. "
    "동의할 때와 같은 곳에서, 같은 방법으로 할 수 있습니다.",
    "You may have the use suspended, take a consent back, or have everything destroyed, at any time, in the same place "
    "and as easily as you agreed.",
)


UNCONFIRMED: Final = (
    "기한까지 새 연락처의 인증번호를 확인하지 못해 바꾸지 않았습니다. 다시 요구하시거나 이의를 제기하실 수 있습니다. "
    "Nobody sent the code of the new contact back in time, so that it was not changed. You may ask again, or appeal."
)
"""Why a correction that nobody confirmed is refused: a reason is one text, so it stands there in both languages."""


def code_text(code: str, language: Language) -> str:
    """Return the message that brings a code; it names nobody."""
    return _CODE.of(language).format(code=code)
