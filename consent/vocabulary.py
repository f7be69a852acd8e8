"""The words of consent, such as fields, purposes and states, each with its Korean term."""

from enum import StrEnum
from typing import Final, Self


class Term(StrEnum):
    """A word of the vocabulary; its value equals its name, so that code, graph and interface say the same.

    `korean` is the term the city uses, `meaning` one English sentence fit for showing to a caller.
    """

    korean: str
    meaning: str

    # The defaults serve type checkers alone, which take the look-up `Field("NAME")` for this call.
    def __new__(cls, value: str, korean: str = "", meaning: str = "") -> Self:
        """Make a member from its value and its two descriptions."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.korean = korean
        member.meaning = meaning
        return member


class Field(Term):
    """What can be disclosed of a participant, each on its own (항목)."""

    NAME = "NAME", "성명", "The participant's name."
    SEX = "SEX", "성별", "The participant's sex."
    AGE = "AGE", "나이", "The participant's age in years."
    PHONE = "PHONE", "전화번호", "The telephone number."
    EMAIL = "EMAIL", "전자우편", "The e-mail address."
    AFFILIATION = "AFFILIATION", "소속", "The bodies that the participant belongs to or serves on."
    RESIDENCE = "RESIDENCE", "거주지", "The region where the participant lives."


class Purpose(Term):
    """What a disclosure is for (이용 목적); the first four rest on consent, ENROLMENT asks for it."""

    CITY_NEWS = "CITY_NEWS", "시정홍보", "Telling participants about the city's work."
    DISASTER_RESPONSE = "DISASTER_RESPONSE", "재난·재해 대응", "Mobilizing participants in a disaster."
    POLICY_ADVICE = "POLICY_ADVICE", "시정자문", "Asking participants for advice on policy."
    CITY_MONITORING = "CITY_MONITORING", "시정모니터", "Asking participants to monitor the city's services."
    ENROLMENT = (
        "ENROLMENT",
        "동의 요청",
        "Asking for consent, by the enrolling department until its deadline.",
    )


CONSENTED_PURPOSES: Final = (
    Purpose.CITY_NEWS,
    Purpose.DISASTER_RESPONSE,
    Purpose.POLICY_ADVICE,
    Purpose.CITY_MONITORING,
)


class Channel(Term):
    """How a participant can be reached (연락 수단)."""

    SMS = "SMS", "문자메시지", "A text message to a mobile number."
    EMAIL = "EMAIL", "전자우편", "A message to an e-mail address."
    VOICE = "VOICE", "음성통화", "A call to a telephone number."


class State(Term):
    """What the consent events of one purpose add up to (동의 상태)."""

    NOT_ASKED = "NOT_ASKED", "미확인", "No decision is recorded."
    GRANTED = "GRANTED", "동의", "The person agreed, and what they agreed to is listed beside it."
    REFUSED = "REFUSED", "거부", "The person said no."
    WITHDRAWN = "WITHDRAWN", "철회", "The person agreed and took it back."
    EXPIRED = "EXPIRED", "만료", "The person agreed and its time ran out."


class RefusalReason(Term):
    """Why the gate refuses a field (비공개 사유)."""

    NOT_ASKED = "NOT_ASKED", "미확인", "No decision is recorded for the purpose."
    REFUSED = "REFUSED", "거부", "The person said no to the purpose."
    WITHDRAWN = "WITHDRAWN", "철회", "The person took the consent back."
    EXPIRED = "EXPIRED", "만료", "The time of the consent ran out."
    NOT_COVERED = "NOT_COVERED", "동의 범위 외", "Consent stands, but not for this field or channel."
    OUT_OF_SCOPE = "OUT_OF_SCOPE", "권한 범위 외", "The caller may not act for this purpose, group or region."
    SENSITIVE = (
        "SENSITIVE",
        "민감정보",
        "No separate consent to show what reveals belief, union, party or health.",
    )
    NOT_HELD = "NOT_HELD", "미보유", "Consent covers the field, but the directory has no such value."


class Category(Term):
    """The plan's four kinds of participation (분야)."""

    ADMINISTRATIVE_SUPPORT = "ADMINISTRATIVE_SUPPORT", "행정지원", "Supports the administration's daily work."
    ADMINISTRATIVE_COOPERATION = "ADMINISTRATIVE_COOPERATION", "행정협력", "Works beside the administration."
    POLICY_ADVICE = "POLICY_ADVICE", "시정자문", "Advises the city on its policy."
    CIVIC_PARTICIPATION = "CIVIC_PARTICIPATION", "시정참여", "Takes part in the city's affairs as a citizen."


class Sex(Term):
    """A participant's sex as recorded (성별)."""

    FEMALE = "FEMALE", "여성", "Female."
    MALE = "MALE", "남성", "Male."
