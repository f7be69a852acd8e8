"""Rights in the schema: proving who one is, and doing with one's own record what one may. Each answers alike (L4)."""

from datetime import datetime
from typing import Annotated, cast

import strawberry

from consent.notice_parts import Language
from directory.api.access_report import AccessReport, Case, MyStanding, Source, SourceNotice
from directory.api.context import Info
from directory.api.limits import page_size
from directory.rights.changes import Changes
from directory.rights.desk import TakenBack
from directory.rights.report import HeldCase, instant
from directory.vocabulary import CaptureMethod, CaseState, Channel, Field, Purpose, Sex

argument = strawberry.argument
_Token = Annotated[str, argument(description="The token that a confirmed code turned into.")]
_Verification = Annotated[strawberry.ID, argument(description="The verification that the code was sent for.")]
_Code = Annotated[str, argument(description="The code: eight digits.")]
_Spoken = Annotated[Language, argument(description="The language of the message that brings the code.")]
_OfPurpose = Annotated[
    Purpose | None,
    argument(
        description="The purpose; without it each of the four that rest on consent. Being asked for consent is none of "
        "them: withdrawConsent with the purpose ENROLMENT ends that."
    ),
]
_Method = Annotated[
    CaptureMethod | None,
    argument(description="For staff: whether it came in by TELEPHONE or on PAPER; PAPER without it."),
]
_CaseId = Annotated[strawberry.ID, argument(name="id", description="The case.")]


@strawberry.type(description="That a code was asked for. It does not say whether the contact is anybody's.")
class VerificationRequested:
    """The one answer to whoever asks for a code."""

    verification: strawberry.ID = strawberry.field(description="By which the code is sent back.")
    message_ko: str = strawberry.field(description="What to tell the person, in Korean.")
    message_en: str = strawberry.field(description="The same in English.")


@strawberry.type(description="A person's token: it opens what the person may do, through this access key alone.")
class VerificationConfirmed:
    """A token."""

    person_token: str = strawberry.field(description="The token; it is shown this once.")
    until: datetime = strawberry.field(description="When it ends: after half an hour.")


@strawberry.input(description="What is to be put right; what is left out stays. One contact at a time.")
class CorrectionInput:
    """A correction."""

    name: str | None = strawberry.field(default=None, description="The name.")
    sex: Sex | None = strawberry.field(default=None, description="The sex.")
    born: int | None = strawberry.field(default=None, description="The year of birth.")
    residence: strawberry.ID | None = strawberry.field(default=None, description="The code of the dong of residence.")
    phone: str | None = strawberry.field(default=None, description="The telephone number, which gets a code.")
    email: str | None = strawberry.field(default=None, description="The e-mail address, which gets a code.")
    remove: list[Field] | None = strawberry.field(
        default=None, description="What is to be deleted: some of SEX, AGE, PHONE, EMAIL."
    )

    def checked(self) -> Changes:
        """Return the correction as the service takes it."""
        residence = None if self.residence is None else str(self.residence)
        return Changes(self.name, self.sex, self.born, residence, self.phone, self.email, frozenset(self.remove or ()))


@strawberry.type(description="A correction's case. A new contact is written when its code comes back.")
class CorrectionRequested:
    """A correction that was asked for."""

    case: Case = strawberry.field(description="The case.")
    verification: strawberry.ID | None = strawberry.field(
        description="By which the new contact's code is sent back; null where nothing has to be confirmed."
    )


@strawberry.type(description="A page of cases, the most urgent first.")
class CasePage:
    """A page of cases."""

    nodes: list[Case] = strawberry.field(description="The cases of this page.")
    end_cursor: str | None = strawberry.field(description="Where the next page starts: pass it as `after`.")
    has_next_page: bool = strawberry.field(description="Whether there are more.")


async def request_verification(
    info: Info,
    contact: Annotated[str, argument(description="A telephone number of Korea, or an e-mail address.")],
    language: _Spoken = Language.KO,
) -> VerificationRequested:
    """Resolve the request for a code."""
    asked = await info.context.services.rights.request_verification(info.context.caller, contact, language)
    return VerificationRequested(
        verification=strawberry.ID(asked.verification), message_ko=asked.message.ko, message_en=asked.message.en
    )


async def confirm_verification(info: Info, verification: _Verification, code: _Code) -> VerificationConfirmed:
    """Resolve the confirmation of a code."""
    context = info.context
    confirmed = await context.services.rights.confirm_verification(context.caller, verification, code)
    return VerificationConfirmed(person_token=confirmed.token, until=instant(confirmed.until))


async def me(info: Info, person_token: _Token) -> AccessReport:
    """Resolve the person's own report."""
    return cast("AccessReport", await info.context.services.rights.me(info.context.caller, person_token))


async def my_cases(info: Info, person_token: _Token) -> list[Case]:
    """Resolve the person's own cases."""
    context = info.context
    return [_case(each) for each in await context.services.rights.my_cases(context.caller, person_token)]


async def withdraw_consent(  # noqa: PLR0913, PLR0917 - an argument of a resolver is an argument of the interface.
    info: Info,
    person_token: _Token,
    purpose: Annotated[Purpose, argument(description="The purpose.")],
    fields: Annotated[list[Field] | None, argument(description="Only these fields of it.")] = None,
    channels: Annotated[list[Channel] | None, argument(description="Only these channels of it.")] = None,
    sensitive: Annotated[bool, argument(description="Only the sensitive part of it.")] = False,  # noqa: FBT002 - as above.
    method: _Method = None,
) -> Case:
    """Resolve a withdrawal."""
    context, taken = info.context, TakenBack(frozenset(fields or ()), frozenset(channels or ()), sensitive)
    return _case(await context.services.rights.withdraw(context.caller, person_token, purpose, taken, method))


async def restrict_processing(
    info: Info, person_token: _Token, purpose: _OfPurpose = None, method: _Method = None
) -> Case:
    """Resolve a restriction."""
    return _case(await info.context.services.rights.restrict(info.context.caller, person_token, purpose, method))


async def release_processing(
    info: Info, person_token: _Token, purpose: _OfPurpose = None, method: _Method = None
) -> Case:
    """Resolve the release from a restriction."""
    return _case(await info.context.services.rights.release(info.context.caller, person_token, purpose, method))


async def request_correction(
    info: Info,
    person_token: _Token,
    correction: Annotated[CorrectionInput, argument(description="What is to be put right.")],
    language: _Spoken = Language.KO,
) -> CorrectionRequested:
    """Resolve a correction."""
    context, changes = info.context, correction.checked()
    corrected = await context.services.rights.correct(context.caller, person_token, changes, language)
    verification = None if corrected.verification is None else strawberry.ID(corrected.verification)
    return CorrectionRequested(case=_case(corrected.case), verification=verification)


async def confirm_correction(info: Info, person_token: _Token, verification: _Verification, code: _Code) -> Case:
    """Resolve the confirmation of a new contact."""
    context = info.context
    return _case(await context.services.rights.confirm_correction(context.caller, person_token, verification, code))


async def appeal_case(info: Info, person_token: _Token, case_id: _CaseId) -> Case:
    """Resolve an appeal."""
    return _case(await info.context.services.rights.appeal(info.context.caller, person_token, case_id))


async def request_erasure(info: Info, person_token: _Token, method: _Method = None) -> Case:
    """Resolve an erasure."""
    return _case(await info.context.services.rights.erase(info.context.caller, person_token, method))


async def request_source_notice(info: Info, person_token: _Token) -> SourceNotice:
    """Resolve a request for the source."""
    notice = await info.context.services.rights.source_notice(info.context.caller, person_token)
    return SourceNotice(
        case=_case(notice.case),
        sources=cast("list[Source]", notice.sources),
        purposes=cast("list[MyStanding]", notice.purposes),
        rights_ko=notice.rights.ko,
        rights_en=notice.rights.en,
    )


async def cases(
    info: Info,
    state: Annotated[CaseState, argument(description="In this state.")] = CaseState.IN_REVIEW,
    first: Annotated[int | None, argument(description="How many at most: 1 to 500.")] = 50,
    after: Annotated[str | None, argument(description="The `endCursor` of the page before.")] = None,
) -> CasePage:
    """Resolve a page of cases."""
    context, size = info.context, page_size(first)
    return cast("CasePage", await context.services.rights.cases(context.caller, state, size, after))


async def decide_case(
    info: Info,
    case_id: _CaseId,
    outcome: Annotated[CaseState, argument(description="DONE, REFUSED_WITH_REASON, or IN_REVIEW after an appeal.")],
    reason: Annotated[str, argument(description="What the person is told; a refusal needs it.")] = "",
) -> Case:
    """Resolve a decision on a case."""
    context = info.context
    return _case(await context.services.rights.decide(context.caller, case_id, outcome, reason))


def _case(held: HeldCase) -> Case:
    """Return a case of the service, which has the attributes of the type."""
    return cast("Case", held)
