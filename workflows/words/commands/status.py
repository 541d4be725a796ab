"""What `commands/status.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "status.help.status": {
        "ja": "すべて動いているかを一画面で示します。止まっているものがあれば30秒以内に赤くなり、"
        "終了コードは1です。\n"
        "データベースにつながらないときは5です。",
        "en": "One screen of health: red, and exit 1, within 30 seconds of anything stalling; exit 5 without a "
        "database.",
    },
    "status.help.doctor": {
        "ja": "保存されているものすべてを互いに突き合わせます。見つかったものがあれば終了コードは1です。\n"
        "--repair は、導けるもの（履歴と暦から期限、氏名などから照合用のハッシュ）を直し、"
        "途中で残されたファイルを消し、記録に残します（責任者のみ）。\n"
        "証拠は決して直しません。",
        "en": "Hold everything that is stored against everything else; exit 1 where something does not fit.\n"
        "--repair mends what can be derived (deadlines, hashes to find people by) and removes what killed "
        "workers left in the spool, never evidence; for leads only.",
    },
    "status.help.doctor.repair": {"ja": "導けるものを直します。", "en": "mend what can be derived"},
    "status.help.doctor.quick": {"ja": "手紙のファイルを読みません。", "en": "leave the letters' files out"},
    "status.unwell": {"ja": "止まっているもの、直すべきものがあります（{bad}）", "en": "NOT WELL: {bad} to look at"},
    "status.well": {"ja": "すべて動いています", "en": "everything runs"},
    "status.procedure_differs": {
        "ja": "MADOGUCHI_HOMEのprocedure.tomlは、採用した手続と異なります。"
        "違いは ./admin.py procedure check で分かります。",
        "en": "procedure.toml in MADOGUCHI_HOME is not what was adopted: ./admin.py procedure check says what differs.",
    },
    "status.repairable": {
        "ja": "--repair で直せるものがあります。",
        "en": "some of this can be mended with --repair.",
    },
    "status.examined": {"ja": "検査", "en": "examined"},
    "status.mended": {"ja": "修復", "en": "mended"},
    "status.found": {"ja": "要対応", "en": "found"},
    "status.fine": {"ja": "異常はありません。", "en": "nothing is out of joint."},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "status.help.status": (
        "./admin.py status",
        "./admin.py status --json",
    ),
    "status.help.doctor": (
        "./admin.py doctor",
        "./admin.py doctor --quick",
        "./admin.py doctor --repair",
    ),
}
