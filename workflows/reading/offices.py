"""What an office calls itself in Japanese letters, told from the kind of body that its name says it is.

The words are those of public notices: 当社, 当組合, 当市. Where a name says nothing, 当方 is right for everybody.
"""

import re

NOBODY_IN_PARTICULAR = "当方"
_KINDS = (
    (r"会社", "当社"),
    (r"事務所$", "当事務所"),
    (r"(?:病院|医院|クリニック|診療所|医療センター)$", "当院"),
    (r"大学(?:院|校)?$", "本学"),
    (r"(?:学校|学園|学院)$", "本校"),
    (r"図書館$", "当館"),
    (r"銀行", "当行"),
    (r"金庫", "当金庫"),
    (r"組合(?:連合会)?$", "当組合"),
    (r"(?:教育|公安|選挙管理|農業|人事|監査)?委員会$", "当委員会"),
    (r"広域連合$", "当広域連合"),
    (r"省$", "当省"),
    (r"局$", "当局"),
    (r"(?:県|県庁)$", "当県"),
    (r"(?:府|府庁)$", "当府"),
    (r"(?:東京都|都庁)$", "当都"),
    (r"(?:北海道|道庁)$", "当道"),
    (r"(?:市|市役所|市長)$", "当市"),
    (r"(?:区|区役所|区長)$", "当区"),
    (r"(?:町|町役場|町長)$", "当町"),
    (r"(?:村|村役場|村長)$", "当村"),
    (r"庁$", "当庁"),
    (r"(?:法人|財団|社団|機構|事業団|基金)", "当法人"),
    (r"(?:協会|連合会|共済会|会)$", "当会"),
)


def calls_itself(name: str) -> str:
    """Return how an office of that Japanese name speaks of itself."""
    plain = re.sub(r"\s", "", name)
    return next((word for kind, word in _KINDS if re.search(kind, plain)), NOBODY_IN_PARTICULAR)
