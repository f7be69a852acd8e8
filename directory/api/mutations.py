"""The schema's mutations: each a field whose resolver stands in its own room."""

import strawberry

from directory.api import decisions, rights
from directory.api.access_report import Case, SourceNotice


@strawberry.type(description="Everything that can be changed.")
class Mutation:
    """The mutations."""

    record_decision: decisions.RecordedDecision = strawberry.mutation(
        resolver=decisions.record_decision,
        description="Record what a person decided of one purpose, under the notice that they were shown. For keys with "
        "the purpose ENROLMENT, within their regions and groups. Sent again with the same id, it is recorded once.",
    )
    request_verification: rights.VerificationRequested = strawberry.mutation(
        resolver=rights.request_verification,
        description="Have a code sent to a telephone or e-mail, if it is somebody's here. The answer is always alike.",
    )
    confirm_verification: rights.VerificationConfirmed = strawberry.mutation(
        resolver=rights.confirm_verification,
        description="Send a code back, for a token with which the person exercises their rights through this key.",
    )
    withdraw_consent: Case = strawberry.mutation(
        resolver=rights.withdraw_consent,
        description="Take back a consent, at once: the fields, channels and the sensitive part that are listed, or, "
        "where nothing is, everything.",
    )
    restrict_processing: Case = strawberry.mutation(
        resolver=rights.restrict_processing,
        description="Have the use for a purpose that rests on consent suspended, at once, or for all four of them.",
    )
    release_processing: Case = strawberry.mutation(
        resolver=rights.release_processing, description="Have a suspension lifted, at once."
    )
    request_correction: rights.CorrectionRequested = strawberry.mutation(
        resolver=rights.request_correction,
        description="Have what is held put right, or an item deleted, at once; a new contact when its code comes back.",
    )
    confirm_correction: Case = strawberry.mutation(
        resolver=rights.confirm_correction,
        description="Send back the code of a new contact, which is written then. Where another record has it, the "
        "privacy officer looks.",
    )
    appeal_case: Case = strawberry.mutation(
        resolver=rights.appeal_case,
        description="Have a refusal looked at again by the privacy officer; `appeals` lists where else to turn to.",
    )
    request_erasure: Case = strawberry.mutation(
        resolver=rights.request_erasure,
        description="Have everything about the person destroyed, at once and for good. The token ends with it.",
    )
    request_source_notice: SourceNotice = strawberry.mutation(
        resolver=rights.request_source_notice,
        description="Be told where the data came from, what for, and that it can be stopped.",
    )
    decide_case: Case = strawberry.mutation(
        resolver=rights.decide_case, description="Decide a case. For privacy officers."
    )
