"""What `commands/audit.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "audit.help.audit": {"ja": "記録の証明に関すること。", "en": "Prove what was recorded."},
    "audit.help.verify": {
        "ja": "すべての請求の履歴と窓口の記録を、ハッシュのつながりで最初から最後まで確かめます。\n"
        "書き換え、欠落、順序の違いがあれば、最初の一行を示して 1 で終わります。署名した検証点とも照らし合わせます。",
        "en": "Verify every case's history and the office's log by their chains of hashes, in one stream.\n"
        "The first row that was altered, is missing or stands out of place is named, and the exit status is 1. What "
        "checkpoints "
        "signed is held against it, too.",
    },
    "audit.help.verify.export": {
        "ja": "同時に全履歴を書き出すファイル（JSON Lines。名前が .gz で終われば圧縮。責任者のみ）",
        "en": "a file into which the whole history is written meanwhile (JSON lines, packed where it ends in .gz; "
        "leads only)",
    },
    "audit.help.checkpoint": {
        "ja": "前の検証点より後に記録されたものに署名し、"
        "データベースの外のファイルに加えます（5分ごとにも自動で行います）。",
        "en": "Sign what was recorded since the last checkpoint, and append it to a file outside the database. The "
        "desk does "
        "so by itself every five minutes.",
    },
    "audit.help.checkpoint.restored": {
        "ja": "古いバックアップから戻した後に。署名済みでも失われた行を、責任者が記録に残して引き受けます",
        "en": "after a backup was restored: a lead answers, on the record, for signed rows that it does not hold",
    },
    "audit.help.checkpoint.why": {"ja": "--restored の理由（記録されます）", "en": "why (--restored); it is recorded"},
    "audit.help.checkpoint.yes": {"ja": "確認せずに行う", "en": "do not ask whether you are sure"},
    "audit.help.key": {
        "ja": "検証点に署名する鍵の公開鍵を示します。窓口の外で保管してもらってください。",
        "en": "Show the public half of the key that signs checkpoints. Give it to somebody outside the office to keep.",
    },
    "audit.help.key.new": {
        "ja": "失った、または漏れたおそれのある鍵を新しい鍵に替えます（責任者のみ）",
        "en": "put a new key in the place of one that is lost or may have leaked (leads only)",
    },
    "audit.help.key.why": {"ja": "--new の理由（記録されます）", "en": "why (--new); it is recorded"},
    "audit.help.key.yes": {"ja": "確認せずに行う", "en": "do not ask whether you are sure"},
    "audit.needs_why": {
        "ja": "{option} と --why TEXT は一緒に指定してください。",
        "en": "{option} and --why TEXT go together.",
    },
    "audit.unwritable": {
        "ja": "検証点を書き込めません（{why}）。MADOGUCHI_CHECKPOINTS のフォルダーを確かめてください。",
        "en": "the checkpoint could not be written ({why}); look at the folder of MADOGUCHI_CHECKPOINTS.",
    },
    "audit.sure": {
        "ja": "署名済みの {count} 行がデータベースにありません。責任者として引き受けますか",
        "en": "{count} signed rows are not in the database. Answer for them as lead",
    },
    "audit.sure_cut": {
        "ja": "検証点のファイルが途中で切れています。責任者として引き受け、その後に署名しますか",
        "en": "the file of checkpoints is cut. Answer for it as lead, and sign after what is left",
    },
    "audit.sure_key": {
        "ja": "署名の鍵を替えます。よろしいですか",
        "en": "the key that signs checkpoints will be another one. Go on",
    },
    "audit.nothing_new": {
        "ja": "前の検証点より後に記録されたものはありません。",
        "en": "nothing was recorded since the last checkpoint.",
    },
    "audit.made": {
        "ja": "検証点 {number}：履歴 {heads} 件に署名しました（{path}）。",
        "en": "checkpoint {number} signs {heads} histories ({path}).",
    },
    "audit.gave_up": {
        "ja": "署名済みで失われた {count} 行は、引き受けたものとして記録しました。",
        "en": "the {count} signed rows that are gone are recorded as answered for.",
    },
    "audit.fingerprint": {"ja": "公開鍵（16進）：{key}", "en": "public key, hexadecimal: {key}"},
    "audit.no_checkpoints": {
        "ja": "検証点はまだありません。書き換えた後に全体を作り直されても分かりません。",
        "en": "there are no checkpoints yet: a history rewritten as a whole would not show.",
    },
    "audit.checkpoints": {
        "ja": "検証点 {count} 件と照らし合わせました（最後は {at}）。",
        "en": "checkpoints held against: {count}, the last of {at}.",
    },
    "audit.pieces": {
        "ja": "検証点のファイルに書きかけの行が {count} 行あります（書き込み中に止まった跡で、誤りではありません）。",
        "en": "{count} unfinished lines in the file of checkpoints: a writer died there, which is no fault.",
    },
    "audit.given_up": {
        "ja": "署名済みの {count} 行は、バックアップから戻した際に失われたと責任者が記録しています。",
        "en": "{count} signed rows are gone, for which a lead answers: a backup was restored.",
    },
    "audit.verifies": {
        "ja": "請求 {cases} 件の履歴 {rows} 行と、窓口の記録 {log} 行は、記録されたとおりです。",
        "en": "{rows} rows of the histories of {cases} cases and {log} rows of the office's log are as recorded.",
    },
    "audit.altered": {
        "ja": "履歴の {seq} 行目が書き換えられたか、失われたか、順序が違います。",
        "en": "row {seq} of its history was altered, is missing, or stands out of place.",
    },
    "audit.cut": {
        "ja": "履歴が請求の示す {seq} 行目まで続いていません。終わりが失われたか、請求の行が書き換えられました。",
        "en": "its history does not end at row {seq}, as its case says: the end is missing, or the case was altered.",
    },
    "audit.of_no_case": {
        "ja": "どの請求のものでもない履歴の行があります（請求の内部番号 {id}、{seq} 行目）。",
        "en": "row {seq} of a history belongs to no case there is (the case's internal number was {id}).",
    },
    "audit.rewritten": {
        "ja": "履歴が {seq} 行目までの間で、検証点 {checkpoint} の署名の後に書き換えられました。",
        "en": "its history was rewritten, up to row {seq}, after checkpoint {checkpoint} had signed it.",
    },
    "audit.signed_gone": {
        "ja": "検証点 {checkpoint} は履歴の {seq} 行目に署名していますが、履歴は {end} "
        "行目で終わっています（終わりが削られたか、データベースが古いものに戻されました）。",
        "en": "checkpoint {checkpoint} signed row {seq} of its history, which ends at row {end}: the end was cut, or "
        "the "
        "database is an older one.",
    },
    "audit.signed_case_gone": {
        "ja": "検証点 {checkpoint} は履歴の {seq} 行目に署名していますが、この請求がありません（消されたか、"
        "データベースが古いものに戻されました）。",
        "en": "checkpoint {checkpoint} signed row {seq} of its history, and there is no such case: it was wiped, or "
        "the "
        "database is an older one.",
    },
    "audit.log_rewritten": {
        "ja": "窓口の記録が {seq} 行目（全 {end} 行）までの間で、検証点 {checkpoint} の署名の後に書き換えられました。",
        "en": "the office's log ({end} rows) was rewritten, up to row {seq}, after checkpoint {checkpoint} had signed "
        "it.",
    },
    "audit.log_signed_gone": {
        "ja": "検証点 {checkpoint} は窓口の記録の {seq} 行目に署名していますが、記録は {end} "
        "行目で終わっています（終わりが削られたか、データベースが古いものに戻されました）。",
        "en": "checkpoint {checkpoint} signed row {seq} of the office's log, which ends at row {end}: the end was "
        "cut, or "
        "the database is an older one.",
    },
    "audit.key_unknown": {
        "ja": "検証点 {checkpoint} 以後の署名の鍵（{key}…）は、窓口の記録にありません。",
        "en": "the key that signed checkpoint {checkpoint} and those after it ({key}...) is not in the office's log.",
    },
    "audit.line_unsigned": {
        "ja": "検証点のファイルの {line} 行目は、署名と合いません。",
        "en": "line {line} of the file of checkpoints is not as it was signed.",
    },
    "audit.line_out_of_place": {
        "ja": "検証点のファイルの {line} 行目は検証点 {number} ですが、{expected} のはずです（前の行が失われたか、"
        "順序が違います）。",
        "en": "line {line} of the file of checkpoints is number {number} where {expected} belongs: lines before it are "
        "missing or out of place.",
    },
    "audit.not_signed_after": {
        "ja": "検証点のファイル（{path}）は {number} で終わっていますが、署名したのは {newest} までです。続きには"
        "署名しません。"
        "元のファイルを戻すか、責任者が ./admin.py audit checkpoint --restored --why TEXT で説明してください。",
        "en": "the file of checkpoints ({path}) ends at {number}, and {newest} were signed: nothing is signed after "
        "that. Put the file back, or have a lead answer for it by ./admin.py audit checkpoint --restored --why TEXT.",
    },
    "audit.checkpoints_cut": {
        "ja": "検証点のファイルは {number} で終わっていますが、{newest} まで署名しています。"
        "ファイルの終わりが失われました。",
        "en": "the file of checkpoints ends at {number}, and {newest} were signed: its end is missing.",
    },
    "audit.checkpoint_other": {
        "ja": "検証点 {number} は、データベースの示すものと違います。",
        "en": "checkpoint {number} is not the one the database knows.",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "audit.help.verify": ("./admin.py audit verify", "./admin.py audit verify --export history.jsonl.gz"),
    "audit.help.checkpoint": (
        "./admin.py audit checkpoint",
        "./admin.py audit checkpoint --restored --why 'the disk broke; yesterday is back'",
    ),
    "audit.help.key": (
        "./admin.py audit key > office.pem",
        "./admin.py audit key --new --why 'others could read it'",
    ),
}
