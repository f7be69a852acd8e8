"""The texts of the home page in both languages, each kept in the same shape so that neither lags behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from consent.vocabulary import Purpose
from directory.web.languages import Language


@dataclass(frozen=True, slots=True)
class Named:
    """A short name and the sentence that explains it."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of the home page in one language; `switch` is written in the other one."""

    brand: str
    switch: str
    skip: str
    made_up: Named
    title: str
    sentences: tuple[str, str, str]
    enrolled_now: str
    of_the_plan: str
    people: str
    go: str
    query: Named
    notices: Named
    receipts: Named
    receipt_check: str
    ledger_key: str
    ledger_checkpoint: str
    ledger_map: str
    documents: Named
    documents_elsewhere: str
    health: Named
    live: str
    ready: str
    network: str
    network_note: str
    by_category: str
    by_stage: str
    by_group: str
    category: str
    who: str
    headcount: str
    enrolled: str
    share: str
    total: str
    stage: str
    stage_number: str
    deadline: str
    until: str
    group: str
    led_by: str
    leaders: Mapping[str, str]
    no_headcount: str
    purposes: str
    purposes_note: str
    purpose: Mapping[Purpose, Named]
    promise: str
    promises: tuple[Named, ...]
    reasons: str
    unavailable: Named
    again: str
    source: str
    credits: str


KOREAN: Final = Wording(
    brand="시정참여 인사 네트워크",
    switch="English",
    skip="본문 바로가기",
    made_up=Named("가상 자료", "여기 보이는 도시는 지어낸 것입니다. 실제 인물은 한 사람도 들어 있지 않습니다."),
    title="시정에 함께하는 사람들의 명부",
    sentences=(
        (
            "통·반장과 주민자치위원, 자원봉사자, 의용소방대원, 자문위원, 시민 모니터처럼 공무원이 아니면서 "
            "서울시정에 함께하는 사람들의 명부입니다."
        ),
        (
            "사람을 조직·단체와 위원회, 자치구와 동에 이어 두어, 누가 어디에서 활동하고 어떤 일로 연락해도 "
            "되는지 부서가 찾을 수 있습니다."
        ),
        "본인이 그 목적에 그 항목을 쓰도록 동의하지 않은 개인정보는 나가지 않으며, 모든 열람은 기록됩니다.",
    ),
    enrolled_now="지금까지 등록한 사람",
    of_the_plan="계획 인원",
    people="명",
    go="바로가기",
    query=Named(
        "질의하기",
        "GraphQL 질의 화면에서 예제를 고쳐 가며 물어볼 수 있습니다. 인증키가 있어야 합니다.",
    ),
    notices=Named("동의 안내문", "동의를 여쭐 때 보여 드리는 글입니다. 목적마다 하나씩 있고, 지난 글도 그대로 둡니다."),
    receipts=Named(
        "접수증과 원장",
        "접수증이 진짜인지, 고쳐지지 않았는지 스스로 확인할 수 있습니다. 모든 결정과 열람은 원장에 남습니다.",
    ),
    receipt_check="접수증 확인하기",
    ledger_key="원장의 공개 열쇠와 지문",
    ledger_checkpoint="최신 서명",
    ledger_map="오늘의 최신 결정 지도",
    documents=Named("문서", "구조와 운영 방법, 그렇게 정한 까닭을 적어 두었습니다."),
    documents_elsewhere="프로젝트의 docs 폴더에 있습니다.",
    health=Named("상태", "서비스가 살아 있는지, 질의를 받을 준비가 되었는지 알려 줍니다."),
    live="살아 있음",
    ready="준비됨",
    network="계획과 등록 현황",
    network_note="2013년 계획이 정한 인원과, 지금 이 명부에 등록된 인원을 나란히 보입니다.",
    by_category="분야별",
    by_stage="단계별",
    by_group="조직·단체별",
    category="구분",
    who="조직·단체",
    headcount="인원(명)",
    enrolled="등록(명)",
    share="등록률",
    total="합계",
    stage="단계",
    stage_number="{number}단계",
    deadline="기한",
    until="{day} 한",
    group="조직·단체",
    led_by="주관",
    leaders=MappingProxyType(
        {
            "city bureaus": "시 실·본부·국",
            "districts": "자치구",
            "city and districts": "시·자치구",
        }
    ),
    no_headcount="— 는 계획에 인원이 정해지지 않았다는 뜻입니다.",
    purposes="네 가지 활용 목적",
    purposes_note="동의는 목적마다 따로 받으며, 목적을 밝히지 않은 열람은 없습니다.",
    purpose=MappingProxyType(
        {
            Purpose.CITY_NEWS: Named("시정홍보", "시민에게 시정을 알립니다."),
            Purpose.DISASTER_RESPONSE: Named("재난·재해 대응", "재난이 닥쳤을 때 함께 움직입니다."),
            Purpose.POLICY_ADVICE: Named("시정자문", "정책에 조언할 기회를 넓힙니다."),
            Purpose.CITY_MONITORING: Named("시정모니터", "시정을 지켜보는 시민과 소통합니다."),
        }
    ),
    promise="지키는 약속",
    promises=(
        Named(
            "동의한 만큼만",
            (
                "성명·성별·나이·전화번호·전자우편·소속·거주지는 저마다 따로 판단합니다. "
                "동의하지 않은 항목은 비워 두고, 그 까닭을 곁에 적습니다."
            ),
        ),
        Named(
            "모든 열람을 기록",
            "누가, 누구의, 어떤 항목을, 어떤 목적으로, 언제, 어디서 보았는지 보여 주기 전에 먼저 적습니다. "
            "적지 못하면 보여 주지 않습니다.",
        ),
        Named(
            "고유식별번호는 받지 않음",
            "주민등록번호, 운전면허번호, 여권번호, 외국인등록번호는 이 명부에 들어오지 않습니다.",
        ),
    ),
    reasons="비공개 사유",
    unavailable=Named(
        "지금은 현황을 불러올 수 없습니다",
        "그래프가 응답하지 않습니다. 잠시 뒤에 다시 해 보세요. 기록된 것은 그대로 있습니다.",
    ),
    again="다시 시도",
    source="계획: 서울특별시 행정국, 2013년도 주요 업무 보고(2013. 1. 23.)",
    credits="색상 값: KRDS 디자인 토큰 · 글꼴: Pretendard GOV (SIL OFL 1.1)",
)

ENGLISH: Final = Wording(
    brand="Civic Directory",
    switch="한국어",
    skip="Skip to the content",
    made_up=Named("Synthetic data", "The city shown here is made up: there is no real person in it."),
    title="The people who take part in the city’s work",
    sentences=(
        (
            "This is the directory of the people who work with Seoul without being its employees: "
            "neighbourhood heads, resident committees, volunteers, volunteer fire brigades, advisers and "
            "citizen monitors."
        ),
        (
            "It links them to their organizations, committees, districts and dongs, so that a department "
            "can find who serves where and who may be called for what."
        ),
        ("Nothing personal leaves it unless the person agreed to that use of that field, and every look is recorded."),
    ),
    enrolled_now="Enrolled so far",
    of_the_plan="of the plan’s",
    people="people",
    go="Where to go",
    query=Named(
        "Ask the directory",
        "The GraphQL page has worked examples to run and to change. You need a key.",
    ),
    notices=Named("Consent notices", "What people read before they decide, one text for each purpose, past ones too."),
    receipts=Named(
        "Receipts and the ledger",
        "Check for yourself that a receipt is genuine and unchanged. Every decision and every look stays in a ledger.",
    ),
    receipt_check="Check a receipt",
    ledger_key="The ledger’s public key and its fingerprint",
    ledger_checkpoint="The newest signature",
    ledger_map="Today’s map of latest decisions",
    documents=Named("Documents", "How it is built, how it is run, and why it was decided so."),
    documents_elsewhere="They are in the project’s docs folder.",
    health=Named("Health", "Whether the service is alive, and whether it is ready to answer."),
    live="Alive",
    ready="Ready",
    network="The plan, and who is enrolled",
    network_note="The head counts that the plan of 2013 set, beside the people who are enrolled now.",
    by_category="By category",
    by_stage="By stage",
    by_group="By group",
    category="Category",
    who="Groups",
    headcount="Head count",
    enrolled="Enrolled",
    share="Share enrolled",
    total="Total",
    stage="Stage",
    stage_number="Stage {number}",
    deadline="Deadline",
    until="by {day}",
    group="Group",
    led_by="Led by",
    leaders=MappingProxyType(
        {
            "city bureaus": "City bureaus",
            "districts": "Districts",
            "city and districts": "City and districts",
        }
    ),
    no_headcount="— means that the plan sets no head count.",
    purposes="Four purposes of use",
    purposes_note="Consent is asked for each purpose on its own, and nobody looks without naming one.",
    purpose=MappingProxyType(
        {
            Purpose.CITY_NEWS: Named("City news", "Telling citizens about the city’s work."),
            Purpose.DISASTER_RESPONSE: Named("Disaster response", "Acting together when disaster strikes."),
            Purpose.POLICY_ADVICE: Named("Policy advice", "Widening the chances to give advice on policy."),
            Purpose.CITY_MONITORING: Named("City monitoring", "Keeping in touch with those who watch its work."),
        }
    ),
    promise="What is promised",
    promises=(
        Named(
            "Only what was agreed to",
            "Name, sex, age, phone, e-mail, affiliation and residence are each decided on their own. "
            "What was not agreed to comes back empty, with the reason beside it.",
        ),
        Named(
            "Every look is recorded",
            "Who saw whom, which fields, for which purpose, when and from where is written before anything "
            "is shown. If it cannot be written, nothing is shown.",
        ),
        Named(
            "No unique identifiers",
            "Resident registration, driver’s licence, passport and alien registration numbers "
            "never enter the directory.",
        ),
    ),
    reasons="Reasons why a field is withheld",
    unavailable=Named(
        "The figures cannot be read at the moment",
        "The graph does not answer. Try again in a moment; nothing that was recorded is lost.",
    ),
    again="Try again",
    source="The plan: Seoul Metropolitan Government, Administration Bureau, work report of 23 January 2013",
    credits="Colour values: KRDS design tokens · Typeface: Pretendard GOV (SIL OFL 1.1)",
)

WORDINGS: Final[Mapping[Language, Wording]] = MappingProxyType({Language.KOREAN: KOREAN, Language.ENGLISH: ENGLISH})
