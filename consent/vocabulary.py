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


class EventKind(Term):
    """What happened to a person's consent; facts, each recorded once and never edited (C1)."""

    GRANTED = "GRANTED", "동의", "The person agreed, to the fields and channels that are listed."
    REFUSED = "REFUSED", "거부", "The person said no."
    WITHDRAWN = "WITHDRAWN", "철회", "The person took back what is listed, or everything where nothing is."
    RENEWED = "RENEWED", "갱신", "The person let a consent that was in force go on for longer."
    EXPIRED = "EXPIRED", "만료", "The time of a consent was found to have run out."
    RESTRICTED = "RESTRICTED", "처리정지", "The use is suspended, at the person's request."
    RELEASED = "RELEASED", "처리정지 해제", "The suspension was lifted, at the person's request."
    OVERRIDE = "OVERRIDE", "긴급 이용", "Used without consent, for danger to life; changes no consent."
    ERASED = "ERASED", "파기", "Everything held about the person was destroyed."


class CaptureMethod(Term):
    """How a decision came in (수집 방법)."""

    KIOSK = "KIOSK", "무인단말기", "At a kiosk."
    PAPER = "PAPER", "서면", "On signed paper."
    WEB = "WEB", "누리집", "On the web, by the person themselves."
    TELEPHONE = "TELEPHONE", "전화", "By telephone."
    ROSTER = "ROSTER", "명부", "From a roster, with evidence of each decision."
    SYSTEM = "SYSTEM", "시스템", "Nobody decided: the directory found that a time had run out."


class GuardianCheck(Term):
    """How the consent of a guardian was verified, where the person is under fourteen (P7)."""

    TEXT_MESSAGE = "TEXT_MESSAGE", "문자 확인", "A text message to the guardian was confirmed."
    PHONE_IDENTITY = "PHONE_IDENTITY", "휴대전화 본인인증", "The guardian's identity was checked by telephone."
    CARD = "CARD", "카드 정보", "The guardian's payment card was checked."
    SIGNED_PAPER = "SIGNED_PAPER", "서명 서면", "The guardian signed on paper."
    EMAIL = "EMAIL", "전자우편 회신", "The guardian answered by e-mail."
    CALL = "CALL", "전화 통화", "The guardian was told by telephone and agreed."


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
