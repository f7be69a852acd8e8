"""The forms of a receipt that other programs know: ISO/IEC TS 27560 and Kantara's consent receipt 1.1.

Both are worked out from the event and its notice alone, so that whoever has these can do it again and compare. The
originals of both were not at hand; the names are those that the W3C's guide to 27560 and implementations use.
"""

import base64
from typing import Any, Final

from consent.events import ConsentEvent
from consent.notice_parts import Language, Notice
from consent.notices import content_hash
from consent.vocabulary import Channel, EventKind, Field

JURISDICTION: Final = "KR"

_SCHEMA: Final = "ISO/IEC TS 27560:2023"
_KANTARA: Final = "KI-CR-v1.1.0"
_SECOND: Final = 1000
_CONTROLLER: Final = "controller"
ACTIONS: Final = {
    EventKind.GRANTED: "GRANT",
    EventKind.REFUSED: "REFUSE",
    EventKind.WITHDRAWN: "WITHDRAW",
    EventKind.RENEWED: "RENEW",
    EventKind.EXPIRED: "EXPIRE",
    EventKind.RESTRICTED: "RESTRICT",
    EventKind.RELEASED: "RELEASE",
    EventKind.OVERRIDE: "OVERRIDE",
    EventKind.ERASED: "ERASE",
}
_CONSENTS: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED})
_DECIDED: Final = frozenset(EventKind) - {EventKind.EXPIRED, EventKind.OVERRIDE, EventKind.ERASED}


def ts_27560(event: ConsentEvent, notice: Notice | None) -> dict[str, Any]:
    """Return the receipt in the sections of TS 27560: header, processing with its PII, parties, event."""
    return {
        "header": {
            "schema_version": _SCHEMA,
            "receipt_id": event.id,
            "record_id": event.id,
            "pii_principal_id": event.person,
        },
        "processing": {
            "purpose": None if event.purpose is None else str(event.purpose),
            "lawful_basis": "PIPA-15-1-1 consent" if event.kind in _CONSENTS else None,
            "language": _language(event),
            "pii_information": _pii(event, notice),
            "channels": [str(channel) for channel in Channel if channel in event.channels],
            "collection_method": str(event.capture.method),
            "collected_by": event.capture.operator,
            "collected_at": event.capture.meeting or None,
            "retention_until": event.until,
            "jurisdiction": JURISDICTION,
            **({} if notice is None else _from_notice(event, notice)),
        },
        "parties": [] if notice is None else [_party(event, notice)],
        "event": {
            "time": event.at,
            "recorded": event.recorded,
            "validity_duration": None if event.until is None else event.until - event.at,
            "entity_id": "guardian" if event.guardian else event.person,
            "type": "explicit" if event.kind in _DECIDED else "found",
            "guardian_check": None if event.guardian is None else str(event.guardian.check),
            "guardian_verified": None if event.guardian is None else event.guardian.verified_at,
            "state": ACTIONS[event.kind],
            "basis": event.basis or None,
        },
    }


def kantara(event: ConsentEvent, notice: Notice | None, public_key: str) -> dict[str, Any] | None:
    """Return the consent receipt in Kantara's form, for an event that gives or prolongs a consent.

    That form knows only consents that were given: a refusal written in it would be read as one. So it is None for
    every other event, which TS 27560 has a state for.
    """
    if event.kind not in _CONSENTS or notice is None or event.purpose is None:
        return None
    sensitive = [notice.sensitive.items.of(event.language)] if notice.sensitive and event.sensitive else []
    return {
        "version": _KANTARA,
        "jurisdiction": JURISDICTION,
        "consentTimestamp": event.at // _SECOND,
        "collectionMethod": str(event.capture.method),
        "consentReceiptID": event.id,
        "publicKey": public_key,
        "language": event.language,
        "piiPrincipalId": event.person,
        "piiControllers": [_kantara_controller(event, notice)],
        "policyUrl": _notice_uri(content_hash(notice)),
        "services": [{"service": notice.title.of(event.language), "purposes": [_kantara_purpose(event, notice)]}],
        "sensitive": bool(sensitive),
        "spiCat": sensitive,
    }


def _notice_uri(sha256: str) -> str:
    """Name a notice by the hash of its text (RFC 6920), which stays true wherever the text lies."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()


def _language(event: ConsentEvent) -> str:
    """Return the language that the person read; where nothing was shown, that of the jurisdiction."""
    return event.language or Language.KO.value


def _pii(event: ConsentEvent, notice: Notice | None) -> list[dict[str, Any]]:
    optional = frozenset[Field]() if notice is None else notice.optional
    return [
        {
            "pii_type": str(field),
            "attribute_id": field.lower(),
            "optional": field in optional,
            "sensitive": field is Field.AFFILIATION and event.sensitive,
            "special": field is Field.AFFILIATION and event.sensitive,
        }
        for field in Field
        if field in event.fields
    ]


def _from_notice(event: ConsentEvent, notice: Notice) -> dict[str, Any]:
    language = _language(event)
    return {
        "privacy_notice": {
            "id": notice.id,
            "sha256": content_hash(notice),
            "shown": bool(event.notice),
            "title": notice.title.of(language),
        },
        "service": notice.title.of(language),
        "pii_controllers": [_CONTROLLER],
        "processing_method": notice.purpose_in_words.of(language),
        "storage_locations": _regions(notice),
        "processing_locations": _regions(notice),
        "geographic_restrictions": notice.overseas_in_words.of(language),
        "retention_period": notice.retention.words.of(language),
        "recipient_third_parties": [each.who.of(language) for each in notice.recipients],
        "recipients_in_words": notice.recipients_in_words.of(language),
        "withdrawal_method": notice.withdrawal.of(language),
        "privacy_rights": notice.rights.of(language),
    }


def _regions(notice: Notice) -> list[str]:
    return sorted({JURISDICTION, *(abroad.country for abroad in notice.overseas)})


def _party(event: ConsentEvent, notice: Notice) -> dict[str, Any]:
    controller, language = notice.controller, _language(event)
    return {
        "id": _CONTROLLER,
        "name": controller.name.of(language),
        "address": controller.address.of(language),
        "contact": controller.office.of(language),
        "type": "data controller",
        "role": "controller",
        "email": controller.email,
        "phone": controller.phone,
        "url": None,
    }


def _kantara_controller(event: ConsentEvent, notice: Notice) -> dict[str, Any]:
    controller, language = notice.controller, event.language
    return {
        "piiController": controller.name.of(language),
        "onBehalf": False,
        "contact": controller.office.of(language),
        "address": {"streetAddress": controller.address.of(language), "addressCountry": JURISDICTION},
        "email": controller.email,
        "phone": controller.phone,
        "piiControllerUrl": "",
    }


def _kantara_purpose(event: ConsentEvent, notice: Notice) -> dict[str, Any]:
    return {
        "purpose": notice.purpose_in_words.of(event.language),
        "purposeCategory": [str(event.purpose)],
        "consentType": "EXPLICIT",
        "piiCategory": [str(field) for field in Field if field in event.fields],
        # A consent asked for apart: nothing that is required is refused with it (P2).
        "primaryPurpose": False,
        "termination": notice.retention.words.of(event.language),
        "thirdPartyDisclosure": bool(notice.recipients),
        "thirdPartyName": ", ".join(each.who.of(event.language) for each in notice.recipients),
    }
