"""The words of the page that verifies receipts and of the printed receipt, besides those of receipts and steps."""

from types import MappingProxyType
from typing import Final

from consent.notice_parts import Words
from consent.receipt_wording import Table

PAGE: Final[Table] = MappingProxyType(
    {
        "brand": Words("시정참여 인사 네트워크", "Civic Directory"),
        "title": Words("접수증 확인", "Check a receipt"),
        "intro": Words(
            "가지고 계신 접수증이 바뀌지 않았는지, 그 기록이 장부에 그대로 들어 있는지 이 쪽이 계산해 봅니다.",
            "This page works out whether a receipt was changed, and whether its event is in the ledger as it says.",
        ),
        "promise": Words(
            "인터넷이 끊겨 있어도 됩니다. 고르거나 붙여 넣으신 것은 이 기기를 떠나지 않고, 쪽을 닫으면 남지 않습니다.",
            "It works without a network. What you choose or paste does not leave this device, nor outlive this page.",
        ),
        "save": Words("이 쪽을 파일로 저장하기", "Save this page as a file"),
        "file": Words("접수증 파일 고르기", "Choose the receipt’s file"),
        "pasted": Words(
            "또는 접수증의 글이나, 종이 접수증의 코드를 읽은 글을 붙여 넣기",
            "Or paste the receipt’s text, or what a scanner read from the codes on paper",
        ),
        "more": Words("더 확인하기 (선택)", "Check more (optional)"),
        "key": Words("시가 공개한 열쇠", "The key that the city publishes"),
        "key_note": Words(
            "넣으시면 접수증에 서명한 열쇠와 견줍니다. 접수증을 받은 곳이 아닌 데서 구하십시오.",
            "It is compared with the one that signed the receipt. Take it from elsewhere than the receipt.",
        ),
        "map": Words("마지막 기록 지도의 증명 파일", "The proof from the map of latest entries"),
        "map_note": Words(
            "그 뒤에 달리 정하신 것이 없는지는 이 파일이 있어야 알 수 있습니다.",
            "Only with this file can be told whether anything was decided later.",
        ),
        "check": Words("확인하기", "Check"),
        "found": Words("확인한 결과", "What was found"),
        "no_crypto": Words(
            "이 브라우저에서는 계산할 수 없습니다. 파일로 저장한 쪽을 열거나, https 주소로 여십시오.",
            "This browser can't do the arithmetic here. Open the page from a saved file, or at an https address.",
        ),
    }
)

PAPER: Final[Table] = MappingProxyType(
    {
        "title": Words("접수증", "Receipt"),
        "keep": Words(
            "정하신 것을 이대로 기록했습니다. 이 접수증은 가지고 계시면 됩니다. 이름이나 연락처는 적혀 있지 않습니다.",
            "What you decided was recorded as it stands here. Keep this receipt. It has no name and no contact in it.",
        ),
        "record": Words("기록된 내용", "What was recorded"),
        "proof": Words("확인하는 방법", "How to verify it"),
        "how": Words(
            "‘접수증 확인’ 쪽을 열거나 civic verify receipt를 쓰십시오. "
            "두 코드를 읽은 글을 붙여 넣으면 인터넷 없이도 계산합니다.",
            "Open the page ‘Check a receipt’, or use civic verify receipt. "
            "Paste what a scanner reads from both codes; the arithmetic needs no network.",
        ),
        "limits": Words(
            "코드가 증명하는 것: 이 기록이 서명된 장부에 이대로 들어 있다는 것. "
            "증명하지 않는 것: 그 뒤에 달리 정하지 않으셨다는 것. "
            "그것은 날마다 공개되는 마지막 기록 지도가 보여 줍니다.",
            "What the codes prove: that this very event is in the signed ledger. What they do not prove: that nothing "
            "else was decided later. The map of latest entries, published daily, shows that.",
        ),
        "first": Words("첫째 코드: 기록, 소금값, 자리, 서명된 뿌리", "First code: event, salt, place, signed root"),
        "second": Words("둘째 코드: 뿌리까지의 경로", "Second code: the path to the root"),
        "no_codes": Words(
            "이 기록은 길어서 코드에 들어가지 않습니다. 접수증 파일로 확인하십시오.",
            "This record is too long for a code. Verify it by the receipt’s file.",
        ),
        "place": Words("장부의 자리와 크기", "Place in the ledger, and its size"),
        "key": Words("서명한 열쇠", "Key that signed it"),
    }
)
