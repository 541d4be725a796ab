"""What the round trip says on the terminal, in both languages. Parameters are numbers, cases, names of files."""

from lab.post_office.words import SENTENCES as DEVIATIONS
from lab.words import SENTENCES as COMMON
from workflows.words import Sentences, Wording

SENTENCES: Sentences = {
    "usage": {
        "ja": "請求書式を発送し、記入された返送を画像として読み取り、取り違えがないことを確かめます。",
        "en": "Send forms out, read what comes back as pictures, and see that nothing is mixed up.",
    },
    "packs": {"ja": "発送する書類一式の数", "en": "how many packs of forms to send out"},
    "seed": {"ja": "乱数の種。同じ種なら同じことが起こります", "en": "the seed; under the same one the same happens"},
    "keep": {"ja": "終わっても画像とデータを残します", "en": "keep the pictures and the data afterwards"},
    "report": {
        "ja": "結果を書き込む文書（印の間だけを書き換えます）",
        "en": "a document to write the figures into, between its marks",
    },
    "starting": {
        "ja": "{packs} 組の往復を始めます（種 {seed}）。ブローカー、ワーカー、beat、Flower を起動しています",
        "en": "a round trip of {packs} packs, seed {seed}; starting the broker, two workers, beat and Flower",
    },
    "stuck": {
        "ja": "手紙 {letters} 通ができあがりません。ログ: {logs}",
        "en": "{letters} letters are not made; the logs: {logs}",
    },
    "failed": {"ja": "往復を続けられません: {why}", "en": "the round trip cannot go on: {why}"},
    "kept": {"ja": "画像とデータ: {home}", "en": "Pictures and data: {home}"},
    # -- what is being done -------------------------------------------------------------------------------------------
    "opening": {"ja": "受付", "en": "requests opened"},
    "letters": {"ja": "手紙の作成", "en": "letters made"},
    "posting": {"ja": "発送", "en": "letters posted"},
    "returning": {"ja": "返戻", "en": "letters returned"},
    "amending": {"ja": "住所の変更", "en": "addresses changed"},
    "drawing": {"ja": "返送物の作成", "en": "returns drawn"},
    "scanning": {"ja": "読み取り", "en": "files scanned"},
    # -- what was otherwise -------------------------------------------------------------------------------------------
    "refused_order": {"ja": "実行されなかった操作: {about}", "en": "an order was not carried out: {about}"},
    "not_known_again": {
        "ja": "二度目の読み取りで既知とならなかった: {about}（正 {wanted}、誤 {found}）",
        "en": "scanned twice, not every page was known: {about} ({found} of {wanted})",
    },
    "counted_twice": {"ja": "二度数えられた書式: {about}", "en": "a form was counted twice: {about}"},
    "case_moved": {
        "ja": "読み取りだけで請求が進んだ: {about}（正 {wanted}、誤 {found}）",
        "en": "scanning moved a case: {about} ({found} of {wanted} stayed)",
    },
    "doctor": {"ja": "点検で見つかった食い違い: {about}", "en": "the doctor found: {about}"},
    "deviations": {"ja": "食い違い: {count} 件", "en": "{count} things were otherwise than they should be:"},
    "all_well": {
        "ja": "取り違え 0 件。欠けたページ、重なったページはすべて指摘され、\n"
        "読めないページはすべて未照合トレイにあり、それ以外は入っていません。",
        "en": "0 mismatched. Every missing and doubled page was named, every unreadable one lies\n"
        "in the tray, and nothing else does.",
    },
    # -- the table ----------------------------------------------------------------------------------------------------
    "title": {"ja": "往復の結果", "en": "The round trip"},
    "row_packs": {"ja": "発送した一式", "en": "packs sent out"},
    "row_letters": {"ja": "作成した手紙", "en": "letters made by the workers"},
    "row_files": {"ja": "読み取ったファイル（PDF、TIFF、JPEG、PNG）", "en": "files scanned (PDF, TIFF, JPEG, PNG)"},
    "row_pages": {"ja": "そのページ", "en": "pages in them"},
    "row_forms": {"ja": "見分けた書式", "en": "forms recognised"},
    "row_broken": {"ja": "うち欠けや重なりがあるもの", "en": "of them with a page missing or doubled"},
    "row_missing": {"ja": "欠けたページ（すべて指摘）", "en": "pages missing, each named"},
    "row_doubled": {"ja": "重なったページ（すべて指摘）", "en": "pages doubled, each named"},
    "row_outdated": {"ja": "古い書式による返送（すべて無効と判定）", "en": "answered on a void form, each told so"},
    "row_ruined": {
        "ja": "コードを読めないページ（すべてトレイに）",
        "en": "pages with every code destroyed, all in the tray",
    },
    "row_enclosed": {
        "ja": "本人確認書類の写し（コードなし、トレイに）",
        "en": "copies of identity papers (no code), in the tray",
    },
    "row_read": {"ja": "正しく読めたページ", "en": "pages read rightly, of those with a code left"},
    "row_mismatched": {"ja": "取り違え", "en": "mismatched"},
    "row_drawing": {"ja": "作成: 1 ページあたりの秒数", "en": "drawing: seconds a page"},
    "row_scanning": {"ja": "読み取りと登録: 1 ページあたりの秒数", "en": "reading and registering: seconds a page"},
    "row_making": {"ja": "手紙の作成: 1 通あたりの秒数", "en": "making letters: seconds a letter"},
    "row_seconds": {"ja": "全体の秒数", "en": "seconds in all"},
    "row_revision": {"ja": "版", "en": "revision"},
    "row_seed": {"ja": "種", "en": "seed"},
    "row_fingerprint": {"ja": "筆跡と傷みの指紋", "en": "fingerprint of writing and wear"},
    "distortion": {"ja": "傷み", "en": "what befell the page"},
    "with_code": {"ja": "ページ", "en": "pages"},
    "were_read": {"ja": "読めた", "en": "read"},
    "scanner": {"ja": "白黒スキャナー", "en": "grey scanner"},
    "colour_scanner": {"ja": "カラースキャナー", "en": "colour scanner"},
    "worn_copy": {"ja": "写しの写し", "en": "copy of a copy"},
    "fax": {"ja": "ファクス（白黒二値）", "en": "fax (black and white)"},
    "camera": {"ja": "カメラ（斜めから、ななめの光）", "en": "camera (from one side, lit from another)"},
    "turned_90": {"ja": "90 度回転", "en": "turned by 90 degrees"},
    "turned_180": {"ja": "180 度回転", "en": "turned by 180 degrees"},
    "turned_270": {"ja": "270 度回転", "en": "turned by 270 degrees"},
    "skewed": {"ja": "0.8 度を超える傾き", "en": "skewed by more than 0.8 degrees"},
    "creased": {"ja": "折り目", "en": "creased"},
    "dog_ear": {"ja": "折れた角", "en": "dog-eared"},
    "coffee": {"ja": "一方のコードにコーヒー", "en": "coffee over one of its codes"},
    "pen": {"ja": "一方のコードにペンの線", "en": "a pen's stroke over one of its codes"},
    "blackened": {"ja": "両方のコードが塗りつぶし", "en": "every code blackened"},
    "torn": {"ja": "両方のコードが破れ", "en": "every code torn off"},
    "soaked": {"ja": "両方のコードがにじみ", "en": "every code soaked"},
    "pasted_over": {"ja": "両方のコードに付箋", "en": "every code pasted over"},
}

say = Wording(COMMON, DEVIATIONS, SENTENCES)
