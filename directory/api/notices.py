"""Notices in the schema: each text in the language that is asked for, with its parts as the law names them."""

from datetime import UTC, datetime
from typing import Final

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from consent.notice_parts import GuardianRule, Item, Language, Notice, Offer, Overseas, Recipient
from directory.notices.reading import Published
from directory.vocabulary import Channel, Field, GuardianCheck, Purpose

_MEANINGS: Final = {"KO": "Korean (한국어)", "EN": "English (영어)"}


def _declare_language() -> None:
    """Make the languages known to the schema, before the types that use them are made."""
    declared = strawberry.enum(
        Language, name="NoticeLanguage", description="A language in which every notice is written."
    )
    definition: StrawberryEnumDefinition = declared.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = _MEANINGS[value.name]


_declare_language()


@strawberry.type(description="A field that a notice asks for.")
class NoticeItem:
    """An item."""

    field: Field = strawberry.field(description="The field.")
    required: bool = strawberry.field(
        description="Whether nobody can agree without it; false where the person may leave it out."
    )
    words: str = strawberry.field(description="What it is used for, in plain words.")


@strawberry.type(description="A channel by which a notice lets people choose to be reached; always optional.")
class NoticeChannel:
    """A channel."""

    channel: Channel = strawberry.field(description="The channel.")
    words: str = strawberry.field(description="What comes by it.")


@strawberry.type(description="What a shown affiliation can reveal, asked apart with its own yes or no.")
class NoticeSensitive:
    """The sensitive part."""

    items: str = strawberry.field(description="Which affiliations are sensitive.")
    words: str = strawberry.field(description="What saying no to them means.")


@strawberry.type(description="Somebody else who is given items.")
class NoticeRecipient:
    """A recipient."""

    who: str = strawberry.field(description="Who.")
    purpose: str = strawberry.field(description="What for.")
    items: list[Field] = strawberry.field(description="Which fields.")
    retention: str = strawberry.field(description="For how long.")
    refusal: str = strawberry.field(description="The right to refuse it, and what follows.")


@strawberry.type(description="Storage, processing or viewing in another country.")
class NoticeOverseas:
    """Handling abroad."""

    country: str = strawberry.field(description="The country, by its two letters (ISO 3166).")
    recipient: str = strawberry.field(description="Who.")
    items: list[Field] = strawberry.field(description="Which fields.")
    when: str = strawberry.field(description="When.")
    how: str = strawberry.field(description="How.")
    purpose: str = strawberry.field(description="What for.")
    retention: str = strawberry.field(description="For how long.")
    refusal: str = strawberry.field(description="The right to refuse it, and what follows.")


@strawberry.type(description="Who answers for the data, and how to reach them.")
class NoticeController:
    """The controller."""

    name: str = strawberry.field(description="Who.")
    address: str = strawberry.field(description="The address.")
    office: str = strawberry.field(description="The office that does it.")
    phone: str = strawberry.field(description="The telephone number.")
    email: str = strawberry.field(description="The e-mail address.")


@strawberry.type(description="Under which age a guardian decides, and how that is verified.")
class NoticeGuardian:
    """The rule for children."""

    under: int = strawberry.field(description="Whoever is younger than this many years does not decide alone.")
    checks: list[GuardianCheck] = strawberry.field(description="How the guardian may be verified.")
    words: str = strawberry.field(description="The same in plain words.")


@strawberry.type(name="Notice", description="A version of the text that people are shown before they decide.")
class ShownNotice:
    """A notice in one language."""

    id: strawberry.ID = strawberry.field(description="Its name for good, such as city-news/1.")
    purpose: Purpose = strawberry.field(description="The one purpose that it is about.")
    version: int = strawberry.field(description="1 for the first text of the purpose, and so on without a gap.")
    published: datetime = strawberry.field(description="Since when it is out; from then on it is never changed.")
    sha256: str = strawberry.field(description="The hash of its content in both languages, for events and receipts.")
    in_force: bool = strawberry.field(description="Whether people who decide now decide under it.")
    successor: strawberry.ID | None = strawberry.field(description="The version after it; null where there is none.")
    asks_again: bool = strawberry.field(
        description="Whether whoever agreed under it is asked again, since a later version changed substance."
    )
    language: Language = strawberry.field(description="The language of the texts.")
    title: str = strawberry.field(description="The question that it puts.")
    purpose_in_words: str = strawberry.field(description="What the data is used for.")
    promotion: str | None = strawberry.field(description="That it promotes something; null where it does not.")
    items: list[NoticeItem] = strawberry.field(description="The fields that it asks for.")
    channels: list[NoticeChannel] = strawberry.field(description="The channels to choose from.")
    sensitive: NoticeSensitive | None = strawberry.field(
        description="What is asked apart; null where nothing sensitive is asked for."
    )
    retention_days: int = strawberry.field(description="For how many days at most what is agreed to is kept and used.")
    retention: str = strawberry.field(description="For how long, in words.")
    right_to_refuse: str = strawberry.field(description="That people may refuse.")
    consequence: str = strawberry.field(description="What follows if they do.")
    recipients_in_words: str = strawberry.field(description="Who else is given the data, or that nobody is.")
    recipients: list[NoticeRecipient] = strawberry.field(description="The others who are given it.")
    overseas_in_words: str = strawberry.field(description="Whether it goes abroad, or that it does not.")
    overseas: list[NoticeOverseas] = strawberry.field(description="Where it is stored, processed or seen abroad.")
    withdrawal: str = strawberry.field(description="How to take the consent back.")
    rights: str = strawberry.field(description="What else people can ask for.")
    guardian: NoticeGuardian = strawberry.field(description="The rule for children.")
    controller: NoticeController = strawberry.field(description="Who answers for it.")
    correction: str | None = strawberry.field(
        description="What this version puts right, where it corrects wording alone; else null."
    )


def shown_notice(published: Published, language: Language) -> ShownNotice:
    """Return a notice as the interface shows it in a language."""
    notice = published.notice
    return ShownNotice(
        id=strawberry.ID(notice.id),
        purpose=notice.purpose,
        version=notice.version,
        published=datetime.fromtimestamp((notice.published or 0) / 1000, UTC),
        sha256=published.sha256,
        in_force=published.in_force,
        successor=None if published.successor is None else strawberry.ID(published.successor),
        asks_again=published.asks_again,
        language=language,
        title=notice.title.of(language),
        purpose_in_words=notice.purpose_in_words.of(language),
        promotion=None if notice.promotion is None else notice.promotion.of(language),
        items=[_item(item, language) for item in notice.items],
        channels=[_channel(offer, language) for offer in notice.channels],
        sensitive=_sensitive(notice, language),
        retention_days=notice.retention.days,
        retention=notice.retention.words.of(language),
        right_to_refuse=notice.right_to_refuse.of(language),
        consequence=notice.consequence.of(language),
        recipients_in_words=notice.recipients_in_words.of(language),
        recipients=[_recipient(recipient, language) for recipient in notice.recipients],
        overseas_in_words=notice.overseas_in_words.of(language),
        overseas=[_overseas(abroad, language) for abroad in notice.overseas],
        withdrawal=notice.withdrawal.of(language),
        rights=notice.rights.of(language),
        guardian=_guardian(notice.guardian, language),
        controller=_controller(notice, language),
        correction=None if notice.correction is None else notice.correction.of(language),
    )


def _item(item: Item, language: Language) -> NoticeItem:
    return NoticeItem(field=item.field, required=item.required, words=item.words.of(language))


def _channel(offer: Offer, language: Language) -> NoticeChannel:
    return NoticeChannel(channel=offer.channel, words=offer.words.of(language))


def _sensitive(notice: Notice, language: Language) -> NoticeSensitive | None:
    sensitive = notice.sensitive
    if sensitive is None:
        return None
    return NoticeSensitive(items=sensitive.items.of(language), words=sensitive.words.of(language))


def _recipient(recipient: Recipient, language: Language) -> NoticeRecipient:
    return NoticeRecipient(
        who=recipient.who.of(language),
        purpose=recipient.purpose.of(language),
        items=list(recipient.items),
        retention=recipient.retention.of(language),
        refusal=recipient.refusal.of(language),
    )


def _overseas(abroad: Overseas, language: Language) -> NoticeOverseas:
    return NoticeOverseas(
        country=abroad.country,
        recipient=abroad.recipient.of(language),
        items=list(abroad.items),
        when=abroad.when.of(language),
        how=abroad.how.of(language),
        purpose=abroad.purpose.of(language),
        retention=abroad.retention.of(language),
        refusal=abroad.refusal.of(language),
    )


def _guardian(guardian: GuardianRule, language: Language) -> NoticeGuardian:
    return NoticeGuardian(under=guardian.under, checks=list(guardian.checks), words=guardian.words.of(language))


def _controller(notice: Notice, language: Language) -> NoticeController:
    controller = notice.controller
    return NoticeController(
        name=controller.name.of(language),
        address=controller.address.of(language),
        office=controller.office.of(language),
        phone=controller.phone,
        email=controller.email,
    )
