"""A notice laid out in sections, the same for page, plain text and paper, so that none of them leaves a part out."""

from dataclasses import dataclass

from consent.notice_parts import Item, Language, Notice, Overseas, Recipient
from consent.vocabulary import Field
from directory.notices.labels import LABELS, Labels, named


@dataclass(frozen=True, slots=True)
class Line:
    """One named thing of a list, and what is said of it; `stands_out` as P3 asks for."""

    name: str
    text: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a notice under its heading: a text that stands out (P3), what is said beside it, and a list."""

    key: str
    heading: str
    standing_out: str = ""
    text: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def sections(notice: Notice, language: Language) -> tuple[Section, ...]:
    """Lay a notice out in a language; required and optional items apart, and what P3 names standing out."""
    labels = LABELS[language]
    layout = _Layout(notice, language, labels)
    found = (
        layout.text("purpose", labels.purpose, notice.purpose_in_words.of(language)),
        layout.promotion(),
        layout.items("required", labels.required, labels.no_required, required=True),
        layout.items("optional", labels.optional, labels.no_optional, required=False),
        layout.channels(),
        layout.sensitive(),
        Section("retention", labels.retention, notice.retention.words.of(language)),
        layout.text("refusal", labels.refusal, notice.right_to_refuse.of(language), notice.consequence.of(language)),
        layout.recipients(),
        layout.overseas(),
        layout.text("withdrawal", labels.withdrawal, notice.withdrawal.of(language)),
        layout.text("rights", labels.rights, notice.rights.of(language)),
        layout.guardian(),
        layout.controller(),
        layout.correction(),
    )
    return tuple(section for section in found if section is not None)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Makes the sections of one notice in one language; None for a part that this notice does not have."""

    notice: Notice
    language: Language
    labels: Labels

    def text(self, key: str, heading: str, *text: str) -> Section:
        return Section(key, heading, text=text)

    def promotion(self) -> Section | None:
        promotion = self.notice.promotion
        return None if promotion is None else Section("promotion", self.labels.promotion, promotion.of(self.language))

    def items(self, key: str, heading: str, none: str, *, required: bool) -> Section:
        lines = tuple(self._item(item) for item in self.notice.items if item.required is required)
        return Section(key, heading, text=() if lines else (none,), lines=lines)

    def _item(self, item: Item) -> Line:
        return Line(named(item.field, self.language), item.words.of(self.language))

    def channels(self) -> Section:
        lines = (
            Line(named(offer.channel, self.language), offer.words.of(self.language)) for offer in self.notice.channels
        )
        return Section("channels", self.labels.channels, lines=tuple(lines))

    def sensitive(self) -> Section | None:
        sensitive = self.notice.sensitive
        if sensitive is None:
            return None
        said = (sensitive.words.of(self.language), self.labels.sensitive_apart)
        return Section("sensitive", self.labels.sensitive, sensitive.items.of(self.language), said)

    def recipients(self) -> Section:
        lines = tuple(line for recipient in self.notice.recipients for line in self._recipient(recipient))
        said = self.notice.recipients_in_words.of(self.language)
        return Section("recipients", self.labels.recipients, said, lines=lines)

    def _recipient(self, recipient: Recipient) -> tuple[Line, ...]:
        labels, language = self.labels, self.language
        return (
            Line(labels.recipient, recipient.who.of(language), stands_out=True),
            Line(labels.recipient_purpose, recipient.purpose.of(language), stands_out=True),
            Line(labels.shared, self._fields(recipient.items)),
            Line(labels.kept, recipient.retention.of(language), stands_out=True),
            Line(labels.refusal, recipient.refusal.of(language)),
        )

    def overseas(self) -> Section:
        lines = tuple(line for abroad in self.notice.overseas for line in self._abroad(abroad))
        return Section(
            "overseas", self.labels.overseas, text=(self.notice.overseas_in_words.of(self.language),), lines=lines
        )

    def _abroad(self, abroad: Overseas) -> tuple[Line, ...]:
        labels, language = self.labels, self.language
        return (
            Line(labels.country, abroad.country),
            Line(labels.recipient, abroad.recipient.of(language), stands_out=True),
            Line(labels.recipient_purpose, abroad.purpose.of(language), stands_out=True),
            Line(labels.shared, self._fields(abroad.items)),
            Line(labels.when, abroad.when.of(language)),
            Line(labels.how, abroad.how.of(language)),
            Line(labels.kept, abroad.retention.of(language), stands_out=True),
            Line(labels.refusal, abroad.refusal.of(language)),
        )

    def guardian(self) -> Section:
        guardian = self.notice.guardian
        checks = ", ".join(named(check, self.language) for check in guardian.checks)
        said = guardian.words.of(self.language)
        return Section(
            "guardian", self.labels.guardian, text=(said,), lines=(Line(self.labels.guardian_checks, checks),)
        )

    def controller(self) -> Section:
        controller, labels, language = self.notice.controller, self.labels, self.language
        lines = (
            Line(labels.address, controller.address.of(language)),
            Line(labels.office, controller.office.of(language)),
            Line(labels.phone, controller.phone),
            Line(labels.email, controller.email),
        )
        return Section("controller", labels.controller, text=(controller.name.of(language),), lines=lines)

    def correction(self) -> Section | None:
        correction = self.notice.correction
        if correction is None:
            return None
        return self.text("correction", self.labels.correction, correction.of(self.language))

    def _fields(self, items: tuple[Field, ...]) -> str:
        return ", ".join(named(field, self.language) for field in items)
