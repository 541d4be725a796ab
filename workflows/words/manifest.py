"""The list of a batch for whoever closes the envelopes: a page of 80 columns."""

SENTENCES: dict[str, dict[str, str]] = {
    "manifest.head": {"ja": "印刷束 {batch}　{at}　{by}", "en": "Batch {batch}   {at}   {by}"},
    "manifest.counts": {
        "ja": "手紙 {letters} 通、用紙 {sheets} 枚（片面印刷）",
        "en": "{letters} letters, {sheets} sheets (printed on one side)",
    },
    "manifest.of_class": {"ja": "  {kind}：{count} 通", "en": "  {kind}: {count}"},
    "manifest.by_hand": {"ja": "手で入れるもの：{what}", "en": "To lay in by hand: {what}"},
    "manifest.nothing_by_hand": {"ja": "手で入れるもの：なし", "en": "To lay in by hand: nothing"},
    "manifest.sample": {
        "ja": "見本（デモ）。実際の手続には使えません。",
        "en": "SAMPLE (demo): not for real use.",
    },
    "manifest.file": {"ja": "ファイル {file}\nSHA-256 {sha256}", "en": "File {file}\nSHA-256 {sha256}"},
    "manifest.paper": {
        "ja": "{first}～{last} ページ、用紙 {sheets} 枚　{kind}",
        "en": "pages {first}-{last}, {sheets} sheets   {kind}",
    },
    "manifest.form": {"ja": "＋ {form}", "en": "+ {form}"},
    "manifest.label": {
        "ja": "＋ 返送用ラベルと返送票（最後の用紙）。返信用封筒は入れません。",
        "en": "+ return label and slip (last sheet); no envelope is enclosed",
    },
    "manifest.extra": {"ja": "[ ] {extra}", "en": "[ ] {extra}"},
    "manifest.not_posted": {
        "ja": "[ ] 投函しないこと：{way}",
        "en": "[ ] do not post it: {way}",
    },
    "manifest.papers_back": {"ja": "預かった書類の返却 {count} 式", "en": "{count} set of papers sent back"},
    "manifest.seal": {"ja": "[ ] 公印を押す", "en": "[ ] put the office's seal"},
    "manifest.unknown": {
        "ja": "同封物の記録がありません。手紙の本文を確かめてください。",
        "en": "what goes with it is not recorded: see what the letter says",
    },
    "manifest.lay_in": {"ja": "[ ] 同封：{what}", "en": "[ ] lay in: {what}"},
    "manifest.lay_in_nothing": {"ja": "同封：なし（用紙だけ）", "en": "lay in: nothing (the sheets alone)"},
    "manifest.disc": {"ja": "ディスク {count} 枚", "en": "{count} disc"},
    "manifest.copies": {"ja": "写し {count} 点", "en": "{count} copies"},
    "manifest.about": {"ja": "{what}（{about}）", "en": "{what} ({about})"},
    "manifest.holding": {
        "ja": "{what}（{about}、書類 {count} 点を収めたもの）",
        "en": "{what} ({about}, {count} documents on it)",
    },
    "manifest.tracking": {
        "ja": "追跡番号 ____________________",
        "en": "tracking number ____________________",
    },
    "manifest.foot": {
        "ja": "投函したら: ./admin.py posted --batch {batch}",
        "en": "Once posted: ./admin.py posted --batch {batch}",
    },
    "manifest.foot_tracking": {
        "ja": "追跡番号の CSV があれば --tracking-file F.csv を付けます。",
        "en": "with the post's list of numbers: --tracking-file F.csv",
    },
}
