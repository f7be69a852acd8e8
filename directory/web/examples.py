"""The worked examples that the query page opens with, a tab each, in the order to try them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Example:
    """A query that runs as it stands; its operation's name is the title of its tab.

    `variables` is JSON text, empty where the query takes none.
    """

    name: str
    query: str
    variables: str = ""


EXAMPLES: Final = (
    Example(
        "Network",
        """\
# 계획과 등록 현황: ▶ 또는 Ctrl-Enter
# The plan, and who is enrolled: press ▶
query Network {
  network {
    participants
    categories {
      category
      nameKo
      headcount
      participants
    }
    stages {
      number
      deadline
      headcount
      participants
    }
    groups {
      stage
      ledBy
      nameKo
      nameEn
      headcount
      participants
    }
  }
}
""",
    ),
    Example(
        "ContactList",
        """\
# 재난 때 종로구에서 연락할 수 있는 사람
# Who may be called in Jongno-gu in a disaster?
# What a person did not agree to is null, with
# the reason under "withheld". Each look is recorded.
query ContactList {
  participants(
    purpose: DISASTER_RESPONSE
    where: { regions: ["11010"] }
    first: 20
  ) {
    nodes {
      id
      name
      phone
      email
      affiliations { role body { nameKo kind } }
      residence { nameKo }
      withheld { field reason }
    }
    endCursor
    hasNextPage
  }
}
""",
    ),
    Example(
        "NextPage",
        """\
# 다음 쪽: "endCursor"를 아래 변수 "after"에
# The next page: put the "endCursor" of a page into
# "after" below. A cursor works for the same caller
# and the same query only.
query NextPage(
  $purpose: Purpose!
  $regions: [ID!]
  $after: String
) {
  participants(
    purpose: $purpose
    where: { regions: $regions }
    first: 20
    after: $after
  ) {
    nodes {
      id
      name
      phone
      withheld { field reason }
    }
    endCursor
    hasNextPage
  }
}
""",
        """\
{
  "purpose": "DISASTER_RESPONSE",
  "regions": ["11010"],
  "after": null
}
""",
    ),
    Example(
        "Bodies",
        """\
# 은평구의 의용소방대와 자율방범대
# Fire brigades and patrols of Eunpyeong-gu
query Bodies {
  bodies(
    where: {
      regions: ["11120"]
      kinds: [FIRE_BRIGADE, CRIME_PREVENTION_PATROL]
    }
    first: 20
  ) {
    nodes {
      id
      nameKo
      nameEn
      kind
      region { nameKo }
    }
    endCursor
    hasNextPage
  }
}
""",
    ),
    Example(
        "OnePerson",
        """\
# 한 사람: 목록의 "id"를 아래 변수 "id"에
# One person: put an "id" from a list into "id" below.
# The purpose decides what is shown.
query OnePerson($id: ID!) {
  participant(id: $id, purpose: CITY_NEWS) {
    id
    name
    sex
    age
    email
    withheld { field reason }
  }
}
""",
        """\
{
  "id": "00000000-0000-4000-8000-000000000000"
}
""",
    ),
    Example(
        "Disclosures",
        """\
# 열람 기록: 개인정보 보호책임자의 인증키로
# What "demo-staff" was shown: needs the key of a
# privacy officer
query Disclosures {
  disclosures(actor: "demo-staff", first: 20) {
    nodes {
      at
      actor
      purpose
      participant
      fields
    }
    endCursor
    hasNextPage
  }
}
""",
    ),
)
