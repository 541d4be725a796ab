"""How what a scan found differs from what lay in the envelopes (lab/post_office/truth.py), in both languages."""

from workflows.words import Sentences, Wording

SENTENCES: Sentences = {
    "form_not_found": {"ja": "見つからなかった書式: {about}", "en": "a form was not found: {about}"},
    "form_from_nowhere": {
        "ja": "存在しないはずの書式: {about}",
        "en": "a form was found that was never there: {about}",
    },
    "form_otherwise": {
        "ja": "ページの数え方が違う書式: {about}（正 {wanted}、誤 {found}）",
        "en": "the pages of a form were counted wrong: {about} ({wanted}, not {found})",
    },
    "code_otherwise": {
        "ja": "照会番号の状態が違う: {about}（正 {wanted}、誤 {found}）",
        "en": "a code was judged wrong: {about} ({wanted}, not {found})",
    },
    "page_otherwise": {
        "ja": "取り違えたページ: {about}（正 {wanted}、誤 {found}）",
        "en": "a page was taken for another: {about} ({wanted}, not {found})",
    },
    "page_from_nowhere": {
        "ja": "存在しないはずのページ: {about}",
        "en": "a page was found that was never there: {about}",
    },
    "not_in_tray": {"ja": "未照合トレイにないページ: {about}", "en": "a page is missing from the tray: {about}"},
    "in_tray": {"ja": "未照合トレイにあるはずのないページ: {about}", "en": "a page should not be in the tray: {about}"},
    "foreign_page": {"ja": "他所のものとされたページ: {about}", "en": "a page was called foreign: {about}"},
    "refused_file": {"ja": "読み取れなかったファイル: {about}", "en": "a file was refused: {about}"},
    "known_page": {"ja": "既知とされた新しいページ: {about}", "en": "a new page was called known: {about}"},
}

say = Wording(SENTENCES)
