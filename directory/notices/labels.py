"""What stands around the text of a notice in both languages: its headings, and the words of page and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from consent.notice_parts import Language
from consent.vocabulary import Channel, Field, GuardianCheck, Purpose, Term


@dataclass(frozen=True, slots=True)
class Labels:
    """Every heading and mark in one language."""

    notices: str
    lead: str
    purpose: str
    promotion: str
    required: str
    no_required: str
    optional: str
    no_optional: str
    channels: str
    sensitive: str
    sensitive_apart: str
    retention: str
    refusal: str
    recipients: str
    recipient: str
    recipient_purpose: str
    shared: str
    kept: str
    overseas: str
    country: str
    when: str
    how: str
    withdrawal: str
    rights: str
    guardian: str
    guardian_checks: str
    controller: str
    address: str
    office: str
    phone: str
    email: str
    correction: str
    version: str
    since: str
    superseded: str
    successor: str
    asks_again: str
    in_force: str
    earlier: str
    read: str
    plain_text: str
    content: str
    print_hint: str
    hash: str


KOREAN: Final = Labels(
    notices="동의 안내문",
    lead="무엇에 동의하는지 먼저 읽어 보실 수 있도록 안내문을 모두 펼쳐 둡니다. 동의는 목적마다 따로 여쭙습니다.",
    purpose="무엇에 쓰나요",
    promotion="홍보 연락",
    required="꼭 있어야 하는 항목 (필수)",
    no_required="없습니다. 어느 항목이든 빼고 동의하실 수 있습니다.",
    optional="골라서 동의하는 항목 (선택)",
    no_optional="없습니다.",
    channels="연락받는 방법 (선택)",
    sensitive="따로 여쭙는 것: 민감정보",
    sensitive_apart="‘예’ 또는 ‘아니요’를 따로 고르시며, 미리 골라 두지 않습니다.",
    retention="언제까지 쓰나요",
    refusal="거절하셔도 됩니다",
    recipients="누가 받나요",
    recipient="받는 곳",
    recipient_purpose="쓰는 목적",
    shared="주는 항목",
    kept="보관 기간",
    overseas="나라 밖으로 가나요",
    country="나라",
    when="언제",
    how="어떻게",
    withdrawal="마음이 바뀌면",
    rights="내 정보에 대한 권리",
    guardian="만 14세가 안 된 분",
    guardian_checks="확인하는 방법",
    controller="책임지는 곳",
    address="주소",
    office="맡은 곳",
    phone="전화",
    email="전자우편",
    correction="이 판에서 바로잡은 것",
    version="제{number}판",
    since="{day}부터",
    superseded="이 안내문은 새 판으로 바뀌었습니다. 이 판에 동의하신 것은 동의하신 그대로입니다.",
    successor="새 판 보기",
    asks_again="내용이 달라졌으므로, 이 판에 동의하신 분께는 다시 여쭙습니다.",
    in_force="지금 쓰는 안내문",
    earlier="지난 안내문",
    read="안내문 읽기",
    plain_text="글만 보기",
    content="해시를 셈하는 원문",
    print_hint="인쇄하면 A4 종이에 맞게 나옵니다.",
    hash="이 글의 해시(SHA-256)",
)

ENGLISH: Final = Labels(
    notices="Consent notices",
    lead="Every notice lies open, so that you can read what you would agree to. Each purpose is asked on its own.",
    purpose="What it is used for",
    promotion="Messages that promote",
    required="Items that are required",
    no_required="None. You can leave any item out and still agree.",
    optional="Items that you choose (optional)",
    no_optional="None.",
    channels="How to reach you (optional)",
    sensitive="Asked apart: sensitive data",
    sensitive_apart="You choose yes or no to this on its own, and neither is chosen for you beforehand.",
    retention="For how long",
    refusal="You may refuse",
    recipients="Who is given it",
    recipient="Recipient",
    recipient_purpose="Its purpose",
    shared="Items given",
    kept="Kept for",
    overseas="Does it go abroad",
    country="Country",
    when="When",
    how="How",
    withdrawal="If you change your mind",
    rights="Your rights",
    guardian="If you are under 14",
    guardian_checks="How we check",
    controller="Who answers for it",
    address="Address",
    office="Office",
    phone="Telephone",
    email="E-mail",
    correction="What this version corrects",
    version="Version {number}",
    since="Since {day}",
    superseded="A new version came in the place of this notice. What you agreed to under this one stays as you agreed.",
    successor="Read the new version",
    asks_again="Since its substance changed, whoever agreed under this version is asked again.",
    in_force="In force",
    earlier="Earlier versions",
    read="Read the notice",
    plain_text="Plain text",
    content="The content that is hashed",
    print_hint="Printed, it fits A4 paper.",
    hash="Hash of this text (SHA-256)",
)

LABELS: Final[Mapping[Language, Labels]] = MappingProxyType({Language.KO: KOREAN, Language.EN: ENGLISH})

_IN_ENGLISH: Final[Mapping[Term, str]] = MappingProxyType(
    {
        Purpose.CITY_NEWS: "City news",
        Purpose.DISASTER_RESPONSE: "Disaster response",
        Purpose.POLICY_ADVICE: "Policy advice",
        Purpose.CITY_MONITORING: "City monitoring",
        Purpose.ENROLMENT: "Asking for consent",
        Field.NAME: "Name",
        Field.SEX: "Sex",
        Field.AGE: "Age",
        Field.PHONE: "Telephone number",
        Field.EMAIL: "E-mail address",
        Field.AFFILIATION: "Affiliation",
        Field.RESIDENCE: "Where you live",
    }
)
_CHANNELS_IN_ENGLISH: Final[Mapping[Channel, str]] = MappingProxyType(
    {Channel.SMS: "Text message", Channel.EMAIL: "E-mail", Channel.VOICE: "Telephone call"}
)
_CHECKS_IN_ENGLISH: Final[Mapping[GuardianCheck, str]] = MappingProxyType(
    {
        GuardianCheck.TEXT_MESSAGE: "a text message that is confirmed",
        GuardianCheck.PHONE_IDENTITY: "the telephone’s identity check",
        GuardianCheck.CARD: "a payment card",
        GuardianCheck.SIGNED_PAPER: "a signed paper",
        GuardianCheck.EMAIL: "an answer by e-mail",
        GuardianCheck.CALL: "a telephone call",
    }
)


def named(term: Purpose | Field | Channel | GuardianCheck, language: Language) -> str:
    """Name a word of the vocabulary: by its Korean term, or as an English reader would call it."""
    if language == Language.KO:
        return term.korean
    # Words of different classes that are spelt alike are equal, so each class has a table of its own.
    if isinstance(term, Channel):
        return _CHANNELS_IN_ENGLISH[term]
    if isinstance(term, GuardianCheck):
        return _CHECKS_IN_ENGLISH[term]
    return _IN_ENGLISH[term]
