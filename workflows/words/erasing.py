"""Why a case cannot be erased yet."""

SENTENCES: dict[str, dict[str, str]] = {
    "erasing.open": {
        "ja": "{case} はまだ終了していません（{state}）。終了した請求だけを消去できます。",
        "en": "{case} is still open ({state}); only a closed case is erased.",
    },
    "erasing.letters": {
        "ja": "手紙 {letters} がまだ投函されていません。投函を記録するか、無効にしてください。",
        "en": "{letters} has not been posted yet; record the posting first.",
    },
    "erasing.papers": {
        "ja": "{case} の紙の書類の処分の記録がありません。廃棄したら記録してください: ./admin.py end-papers {case} "
        "--what evidence --end destroyed（一覧は ./admin.py disposals）",
        "en": "papers of {case} are still here on paper; see to them, then record it: ./admin.py end-papers {case} "
        "--what evidence --end destroyed (./admin.py disposals lists them)",
    },
    "erasing.searches": {
        "ja": "照会 {searches} が回答待ちです。回答を待つか、取り下げてください。",
        "en": "{searches} waits for an answer; wait for it, or recall it.",
    },
    "erasing.orders": {
        "ja": "{case} への指示 {orders} がまだ実行されていません。実行を待ってください（作業プロセスの様子は "
        "./admin.py status）。",
        "en": "order {orders} for {case} is not carried out yet; wait for that (./admin.py status says whether anybody "
        "works).",
    },
    "erasing.held": {
        "ja": "{case} は {by} が {until} まで法的に保全しています。解除: ./admin.py legal-hold {case} --lift --why …",
        "en": "{case} is under a legal hold of {by} until {until}; to lift it: ./admin.py legal-hold {case} --lift "
        "--why …",
    },
    "erasing.to_do": {
        "ja": "{case} にはまだすることがあります（{todo}）。",
        "en": "something is still to be done in {case} ({todo}).",
    },
    "erasing.open_case": {
        "ja": "同じ方の請求 {cases} がまだ終了していません。",
        "en": "{cases} of the same person is still open.",
    },
    "notice.erased_again": {
        "ja": "{case} はバックアップの後に消去されていたため、復元の後でもう一度消去しました。バックアップの時点では、"
        "まだ手元に手紙や書類があるか、何かを待っていました。紙が残っていないか確かめて廃棄してください。"
        "この請求にはもう何も記録できません。",
        "en": "{case} was erased since the backup, and again after it was restored. In the backup something of it "
        "still lay in the house or was waited for: look for its letters and papers and destroy what is left. Nothing "
        "can be recorded in this case any more.",
    },
    "notice.not_erased": {
        "ja": "{case} の消去（{by}）は行われませんでした。その間に請求が動いたためです: "
        "./admin.py erase {case} --why …",
        "en": "{case} was not erased ({by}): it moved on meanwhile. Look at it: ./admin.py erase {case} --why …",
    },
}
