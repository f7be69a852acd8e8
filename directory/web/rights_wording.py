"""The texts of the access report in both languages, in one shape, so that neither lags behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from consent.notice_parts import Language


@dataclass(frozen=True, slots=True)
class ReportWording:
    """Every text of the report in one language."""

    title: str
    lead: str
    made_up: str
    read_at: str
    facts: str
    name: str
    sex: str
    born: str
    phone: str
    email: str
    residence: str
    office: str
    group: str
    enrolled_by: str
    identity: str
    not_held: str
    affiliations: str
    body: str
    role: str
    term: str
    sensitive: str
    standings: str
    purpose: str
    state: str
    fields: str
    channels: str
    until: str
    looks: str
    looks_note: str
    nobody_looked: str
    at: str
    who: str
    shown: str
    from_where: str
    nothing_but_id: str
    decisions: str
    what: str
    how: str
    evidence: str
    guardian: str
    basis: str
    notice: str
    place: str
    waits: str
    cases: str
    case: str
    answer_by: str
    answered: str
    wanted: str
    first_answer: str
    sources: str
    source: str
    also: str
    also_note: str
    codes: str
    rights: str
    appeals: str
    none: str


KOREAN: Final = ReportWording(
    title="내 정보 열람 결과",
    lead="이 명부가 갖고 있는 내 정보 전부와, 누가 언제 무슨 까닭으로 보았는지를 적었습니다.",
    made_up="가상 자료: 이 도시와 사람은 지어낸 것입니다.",
    read_at="열람 시각(서울)",
    facts="갖고 있는 내용",
    name="성명",
    sex="성별",
    born="출생연도",
    phone="전화번호",
    email="전자우편",
    residence="거주지",
    office="관할",
    group="등록 구분",
    enrolled_by="동의를 요청할 수 있는 부서",
    identity="명부의 번호(무작위)",
    not_held="없음",
    affiliations="소속",
    body="조직·단체, 위원회",
    role="직책",
    term="기간",
    sensitive="민감",
    standings="지금 동의하고 있는 것",
    purpose="목적",
    state="상태",
    fields="항목",
    channels="연락 수단",
    until="기한",
    looks="누가 나를 보았나",
    looks_note="본인이 열람한 것은 여기에 들어가지 않습니다. 아래 ‘권리 행사’에 있습니다.",
    nobody_looked="기록이 남아 있는 동안에는 아무도 보지 않았습니다.",
    at="때",
    who="본 사람",
    shown="보인 항목",
    from_where="접속 주소",
    nothing_but_id="번호만",
    decisions="동의 기록",
    what="내용",
    how="받은 방법",
    evidence="증빙",
    guardian="법정대리인 확인",
    basis="근거",
    notice="고지문",
    place="원장의 자리",
    waits="기다리는 중",
    cases="권리 행사",
    case="요구한 것",
    answer_by="답변 기한",
    answered="답변",
    wanted="바꾸려는 연락처",
    first_answer="처음 답변",
    sources="어디에서 온 정보인가",
    source="출처",
    also="함께 보관하는 것",
    also_note="암호를 푸는 열쇠, 찾아보기용 지문, 셈 값입니다. 그 자체로는 아무것도 알려 주지 않습니다.",
    codes="인증번호를 요청한 때(하루 안)",
    rights="할 수 있는 것",
    appeals="결과에 이의가 있으면",
    none="없습니다.",
)

ENGLISH: Final = ReportWording(
    title="What is held about you",
    lead="Everything that this directory holds about you, and who looked at it, when, and what for.",
    made_up="Made-up data: this city and its people do not exist.",
    read_at="Read at (Seoul time)",
    facts="What is held",
    name="Name",
    sex="Sex",
    born="Year of birth",
    phone="Telephone",
    email="E-mail",
    residence="Residence",
    office="Office in charge",
    group="Enrolled under",
    enrolled_by="May ask you for consent",
    identity="Id in the directory (random)",
    not_held="Not held",
    affiliations="Affiliations",
    body="Organization or committee",
    role="Role",
    term="Term",
    sensitive="sensitive",
    standings="What you agree to now",
    purpose="Purpose",
    state="State",
    fields="Fields",
    channels="Channels",
    until="Until",
    looks="Who looked at you",
    looks_note="That you looked yourself is not among these; it is under “What you asked for”.",
    nobody_looked="Nobody did, for as long as records are kept.",
    at="When",
    who="Who",
    shown="Shown",
    from_where="From",
    nothing_but_id="the id alone",
    decisions="Recorded decisions",
    what="What",
    how="How it came in",
    evidence="Evidence",
    guardian="Guardian verified",
    basis="Basis",
    notice="Notice",
    place="Place in the ledger",
    waits="waiting",
    cases="What you asked for",
    case="Asked for",
    answer_by="Answer due",
    answered="Answered",
    wanted="Contact that was wanted",
    first_answer="First answer",
    sources="Where it came from",
    source="Source",
    also="Kept beside it",
    also_note="Keys, fingerprints for finding, and counters. By themselves they tell nothing.",
    codes="When a code was asked for (within a day)",
    rights="What you can do",
    appeals="If you do not accept an answer",
    none="None.",
)

REPORT_WORDINGS: Final[Mapping[Language, ReportWording]] = MappingProxyType({Language.KO: KOREAN, Language.EN: ENGLISH})
