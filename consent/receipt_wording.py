"""The words of a receipt's readable part in both languages, as tables, so that every verifier writes the same lines.

They are part of the receipt's format: once receipts are out, a sentence is changed only together with the format.
`docs/receipts.md` says how lines are made of them, and `civic receipts words` prints them for other programs.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from consent.notice_parts import Words
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, GuardianCheck, Purpose, Term

Table: TypeAlias = Mapping[str, Words]


def _terms(english: Mapping[Term, str]) -> Table:
    return MappingProxyType({str(term): Words(term.korean, words) for term, words in english.items()})


LABELS: Final[Table] = MappingProxyType(
    {
        "what": Words("정하신 것", "Decision"),
        "purpose": Words("목적", "Purpose"),
        "items": Words("항목", "Items"),
        "left_out": Words("고르지 않으신 항목", "Items left out"),
        "sensitive": Words("따로 여쭌 것", "Asked apart"),
        "channels": Words("연락 방법", "How you may be reached"),
        "until": Words("언제까지", "Until when"),
        "notice": Words("보여 드린 안내문", "Notice that was shown"),
        "decided": Words("정하신 때", "Decided"),
        "recorded": Words("기록한 때", "Recorded"),
        "how": Words("받은 방법", "How it was taken"),
        "guardian": Words("법정대리인", "Guardian"),
        "basis": Words("근거", "Basis"),
        "erased": Words("함께 파기한 기록", "Records destroyed with it"),
        "take_back": Words("동의를 거두는 방법", "How to take it back"),
        "afterwards": Words("앞으로", "From now on"),
        "responsible": Words("맡은 곳", "Who is responsible"),
        "number": Words("접수증 번호", "Receipt number"),
        "person": Words("명부의 참조번호", "Reference in the directory"),
    }
)

KINDS: Final[Table] = MappingProxyType(
    {
        EventKind.GRANTED: Words(
            "이 목적에 아래 항목을 쓰는 데 동의하셨습니다.",
            "You agreed to the use of the items below for this purpose.",
        ),
        EventKind.REFUSED: Words("동의하지 않으셨습니다.", "You said no."),
        EventKind.WITHDRAWN: Words("동의를 거두셨습니다.", "You took your consent back."),
        EventKind.RENEWED: Words("동의를 이어 가기로 하셨습니다.", "You let your consent go on for longer."),
        EventKind.EXPIRED: Words("동의하신 기간이 끝났습니다.", "The time of your consent ran out."),
        EventKind.RESTRICTED: Words("이 목적에 쓰는 일을 멈추게 하셨습니다.", "You had this use suspended."),
        EventKind.RELEASED: Words("멈추게 하신 것을 푸셨습니다.", "You had the suspension lifted."),
        EventKind.OVERRIDE: Words(
            "생명이 위급하여 동의 없이 썼습니다. 정하신 것은 그대로입니다.",
            "It was used without consent, for danger to life. What you decided stays as it is.",
        ),
        EventKind.ERASED: Words(
            "명부에 있던 정보를 모두 파기했습니다.", "Everything that the directory held about you was destroyed."
        ),
    }
)

AFTERWARDS: Final[Table] = MappingProxyType(
    {
        EventKind.REFUSED: Words(
            "나중에 동의하고 싶으시면 언제든지 하실 수 있습니다.", "You can agree later, whenever you like."
        ),
        EventKind.WITHDRAWN: Words(
            "거두신 것은 더 쓰지 않습니다. 다시 동의하고 싶으시면 언제든지 하실 수 있습니다.",
            "What you took back is used no more. You can agree again whenever you like.",
        ),
        EventKind.EXPIRED: Words(
            "더 쓰지 않습니다. 다시 동의하고 싶으시면 언제든지 하실 수 있습니다.",
            "It is used no more. You can agree again whenever you like.",
        ),
        EventKind.RESTRICTED: Words(
            "풀어 달라고 하실 때까지 쓰지 않습니다.", "It is not used until you ask for the suspension to be lifted."
        ),
        EventKind.RELEASED: Words(
            "전에 정하신 것이 다시 그대로 이어집니다. 언제든지 다시 멈추게 하실 수 있습니다.",
            "What you had decided stands again. You can have the use suspended again at any time.",
        ),
        EventKind.OVERRIDE: Words(
            "누가 왜 썼는지 물으시면 알려 드립니다.", "If you ask, you are told who used it and why."
        ),
        EventKind.ERASED: Words(
            "거두실 것이 남아 있지 않습니다. 이 접수증이 남는 전부입니다.",
            "Nothing is left that you could take back. This receipt is all that remains.",
        ),
    }
)
"""For every kind but the two that leave a consent to take back, of which the notice says how."""

PURPOSES: Final = _terms(
    {
        Purpose.CITY_NEWS: "City news",
        Purpose.DISASTER_RESPONSE: "Disaster response",
        Purpose.POLICY_ADVICE: "Policy advice",
        Purpose.CITY_MONITORING: "City monitoring",
        Purpose.ENROLMENT: "Asking for consent",
    }
)
FIELDS: Final = _terms(
    {
        Field.NAME: "name",
        Field.SEX: "sex",
        Field.AGE: "age",
        Field.PHONE: "telephone number",
        Field.EMAIL: "e-mail address",
        Field.AFFILIATION: "affiliation",
        Field.RESIDENCE: "place of residence",
    }
)
CHANNELS: Final = _terms({Channel.SMS: "text message", Channel.EMAIL: "e-mail", Channel.VOICE: "telephone call"})
METHODS: Final = _terms(
    {
        CaptureMethod.KIOSK: "at a kiosk",
        CaptureMethod.PAPER: "on signed paper",
        CaptureMethod.WEB: "on the web",
        CaptureMethod.TELEPHONE: "by telephone",
        CaptureMethod.ROSTER: "from a roster",
        CaptureMethod.SYSTEM: "by the system, which found it",
    }
)
CHECKS: Final = _terms(
    {
        GuardianCheck.TEXT_MESSAGE: "by text message",
        GuardianCheck.PHONE_IDENTITY: "by a telephone identity check",
        GuardianCheck.CARD: "by payment card",
        GuardianCheck.SIGNED_PAPER: "by signed paper",
        GuardianCheck.EMAIL: "by e-mail",
        GuardianCheck.CALL: "by a call",
    }
)

TEXTS: Final[Table] = MappingProxyType(
    {
        "taken_back_in_part": Words("동의하신 것 가운데 일부를 거두셨습니다.", "You took back a part of your consent."),
        "every_purpose": Words("모든 목적", "Every purpose"),
        "none": Words("없음", "none"),
        "everything": Words("동의하신 것 모두", "everything that you had agreed to"),
        "as_before": Words("전에 동의하신 그대로", "as you agreed before"),
        "yes": Words("예", "yes"),
        "no": Words("아니요", "no"),
        "sensitive": Words("민감한 소속", "affiliations that are sensitive"),
        "until": Words("{instant}까지", "until {instant}"),
        "instant": Words(
            "{year}년 {month}월 {day}일 {hour}:{minute} (한국 시각)",
            "{day} {month_name} {year}, {hour}:{minute} (Korean time)",
        ),
        "notice": Words("{id}, {language}로 보심", "{id}, read in {language}"),
        "hash": Words("SHA-256 {hash}", "SHA-256 {hash}"),
        "operator": Words("담당 {value}", "operator {value}"),
        "meeting": Words("모임 {value}", "meeting {value}"),
        "evidence": Words("증빙 {value}", "evidence {value}"),
        "guardian": Words("법정대리인이 정하심: {check}, {instant}", "a guardian decided, verified {check}, {instant}"),
        "erased": Words("기록 {count}건", "{count} records"),
        "language_ko": Words("한국어", "Korean"),
        "language_en": Words("영어", "English"),
    }
)

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "labels": LABELS,
        "kinds": KINDS,
        "afterwards": AFTERWARDS,
        "purposes": PURPOSES,
        "fields": FIELDS,
        "channels": CHANNELS,
        "methods": METHODS,
        "checks": CHECKS,
        "texts": TEXTS,
    }
)
"""Every table by its name, for verifiers that are not written in this language."""


def filled(words: Words, **values: Words | str) -> Words:
    """Put values into a sentence, in each language its own."""
    ko = {name: value.ko if isinstance(value, Words) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Words) else value for name, value in values.items()}
    return Words(words.ko.format(**ko), words.en.format(**en))
