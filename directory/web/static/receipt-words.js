/* The words of receipts and of their steps: made by `civic receipts words --script`, never by hand. */
"use strict";

const RECEIPT_WORDS = {
  "labels": {
    "what": {
      "ko": "정하신 것",
      "en": "Decision"
    },
    "purpose": {
      "ko": "목적",
      "en": "Purpose"
    },
    "items": {
      "ko": "항목",
      "en": "Items"
    },
    "left_out": {
      "ko": "고르지 않으신 항목",
      "en": "Items left out"
    },
    "sensitive": {
      "ko": "따로 여쭌 것",
      "en": "Asked apart"
    },
    "channels": {
      "ko": "연락 방법",
      "en": "How you may be reached"
    },
    "until": {
      "ko": "언제까지",
      "en": "Until when"
    },
    "notice": {
      "ko": "보여 드린 안내문",
      "en": "Notice that was shown"
    },
    "decided": {
      "ko": "정하신 때",
      "en": "Decided"
    },
    "recorded": {
      "ko": "기록한 때",
      "en": "Recorded"
    },
    "how": {
      "ko": "받은 방법",
      "en": "How it was taken"
    },
    "guardian": {
      "ko": "법정대리인",
      "en": "Guardian"
    },
    "basis": {
      "ko": "근거",
      "en": "Basis"
    },
    "erased": {
      "ko": "함께 파기한 기록",
      "en": "Records destroyed with it"
    },
    "take_back": {
      "ko": "동의를 거두는 방법",
      "en": "How to take it back"
    },
    "afterwards": {
      "ko": "앞으로",
      "en": "From now on"
    },
    "responsible": {
      "ko": "맡은 곳",
      "en": "Who is responsible"
    },
    "number": {
      "ko": "접수증 번호",
      "en": "Receipt number"
    },
    "person": {
      "ko": "명부의 참조번호",
      "en": "Reference in the directory"
    }
  },
  "kinds": {
    "GRANTED": {
      "ko": "이 목적에 아래 항목을 쓰는 데 동의하셨습니다.",
      "en": "You agreed to the use of the items below for this purpose."
    },
    "REFUSED": {
      "ko": "동의하지 않으셨습니다.",
      "en": "You said no."
    },
    "WITHDRAWN": {
      "ko": "동의를 거두셨습니다.",
      "en": "You took your consent back."
    },
    "RENEWED": {
      "ko": "동의를 이어 가기로 하셨습니다.",
      "en": "You let your consent go on for longer."
    },
    "EXPIRED": {
      "ko": "동의하신 기간이 끝났습니다.",
      "en": "The time of your consent ran out."
    },
    "RESTRICTED": {
      "ko": "이 목적에 쓰는 일을 멈추게 하셨습니다.",
      "en": "You had this use suspended."
    },
    "RELEASED": {
      "ko": "멈추게 하신 것을 푸셨습니다.",
      "en": "You had the suspension lifted."
    },
    "OVERRIDE": {
      "ko": "생명이 위급하여 동의 없이 썼습니다. 정하신 것은 그대로입니다.",
      "en": "It was used without consent, for danger to life. What you decided stays as it is."
    },
    "ERASED": {
      "ko": "명부에 있던 정보를 모두 파기했습니다.",
      "en": "Everything that the directory held about you was destroyed."
    }
  },
  "afterwards": {
    "REFUSED": {
      "ko": "나중에 동의하고 싶으시면 언제든지 하실 수 있습니다.",
      "en": "You can agree later, whenever you like."
    },
    "WITHDRAWN": {
      "ko": "거두신 것은 더 쓰지 않습니다. 다시 동의하고 싶으시면 언제든지 하실 수 있습니다.",
      "en": "What you took back is used no more. You can agree again whenever you like."
    },
    "EXPIRED": {
      "ko": "더 쓰지 않습니다. 다시 동의하고 싶으시면 언제든지 하실 수 있습니다.",
      "en": "It is used no more. You can agree again whenever you like."
    },
    "RESTRICTED": {
      "ko": "풀어 달라고 하실 때까지 쓰지 않습니다.",
      "en": "It is not used until you ask for the suspension to be lifted."
    },
    "RELEASED": {
      "ko": "전에 정하신 것이 다시 그대로 이어집니다. 언제든지 다시 멈추게 하실 수 있습니다.",
      "en": "What you had decided stands again. You can have the use suspended again at any time."
    },
    "OVERRIDE": {
      "ko": "누가 왜 썼는지 물으시면 알려 드립니다.",
      "en": "If you ask, you are told who used it and why."
    },
    "ERASED": {
      "ko": "거두실 것이 남아 있지 않습니다. 이 접수증이 남는 전부입니다.",
      "en": "Nothing is left that you could take back. This receipt is all that remains."
    }
  },
  "purposes": {
    "CITY_NEWS": {
      "ko": "시정홍보",
      "en": "City news"
    },
    "DISASTER_RESPONSE": {
      "ko": "재난·재해 대응",
      "en": "Disaster response"
    },
    "POLICY_ADVICE": {
      "ko": "시정자문",
      "en": "Policy advice"
    },
    "CITY_MONITORING": {
      "ko": "시정모니터",
      "en": "City monitoring"
    },
    "ENROLMENT": {
      "ko": "동의 요청",
      "en": "Asking for consent"
    }
  },
  "fields": {
    "NAME": {
      "ko": "성명",
      "en": "name"
    },
    "SEX": {
      "ko": "성별",
      "en": "sex"
    },
    "AGE": {
      "ko": "나이",
      "en": "age"
    },
    "PHONE": {
      "ko": "전화번호",
      "en": "telephone number"
    },
    "EMAIL": {
      "ko": "전자우편",
      "en": "e-mail address"
    },
    "AFFILIATION": {
      "ko": "소속",
      "en": "affiliation"
    },
    "RESIDENCE": {
      "ko": "거주지",
      "en": "place of residence"
    }
  },
  "channels": {
    "SMS": {
      "ko": "문자메시지",
      "en": "text message"
    },
    "EMAIL": {
      "ko": "전자우편",
      "en": "e-mail"
    },
    "VOICE": {
      "ko": "음성통화",
      "en": "telephone call"
    }
  },
  "methods": {
    "KIOSK": {
      "ko": "무인단말기",
      "en": "at a kiosk"
    },
    "PAPER": {
      "ko": "서면",
      "en": "on signed paper"
    },
    "WEB": {
      "ko": "누리집",
      "en": "on the web"
    },
    "TELEPHONE": {
      "ko": "전화",
      "en": "by telephone"
    },
    "ROSTER": {
      "ko": "명부",
      "en": "from a roster"
    },
    "SYSTEM": {
      "ko": "시스템",
      "en": "by the system, which found it"
    }
  },
  "checks": {
    "TEXT_MESSAGE": {
      "ko": "문자 확인",
      "en": "by text message"
    },
    "PHONE_IDENTITY": {
      "ko": "휴대전화 본인인증",
      "en": "by a telephone identity check"
    },
    "CARD": {
      "ko": "카드 정보",
      "en": "by payment card"
    },
    "SIGNED_PAPER": {
      "ko": "서명 서면",
      "en": "by signed paper"
    },
    "EMAIL": {
      "ko": "전자우편 회신",
      "en": "by e-mail"
    },
    "CALL": {
      "ko": "전화 통화",
      "en": "by a call"
    }
  },
  "texts": {
    "taken_back_in_part": {
      "ko": "동의하신 것 가운데 일부를 거두셨습니다.",
      "en": "You took back a part of your consent."
    },
    "every_purpose": {
      "ko": "모든 목적",
      "en": "Every purpose"
    },
    "none": {
      "ko": "없음",
      "en": "none"
    },
    "everything": {
      "ko": "동의하신 것 모두",
      "en": "everything that you had agreed to"
    },
    "as_before": {
      "ko": "전에 동의하신 그대로",
      "en": "as you agreed before"
    },
    "yes": {
      "ko": "예",
      "en": "yes"
    },
    "no": {
      "ko": "아니요",
      "en": "no"
    },
    "sensitive": {
      "ko": "민감한 소속",
      "en": "affiliations that are sensitive"
    },
    "until": {
      "ko": "{instant}까지",
      "en": "until {instant}"
    },
    "instant": {
      "ko": "{year}년 {month}월 {day}일 {hour}:{minute} (한국 시각)",
      "en": "{day} {month_name} {year}, {hour}:{minute} (Korean time)"
    },
    "notice": {
      "ko": "{id}, {language}로 보심",
      "en": "{id}, read in {language}"
    },
    "hash": {
      "ko": "SHA-256 {hash}",
      "en": "SHA-256 {hash}"
    },
    "operator": {
      "ko": "담당 {value}",
      "en": "operator {value}"
    },
    "meeting": {
      "ko": "모임 {value}",
      "en": "meeting {value}"
    },
    "evidence": {
      "ko": "증빙 {value}",
      "en": "evidence {value}"
    },
    "guardian": {
      "ko": "법정대리인이 정하심: {check}, {instant}",
      "en": "a guardian decided, verified {check}, {instant}"
    },
    "erased": {
      "ko": "기록 {count}건",
      "en": "{count} records"
    },
    "language_ko": {
      "ko": "한국어",
      "en": "Korean"
    },
    "language_en": {
      "ko": "영어",
      "en": "English"
    }
  },
  "titles": {
    "FORMAT": {
      "ko": "접수증 읽기",
      "en": "The receipt can be read"
    },
    "EVENT": {
      "ko": "기록의 모양",
      "en": "The event is well-formed"
    },
    "LEAF": {
      "ko": "장부의 기록 다시 계산",
      "en": "The ledger's entry is worked out anew"
    },
    "PATH": {
      "ko": "뿌리까지의 경로",
      "en": "The path leads to the root"
    },
    "ROOT": {
      "ko": "뿌리 견주기",
      "en": "The root is the checkpoint's"
    },
    "SIGNATURE": {
      "ko": "서명",
      "en": "The checkpoint is signed"
    },
    "KEY": {
      "ko": "열쇠의 주인",
      "en": "The key is the city's"
    },
    "NOTICE": {
      "ko": "안내문",
      "en": "The notice is the one that was shown"
    },
    "PARTS": {
      "ko": "접수증에 적힌 말",
      "en": "The words agree with the record"
    },
    "LATEST": {
      "ko": "그 뒤의 결정",
      "en": "Nothing was decided later"
    }
  },
  "statuses": {
    "PASSED": {
      "ko": "맞음",
      "en": "proven"
    },
    "FAILED": {
      "ko": "어긋남",
      "en": "failed"
    },
    "NOT_CHECKED": {
      "ko": "증명되지 않음",
      "en": "not proven"
    }
  },
  "passed": {
    "FORMAT": {
      "ko": "온전한 접수증입니다.",
      "en": "It is a whole receipt of a known format."
    },
    "EVENT": {
      "ko": "있어야 할 것이 모두 있고 서로 어긋나지 않습니다.",
      "en": "It has all that such an event has, and contradicts nothing."
    },
    "LEAF": {
      "ko": "적힌 기록과 소금값(salt)으로 장부의 {index}번 기록을 다시 계산했습니다.",
      "en": "Entry {index} of the ledger was worked out anew from the event and its salt."
    },
    "PATH": {
      "ko": "{index}번 자리에서 기록 {size}건인 장부의 뿌리까지 빠짐없이 이어집니다.",
      "en": "It has every step from place {index} to the root of a ledger of {size} entries."
    },
    "ROOT": {
      "ko": "경로를 따라 계산한 뿌리가 서명된 뿌리와 같습니다. 이 기록은 {instant}의 장부에 바로 이대로 들어 있었습니다.",
      "en": "The path ends in the root that was signed: this very event was in the ledger on {instant}."
    },
    "SIGNATURE": {
      "ko": "서명된 뿌리는 접수증에 적힌 열쇠로 서명한 그대로입니다.",
      "en": "The root, its size and its time are as the key in this receipt signed them."
    },
    "KEY": {
      "ko": "믿는 열쇠로 서명되었습니다.",
      "en": "It is the key that is trusted."
    },
    "NOTICE": {
      "ko": "기록된 안내문과 한 글자도 다르지 않습니다.",
      "en": "It is, to the letter, the notice that the event names."
    },
    "PARTS": {
      "ko": "접수증에 말과 항목으로 적힌 것이 모두 기록된 내용 그대로입니다.",
      "en": "Everything that the receipt says in words and forms follows from what was recorded."
    },
    "LATEST": {
      "ko": "{instant}의 지도에서 이분의 마지막 기록은 이 기록입니다.",
      "en": "In the map of {instant}, this is the latest entry of this person."
    }
  },
  "failures": {
    "RECEIPT_UNREADABLE": {
      "ko": "온전한 접수증이 아닙니다. 파일이나 코드가 잘렸거나 바뀌었습니다.",
      "en": "This is no whole receipt: the file, or the text of its codes, was cut off or changed."
    },
    "RECEIPT_FORMAT": {
      "ko": "아는 형식의 접수증이 아니거나, 있어야 할 것이 빠졌습니다.",
      "en": "The document is no receipt of a known format, or lacks a part of one."
    },
    "RECEIPT_EVENT": {
      "ko": "접수증에 적힌 기록은 있을 수 없는 기록입니다.",
      "en": "The event in the receipt is none that could be recorded."
    },
    "RECEIPT_SALT": {
      "ko": "접수증의 소금값(salt)이 맞지 않아 장부의 기록을 다시 계산할 수 없습니다.",
      "en": "The salt in the receipt is none, so that the ledger's entry can't be worked out."
    },
    "RECEIPT_PATH": {
      "ko": "접수증의 경로가 그 자리에서 장부의 뿌리까지 이어지지 않습니다.",
      "en": "The path in the receipt does not lead from its place to the root of a ledger of its size."
    },
    "RECEIPT_ROOT": {
      "ko": "기록에서 계산한 뿌리가 서명된 뿌리와 다릅니다. 접수증이 바뀌었거나 장부에 없는 기록입니다.",
      "en": "The event leads to another root than the checkpoint's: the receipt was changed, or it is not in the ledger."
    },
    "RECEIPT_SIGNATURE": {
      "ko": "접수증에 적힌 열쇠로 서명된 것이 아닙니다.",
      "en": "The checkpoint is not signed by the key in the receipt."
    },
    "RECEIPT_KEY": {
      "ko": "접수증에 서명한 열쇠가 믿는 열쇠와 다릅니다.",
      "en": "The receipt is signed by another key than the one that is trusted."
    },
    "RECEIPT_NOTICE": {
      "ko": "안내문이 그때 보여 드린 것과 다릅니다.",
      "en": "The notice is not the one that the event was made under."
    },
    "RECEIPT_PARTS": {
      "ko": "접수증에 적힌 말이나 항목이 기록된 내용과 다릅니다.",
      "en": "What the receipt says in words and in its forms is not what was recorded."
    },
    "RECEIPT_MAP": {
      "ko": "마지막 기록 지도의 증명을 쓸 수 없거나 지도와 맞지 않습니다.",
      "en": "The proof from the map of latest entries is not usable, or does not fit its map."
    },
    "RECEIPT_SUPERSEDED": {
      "ko": "지도에 따르면 이분의 마지막 기록은 다른 것입니다. 다른 목적의 것일 수도 있으니 시에 물어보십시오.",
      "en": "By the map, the latest entry of this person is another one, perhaps for another purpose: ask the city for it."
    }
  },
  "open": {
    "EARLIER": {
      "ko": "앞의 확인이 맞지 않아 확인하지 않았습니다.",
      "en": "Not checked, since an earlier step failed."
    },
    "NO_PATH": {
      "ko": "확인하지 않음: 경로가 든 둘째 코드가 없습니다. 장부에 들어 있는지는 아직 증명되지 않았습니다.",
      "en": "Not proven: the second code, with the path, is missing, so that nothing shows the event to be in the ledger."
    },
    "NO_KEY": {
      "ko": "증명되지 않음: 이 열쇠가 시의 것인지는 접수증만으로 알 수 없습니다. 시가 공개한 열쇠의 지문과 견주어 보십시오: {fingerprint}",
      "en": "Not proven: a receipt can't tell whether this key is the city's. Compare its fingerprint with the one that the city publishes: {fingerprint}"
    },
    "NO_ED25519": {
      "ko": "확인하지 않음: 이 브라우저는 Ed25519 서명을 확인하지 못합니다. 다른 브라우저나 civic verify receipt로 확인하십시오.",
      "en": "Not checked: this browser can't verify Ed25519 signatures. Use another one, or civic verify receipt."
    },
    "NOT_SHOWN": {
      "ko": "증명되지 않음: 이 기록에는 보여 드린 안내문이 없습니다. 맡은 곳과 연락처는 참고로 적은 것입니다.",
      "en": "Not proven: the event was recorded under no notice. Who is responsible is told beside it, for your use."
    },
    "NO_NOTICE": {
      "ko": "확인하지 않음: 코드에는 안내문이 들어 있지 않습니다.",
      "en": "Not checked: the codes do not hold the notice."
    },
    "NO_PARTS": {
      "ko": "확인하지 않음: 종이에 적힌 말은 코드에 들어 있지 않습니다. 아래 기록과 눈으로 견주어 보십시오.",
      "en": "Not checked: the codes do not hold the words on the paper. Compare them with the record below."
    },
    "NO_MAP": {
      "ko": "여기서 증명되지 않음: 그 뒤에 달리 정하지 않으셨다는 것. 날마다 공개되는 마지막 기록 지도가 보여 줍니다.",
      "en": "Not proven here: that you did not decide otherwise later. The daily map of latest entries shows that."
    },
    "OLD_MAP": {
      "ko": "증명되지 않음: 이 지도는 이 기록보다 먼저 나온 것입니다. 다음 날 지도로 확인하십시오.",
      "en": "Not proven: this map is older than the event. Take the next day's."
    }
  },
  "verdicts": {
    "UNREADABLE": {
      "ko": "접수증으로 쓸 수 없습니다.",
      "en": "This can't be used as a receipt."
    },
    "FAILED": {
      "ko": "이 접수증은 맞지 않습니다. 무엇이 어긋났는지 아래에 있습니다.",
      "en": "This receipt does not hold; below is what failed."
    },
    "INCOMPLETE": {
      "ko": "어긋난 것은 없으나, 장부에 들어 있는지는 다 확인하지 못했습니다.",
      "en": "Nothing failed, but not everything that shows the event to be in the ledger was there to be checked."
    },
    "PROVEN": {
      "ko": "이 기록은 접수증의 열쇠로 서명된 장부에 바로 이대로 들어 있습니다. 증명되지 않은 것도 아래에 있습니다.",
      "en": "This very event is in the ledger that the key in the receipt signed. Below is also what is not proven."
    }
  },
  "records": {
    "RECORDED": {
      "ko": "기록된 내용",
      "en": "What was recorded"
    },
    "CLAIMED": {
      "ko": "적혀 있는 내용 (증명되지 않음)",
      "en": "What it says (not proven)"
    }
  },
  "months": [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  ],
  "actions": {
    "GRANTED": "GRANT",
    "REFUSED": "REFUSE",
    "WITHDRAWN": "WITHDRAW",
    "RENEWED": "RENEW",
    "EXPIRED": "EXPIRE",
    "RESTRICTED": "RESTRICT",
    "RELEASED": "RELEASE",
    "OVERRIDE": "OVERRIDE",
    "ERASED": "ERASE"
  },
  "page": {
    "brand": {
      "ko": "시정참여 인사 네트워크",
      "en": "Civic Directory"
    },
    "title": {
      "ko": "접수증 확인",
      "en": "Check a receipt"
    },
    "intro": {
      "ko": "가지고 계신 접수증이 바뀌지 않았는지, 그 기록이 장부에 그대로 들어 있는지 이 쪽이 계산해 봅니다.",
      "en": "This page works out whether a receipt was changed, and whether its event is in the ledger as it says."
    },
    "promise": {
      "ko": "인터넷이 끊겨 있어도 됩니다. 고르거나 붙여 넣으신 것은 이 기기를 떠나지 않고, 쪽을 닫으면 남지 않습니다.",
      "en": "It works without a network. What you choose or paste does not leave this device, nor outlive this page."
    },
    "save": {
      "ko": "이 쪽을 파일로 저장하기",
      "en": "Save this page as a file"
    },
    "file": {
      "ko": "접수증 파일 고르기",
      "en": "Choose the receipt’s file"
    },
    "pasted": {
      "ko": "또는 접수증의 글이나, 종이 접수증의 코드를 읽은 글을 붙여 넣기",
      "en": "Or paste the receipt’s text, or what a scanner read from the codes on paper"
    },
    "more": {
      "ko": "더 확인하기 (선택)",
      "en": "Check more (optional)"
    },
    "key": {
      "ko": "시가 공개한 열쇠",
      "en": "The key that the city publishes"
    },
    "key_note": {
      "ko": "넣으시면 접수증에 서명한 열쇠와 견줍니다. 접수증을 받은 곳이 아닌 데서 구하십시오.",
      "en": "It is compared with the one that signed the receipt. Take it from elsewhere than the receipt."
    },
    "map": {
      "ko": "마지막 기록 지도의 증명 파일",
      "en": "The proof from the map of latest entries"
    },
    "map_note": {
      "ko": "그 뒤에 달리 정하신 것이 없는지는 이 파일이 있어야 알 수 있습니다.",
      "en": "Only with this file can be told whether anything was decided later."
    },
    "check": {
      "ko": "확인하기",
      "en": "Check"
    },
    "found": {
      "ko": "확인한 결과",
      "en": "What was found"
    },
    "no_crypto": {
      "ko": "이 브라우저에서는 계산할 수 없습니다. 파일로 저장한 쪽을 열거나, https 주소로 여십시오.",
      "en": "This browser can't do the arithmetic here. Open the page from a saved file, or at an https address."
    }
  }
};
