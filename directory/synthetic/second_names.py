"""The names of the bodies that count towards no target: civil-society organizations and public facilities."""

from directory.synthetic.body_names import named

CAUSES = named("""
    환경 | Environment
    생태 | Ecology
    먹거리 | Food
    교육 | Education
    돌봄 | Care
    인권 | Human Rights
    평화 | Peace
    여성 | Women's
    청년 | Youth
    어르신 | Seniors'
    어린이 | Children's
    장애인권익 | Disability Rights
    이주민지원 | Migrant Support
    소비자 | Consumers'
    주거권 | Housing Rights
    문화예술 | Arts
    마을미디어 | Community Media
    자전거 | Cycling
    보행 | Walking
    동물보호 | Animal Protection
    에너지전환 | Energy Transition
    재활용 | Recycling
    독서운동 | Reading
    역사탐방 | Local History
""")
FORMS = named("""
    시민모임 | Citizens
    시민연대 | Alliance
    사랑회 | Friends
    포럼 | Forum
    네트워크 | Network
    지킴이 | Keepers
    협동모임 | Cooperative
    실천단 | Action Group
""")

SENSITIVE = named("""
    개신교봉사연합회 | Protestant Service Union
    천주교나눔회 | Catholic Sharing Society
    불교자비봉사회 | Buddhist Compassion Society
    원불교은혜봉사회 | Won Buddhist Service Society
    공공노동조합 지부 | Public Workers' Union Branch
    의료노동조합 지부 | Health Workers' Union Branch
    운수노동조합 지부 | Transport Workers' Union Branch
    새벽당 지역위원회 | Dawn Party Local Committee
    들꽃당 지역위원회 | Wildflower Party Local Committee
    당뇨환우회 | Diabetes Patients' Group
    신장환우회 | Kidney Patients' Group
    희귀질환가족모임 | Rare Disease Families
""")
"""Belonging to one of these reveals belief, union, party or health; the parties are made up."""

FACILITIES_DISTRICT = named("""
    구민회관 | Community Hall
    구립도서관 | Public Library
    구민체육센터 | Sports Centre
    청소년수련관 | Youth Centre
    종합사회복지관 | Welfare Centre
    여성인력개발센터 | Women's Training Centre
    문화예술회관 | Arts Centre
    육아지원센터 | Childcare Centre
""")
FACILITIES_CITY = named("""
    서울시 시민청 | Seoul Citizens' Hall
    서울시 시립미술관 | Seoul Museum of Art
    서울시 시립도서관 | Seoul Metropolitan Library
    서울시 여성플라자 | Seoul Women's Plaza
    서울시 청소년센터 | Seoul Youth Centre
    서울시 노인복지센터 | Seoul Senior Centre
    서울시 시립체육관 | Seoul Gymnasium
    서울시 시민대학 | Seoul Citizens' College
""")
