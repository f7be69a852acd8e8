"""Syllables of Korean given names by sex and decade of birth, the more frequent first."""

from typing import NamedTuple

from consent.vocabulary import Sex


class Era(NamedTuple):
    """The syllables that the given names of one time are made of: the first, then the second."""

    first: str
    second: str


DECADES = (1940, 1950, 1960, 1970, 1980, 1990)
"""The first decade stands for everybody born before its end, the last for everybody born since."""

ERAS: dict[Sex, tuple[Era, ...]] = {
    Sex.MALE: (
        Era("영정종성광상병용재기동진태순만춘", "수호식길철남웅일섭환근택복석태구"),
        Era("영성정상종재병기광동경용승명창해", "수호식철훈섭환근석일규진택남배곤"),
        Era("성영상정재경승동종병기진창용현인", "호수훈진철석환식규욱민태일근우섭"),
        Era("성정상재승동지현영경진준태형민창", "훈호진우수민석현철욱환영식규원섭"),
        Era("지성상정재동승현민준진태영형경기", "훈호현우민석진수혁원욱환영규식철"),
        Era("민준지현성동승재태우도건시예서하", "준현우호민훈석빈진혁원수영환재윤"),
    ),
    Sex.FEMALE: (
        Era("영정순옥춘명금복말경화봉길계월점", "자순숙희옥례분임심선애연남녀화이"),
        Era("영정경명순미성인현혜금춘옥은선연", "숙희자순옥애란선례임분심남화연영"),
        Era("미은영경정명현혜선순인성희연수지", "숙희경영옥미정순애란선자주연화진"),
        Era("은미지정현경수혜선영윤주소희유성", "영정경희주연미선진숙아현은란애화"),
        Era("지은혜미수민현유정보소아선윤주진", "영은혜연현진희정선미아람경주원나"),
        Era("지수민서예유은채하소다윤가나시연", "현연은민원빈진영지아윤서희경림주"),
    ),
}

SINGLE: dict[Sex, str] = {Sex.MALE: "훈웅찬혁", Sex.FEMALE: "솔빈봄린윤혜"}
"""Given names of one syllable, which are rare; none that makes a word of many with a surname before it."""

TRIPLE: dict[Sex, tuple[str, ...]] = {
    Sex.MALE: ("한결찬", "가람솔", "푸르뫼", "새한별", "미르찬", "온누리"),
    Sex.FEMALE: ("아리솔", "하늘빛", "봄누리", "다솜이", "이슬비", "초롱별"),
}
"""Given names of three syllables, which are rarer still."""

UNUSUAL = frozenset(
    {"시민", "서민", "민원", "지주", "유서", "소지", "하수", "도우", "동원", "지진", "지식", "유지", "소비"}
)
"""Given names that the syllables would allow but that read as other words, alone or after a surname."""
