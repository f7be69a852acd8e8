"""Korean surnames with how often they occur (per ten thousand people) and how their bearers romanise them."""

from typing import NamedTuple


class Surname(NamedTuple):
    """A surname in Hangul and in Latin letters, and about how many of ten thousand people bear it."""

    ko: str
    latin: str
    often: int


def surnames(text: str) -> tuple[Surname, ...]:
    """Read `Hangul Latin number`, with commas between."""
    entries = (entry.split() for entry in text.split(","))
    return tuple(Surname(ko, latin, int(often)) for ko, latin, often in entries)


SURNAMES = surnames("""
    김 kim 2150, 이 lee 1470, 박 park 840, 최 choi 470, 정 jung 430,
    강 kang 236, 조 cho 212, 윤 yoon 205, 장 jang 199, 임 lim 166,
    한 han 155, 오 oh 153, 서 seo 151, 신 shin 149, 권 kwon 142,
    황 hwang 140, 안 ahn 138, 송 song 137, 류 ryu 64, 유 yoo 65,
    전 jeon 112, 홍 hong 112, 고 ko 95, 문 moon 93, 양 yang 92,
    손 son 92, 배 bae 80, 백 baek 77, 허 heo 66, 남 nam 55,
    심 sim 55, 노 noh 51, 하 ha 46, 곽 kwak 41, 성 sung 40,
    차 cha 39, 주 joo 39, 우 woo 39, 구 koo 39, 민 min 34,
    진 jin 34, 나 na 32, 지 ji 31, 엄 eom 29, 채 chae 26,
    원 won 26, 천 cheon 24, 방 bang 19, 공 kong 18, 현 hyun 18,
    함 ham 16, 변 byun 17, 염 yeom 13, 여 yeo 12, 추 choo 12,
    도 do 12, 소 so 10, 석 seok 11, 선 sun 9, 설 seol 9,
    마 ma 8, 길 gil 8, 연 yeon 7, 위 wi 6, 표 pyo 6,
    명 myung 6, 기 ki 6, 반 ban 5, 왕 wang 5, 금 geum 5,
    옥 ok 5, 육 yuk 5, 인 in 5, 맹 maeng 5, 제 je 4,
    모 mo 4, 남궁 namgung 4, 황보 hwangbo 2, 제갈 jegal 1, 사공 sagong 1,
    선우 sunwoo 1, 서문 seomun 1, 독고 dokgo 1
""")
