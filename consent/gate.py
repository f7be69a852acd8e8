"""The one place that decides whether a field may be disclosed."""

from collections.abc import Iterable, Mapping
from typing import Final

from consent.permit import Permit, Refusal, _issue
from consent.scope import Scope
from consent.standing import Enrolment, PurposeStanding, Standing, answered
from consent.vocabulary import Channel, Field, Purpose, RefusalReason, State

__all__ = ["Permit", "Refusal", "Scope", "decide", "decide_fields"]

# Refusals carry nothing but their reason, so one of each serves every call.
_NOT_ASKED: Final = Refusal(RefusalReason.NOT_ASKED)
_EXPIRED: Final = Refusal(RefusalReason.EXPIRED)
_NOT_COVERED: Final = Refusal(RefusalReason.NOT_COVERED)
_OUT_OF_SCOPE: Final = Refusal(RefusalReason.OUT_OF_SCOPE)
_SENSITIVE: Final = Refusal(RefusalReason.SENSITIVE)
_NOT_HELD: Final = Refusal(RefusalReason.NOT_HELD)

# What every state but GRANTED answers.
_CLOSED: Final = {
    State.NOT_ASKED: _NOT_ASKED,
    State.REFUSED: Refusal(RefusalReason.REFUSED),
    State.WITHDRAWN: Refusal(RefusalReason.WITHDRAWN),
    State.EXPIRED: _EXPIRED,
}

# What ENROLMENT discloses, whatever else the person agreed to: name and contact, by any channel, and never
# a sensitive affiliation.
_ENROLMENT_COVER: Final = PurposeStanding(
    State.GRANTED,
    fields=frozenset({Field.NAME, Field.PHONE, Field.EMAIL}),
    channels=frozenset(Channel),
)

# What an absent record says.
_NOTHING_RECORDED: Final = PurposeStanding(State.NOT_ASKED)


def decide(  # noqa: PLR0913 - an argument a fact reads better than any table.
    standing: Standing,
    field: Field,
    purpose: Purpose,
    scope: Scope,
    now: int,
    *,
    channel: Channel | None = None,
    sensitive: bool = False,
) -> Permit | Refusal:
    """Decide whether `scope` may be shown `field` of the person for `purpose` at `now` (epoch milliseconds).

    `channel` asks to reach the person that way as well; `sensitive` asks for affiliations with bodies that
    reveal belief, union, party or health (P5), and means nothing for other fields. The refusals are tried
    in a fixed order: scope, state, coverage, sensitivity, and last whether a value is held, so that
    NOT_HELD is told only where consent covers the field. Never raises: whatever is not exactly of the
    expected type is unknown, and unknown means refused.
    """
    consent = _consent(standing, purpose, scope, now)
    if isinstance(consent, Refusal):
        return consent
    return _of_field(standing, consent, field, purpose, now, channel=channel, sensitive=sensitive)


def decide_fields(
    standing: Standing, fields: Iterable[Field], purpose: Purpose, scope: Scope, now: int
) -> list[Permit | Refusal]:
    """Decide about several fields of one person, each as `decide` would alone: what they share is weighed once."""
    consent = _consent(standing, purpose, scope, now)
    if isinstance(consent, Refusal):
        return [consent for _ in fields]
    return [_of_field(standing, consent, field, purpose, now) for field in fields]


def _consent(standing: Standing, purpose: Purpose, scope: Scope, now: int) -> PurposeStanding | Refusal:
    """Return what is open to `scope` for the purpose, or what everything is refused with: scope first, then state."""
    if type(standing) is not Standing or type(scope) is not Scope or type(purpose) is not Purpose:
        return _OUT_OF_SCOPE
    if purpose not in scope.purposes or not scope.covers(standing.jurisdiction, standing.group):
        return _OUT_OF_SCOPE
    consent = _recorded(standing, purpose)
    if consent is None:
        return _NOT_ASKED
    if purpose is Purpose.ENROLMENT:
        refusal = _refuse_enrolment(standing, consent.state, scope.department, now)
        consent = _ENROLMENT_COVER
    else:
        refusal = _refuse_consent(consent, now)
    return consent if refusal is None else refusal


def _of_field(  # noqa: PLR0913 - as for `decide`.
    standing: Standing,
    consent: PurposeStanding,
    field: Field,
    purpose: Purpose,
    now: int,
    *,
    channel: Channel | None = None,
    sensitive: bool = False,
) -> Permit | Refusal:
    """Decide about one field under a consent that stands: coverage, sensitivity, and last whether it is held."""
    if type(field) is not Field or type(consent.fields) is not frozenset or field not in consent.fields:
        return _NOT_COVERED
    if channel is not None and not _covers_channel(consent, channel):
        return _NOT_COVERED
    of_affiliation = field is Field.AFFILIATION
    if sensitive is not False and not _covers_sensitive(consent, sensitive, of_affiliation=of_affiliation):
        return _SENSITIVE
    if type(standing.held) is not frozenset or field not in standing.held:
        return _NOT_HELD
    return _issue(standing.person, field, purpose, channel, now, sensitive=sensitive and of_affiliation)


def _recorded(standing: Standing, purpose: Purpose) -> PurposeStanding | None:
    """Return what is recorded for the purpose, or None when the record cannot be read or names nobody."""
    purposes = standing.purposes
    # A plain dict, the usual case, is recognised several times faster than the abstract class.
    if type(purposes) is not dict and not isinstance(purposes, Mapping):
        return None
    recorded = purposes.get(purpose, _NOTHING_RECORDED)
    if type(recorded) is not PurposeStanding or type(standing.person) is not str or not standing.person:
        return None
    return recorded


def _refuse_consent(consent: PurposeStanding, now: int) -> Refusal | None:
    """Return what the state of a consented purpose refuses with, None where consent stands."""
    if consent.state is State.GRANTED:
        return None if _precedes(now, consent.until) else _EXPIRED
    return _refuse_closed(consent.state)


def _refuse_enrolment(standing: Standing, recorded: State, department: str, now: int) -> Refusal | None:
    """Return what the enrolment refuses with, None where this department may still ask the person."""
    enrolment = standing.enrolment
    if type(enrolment) is not Enrolment:
        return _NOT_ASKED
    # First, so that no other department learns whether the person was asked or what they answered.
    if not department or enrolment.department != department:
        return _OUT_OF_SCOPE
    if recorded is not State.GRANTED and recorded is not State.NOT_ASKED:
        return _refuse_closed(recorded)
    return None if _precedes(now, enrolment.until) and not answered(standing.purposes) else _EXPIRED


def _refuse_closed(state: State) -> Refusal:
    """Return the refusal of a state that is not GRANTED; an unknown state is nobody's decision."""
    return _CLOSED[state] if type(state) is State else _NOT_ASKED


def _precedes(now: int, until: int) -> bool:
    """Say whether the end, which is exclusive, is still to come; an unreadable one is not."""
    return type(now) is int and type(until) is int and now < until


def _covers_channel(consent: PurposeStanding, channel: Channel) -> bool:
    """Say whether the person may be reached this way."""
    return type(channel) is Channel and type(consent.channels) is frozenset and channel in consent.channels


def _covers_sensitive(consent: PurposeStanding, sensitive: object, *, of_affiliation: bool) -> bool:
    """Say whether what is asked for as sensitive may be shown (P5)."""
    return sensitive is True and (not of_affiliation or consent.sensitive is True)
