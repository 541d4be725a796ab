"""What the page says on which masks are drawn (templates/pages/mask.html.j2)."""

SENTENCES: dict[str, dict[str, str]] = {
    "mask_page.title": {"ja": "{page} の黒塗り", "en": "Black out parts of {page}"},
    "mask_page.how": {
        "ja": "隠す場所をドラッグで囲み、「黒塗りする」を押してください。塗った場所は画像に焼き付けられ、"
        "元の画像は消えます。",
        "en": "Drag over each part that must not be kept, then choose “Black out”. What is black is burnt in, and the "
        "original is gone.",
    },
    "mask_page.keyboard": {
        "ja": "キーボード：A で枠を追加、矢印で移動、Shift＋矢印で大きさ、Tab で次の枠、Delete で削除、Enter で確定、"
        "Esc で中止",
        "en": "Keyboard: A adds a box, arrows move it, Shift and arrows size it, Tab goes to the next, Delete removes, "
        "Enter finishes, Esc cancels",
    },
    "mask_page.add": {"ja": "枠を追加", "en": "Add a box"},
    "mask_page.remove": {"ja": "枠を削除", "en": "Remove a box"},
    "mask_page.smaller": {"ja": "縮小", "en": "smaller"},
    "mask_page.larger": {"ja": "拡大", "en": "larger"},
    "mask_page.done": {"ja": "黒塗りする", "en": "Black out"},
    "mask_page.cancel": {"ja": "中止", "en": "Cancel"},
    "mask_page.picture": {"ja": "読み取ったページ {page}", "en": "the scanned page {page}"},
    "mask_page.noscript": {
        "ja": "このページには JavaScript が必要です。使えなければ、端末で --mask を使ってください。",
        "en": "This page needs JavaScript; without it, use --mask in the terminal.",
    },
    "mask_page.area": {"ja": "枠 {number}", "en": "box {number}"},
    "mask_page.count": {"ja": "枠 {number} 個", "en": "boxes: {number}"},
    "mask_page.finished": {
        "ja": "受け取りました。このタブを閉じて、端末に戻ってください。",
        "en": "Received. Close this tab and go back to the terminal.",
    },
    "mask_page.cancelled": {
        "ja": "中止しました。何も変わっていません。このタブを閉じてください。",
        "en": "Cancelled; nothing has changed. Close this tab.",
    },
    "mask_page.lost": {
        "ja": "端末のコマンドが終わっているため、送れませんでした。もう一度実行してください。",
        "en": "This could not be sent: the command in the terminal has ended. Run it again.",
    },
}
