"""The words from which the names of the made-up city's bodies are put together, Korean beside English."""

from typing import NamedTuple


class Named(NamedTuple):
    """A name, or a part of one, in both languages."""

    ko: str
    en: str


def named(text: str) -> tuple[Named, ...]:
    """Read lines of `Korean | English`."""
    return tuple(Named(*(part.strip() for part in line.split("|"))) for line in text.strip().splitlines())


FIRE_BRIGADES = named("""
    의용소방대 | Volunteer Fire Brigade
    여성의용소방대 | Women's Volunteer Fire Brigade
    전문의용소방대 | Specialist Volunteer Fire Brigade
    생활안전의용소방대 | Home Safety Volunteer Fire Brigade
""")

APARTMENTS = named("""
    한빛아파트 | Hanbit Apartments
    새솔아파트 | Saesol Apartments
    푸른숲아파트 | Pureunsup Apartments
    은하수아파트 | Eunhasu Apartments
    햇살마을아파트 | Haetsal Maeul Apartments
    가람아파트 | Garam Apartments
    두레마을아파트 | Dure Maeul Apartments
    초록들아파트 | Chorokdeul Apartments
    은행나무아파트 | Eunhaengnamu Apartments
    늘봄아파트 | Neulbom Apartments
    보람마을아파트 | Boram Maeul Apartments
    물빛아파트 | Mulbit Apartments
""")
COMPLEXES_OF_A_NAME = 4

VOLUNTEER_SPIRITS = named("""
    사랑나눔 | Shared Love
    한마음 | One Heart
    푸른 | Green
    이웃사랑 | Good Neighbours
    희망 | Hope
    행복나눔 | Shared Happiness
    무지개 | Rainbow
    해바라기 | Sunflower
    징검다리 | Stepping Stone
    느티나무 | Zelkova
    따뜻한손 | Warm Hands
    다솜 | Dasom
""")
VOLUNTEER_TASKS = named("""
    봉사단 | Volunteers
    반찬나눔회 | Meal Sharers
    집수리봉사단 | Home Repairers
    환경지킴이 | Environment Keepers
    말벗봉사회 | Companions for the Elderly
    학습지도봉사단 | Tutors
    이미용봉사회 | Hairdressers
    급식봉사회 | Kitchen Volunteers
""")

DISASTER_GROUPS = named("""
    안전모니터봉사단 | Safety Watch Volunteers
    구호봉사회 | Relief Volunteers
    수방기동반 | Flood Response Team
    제설봉사대 | Snow Clearing Team
    산악구조대 | Mountain Rescue Team
    수상인명구조대 | Water Rescue Team
    아마추어무선통신단 | Amateur Radio Team
    안전문화운동협의회 | Safety Culture Council
    가스안전봉사단 | Gas Safety Volunteers
    전기안전봉사단 | Electrical Safety Volunteers
    건축물안전점검단 | Building Inspection Team
    의료지원봉사단 | Medical Support Volunteers
    심리회복지원단 | Recovery Counsellors
    구호물자지원단 | Relief Supply Team
    어린이안전지킴이 | Child Safety Keepers
    빗물받이관리단 | Storm Drain Keepers
    폭염돌봄단 | Heat Wave Visitors
    한파쉼터지원단 | Winter Shelter Helpers
    산불감시대 | Forest Fire Watch
    하천순찰단 | Stream Patrol
    급경사지예찰단 | Slope Watch
    전통시장화재감시단 | Market Fire Watch
    공동주택안전협의회 | Housing Safety Council
    이재민지원단 | Evacuee Helpers
    교통안전봉사대 | Traffic Safety Volunteers
""")
DISASTER_CITY = named("""
    서울시 재난안전네트워크 | Seoul Disaster Safety Network
    서울시 시민안전파수꾼 | Seoul Citizen Safety Guards
""")

# The plan also names two meetings of the districts' mayors and vice-mayors. They are officials, not
# participants, so their meetings are no bodies here.
ADVISORY_NAMED = named("""
    정보공개심의회 | Information Disclosure Committee
    열린광장운영시민위원회 | Plaza Operating Committee
    북한이탈주민지원 지역협의회 | North Korean Defectors Support Council
    시정 민관협의체 | Public-Private Consultative Body
""")
ADVISORY_FIELDS = named("""
    도시계획 | Urban Planning
    교통 | Transport
    환경 | Environment
    사회복지 | Social Welfare
    여성정책 | Women's Policy
    청소년 | Youth
    문화 | Culture
    체육진흥 | Sports
    주거 | Housing
    건축 | Architecture
    공원녹지 | Parks
    하천 | Rivers
    보건의료 | Health
    식품안전 | Food Safety
    노동 | Labour
    경제 | Economy
    관광 | Tourism
    도시디자인 | Urban Design
    정보화 | Information Technology
    교육지원 | Education
    예산 | Budget
    인권 | Human Rights
""")
ADVISORY_FORMS = named("""
    위원회 | Committee
    자문단 | Advisory Group
    민관협의체 | Public-Private Council
""")
ADVISORY_DISTRICT = named("""
    지역사회복지협의체 | Community Welfare Council
    도시계획위원회 | Urban Planning Committee
    주민참여예산위원회 | Participatory Budget Committee
    구정자문위원회 | Policy Advisory Committee
    여성위원회 | Women's Committee
""")

PUBLICITY_DISTRICT = named("시정홍보단 | City News Corps")
PUBLICITY_CITY = named("""
    서울시 시민홍보단 | Seoul Citizen Publicity Corps
    서울시 블로그기자단 | Seoul Blog Reporters
    서울시 소셜미디어홍보단 | Seoul Social Media Corps
    서울시 외국어홍보단 | Seoul Foreign Language Corps
    서울시 어르신홍보단 | Seoul Senior Publicity Corps
""")

MONITORS_DISTRICT = named("""
    시정모니터단 | City Monitors
    시민감시단 | Citizen Watch
    정책평가단 | Policy Evaluators
    환경감시단 | Environment Watch
    교통불편모니터단 | Transport Monitors
    식품위생감시단 | Food Hygiene Watch
    물가모니터단 | Price Monitors
    공사장안전감시단 | Building Site Watch
    청렴시민평가단 | Integrity Evaluators
    보행환경모니터단 | Walkability Monitors
""")
MONITORS_CITY = named("""
    서울시 시민감사참여단 | Seoul Citizen Audit Group
    서울시 시민제안평가단 | Seoul Citizen Proposal Evaluators
    서울시 주민참여예산감시단 | Seoul Budget Watch
    서울시 공공서비스평가단 | Seoul Public Service Evaluators
    서울시 온라인모니터단 | Seoul Online Monitors
""")
