"""What the post room says: why a letter was not printed, the manifest of a batch, what a draft lacks."""

SENTENCES: dict[str, dict[str, str]] = {
    "print.not_made": {
        "ja": "{letter} はまだ作成されていません。少し待ってから、もう一度印刷してください"
        "（作成が止まっていないかは ./admin.py status で分かります）。",
        "en": "{letter} is not made yet; print it in a moment (./admin.py status shows whether letters are made).",
    },
    "print.void": {
        "ja": "{letter} は無効です。印刷できません。代わりの手紙は ./admin.py letters --case で確かめてください。",
        "en": "{letter} is void and is never printed; ./admin.py letters --case shows what replaced it.",
    },
    "print.printed_already": {
        "ja": "{letter} は既に印刷済みです（{batch}）。もう一枚必要なら ./admin.py print --again {letter} を"
        "使ってください。",
        "en": "{letter} is printed already ({batch}); for a marked second print use ./admin.py print --again {letter}.",
    },
    "print.not_printed_yet": {
        "ja": "{letter} はまだ印刷していません。--again を付けずに印刷してください。",
        "en": "{letter} was not printed yet; print it without --again.",
    },
    "print.changed_meanwhile": {
        "ja": "{letter} は印刷の準備中に無効になったため、束から外しました。",
        "en": "{letter} became void while the batch was being made and was left out.",
    },
    "print.stopped": {
        "ja": "{letter} は印刷しません。この種類の手紙（{kind}）は責任者が止めています。"
        "理由は ./admin.py letter-kinds で分かります。",
        "en": "{letter} is not printed: a lead has stopped this kind of letter ({kind}); ./admin.py letter-kinds shows "
        "why.",
    },
    "posted.stopped_kind": {
        "ja": "記録しましたが、この種類の手紙（{kind}）は責任者が止めています。まだ投函していない分は、責任者に"
        "確かめてください。",
        "en": "recorded, but a lead has stopped this kind of letter ({kind}): ask before you post what is still here.",
    },
    "letter.waits_stopped": {
        "ja": "手紙 {letter}（{kind}）は待っています。この種類の手紙を責任者が止めているため、"
        "作成も印刷もされません（./admin.py letter-kinds）。",
        "en": "letter {letter} ({kind}) waits: a lead has stopped this kind, so it is neither made nor printed "
        "(./admin.py letter-kinds).",
    },
    "print.damaged": {
        "ja": "{letter} のファイルが、作成時のものと違います（{fault}）。印刷していません。責任者に知らせました。"
        "var/spool を控えから戻すか、請求を訂正（amend）して手紙を作り直してください。",
        "en": "the file of {letter} is not the one that was made ({fault}); it was not printed and the lead is told. "
        "Restore var/spool from its backup, or amend the case so that the letter is ordered anew.",
    },
    "print.press_busy": {
        "ja": "ほかの人がいま印刷の準備をしています。終わってから、もう一度実行してください。",
        "en": "somebody else is printing at this moment; run it again when they are done.",
    },
    "print.earlier_finished": {
        "ja": "前回中断した {batch}（{letters} 通）を仕上げました: {file}",
        "en": "{batch} ({letters} letters), which an earlier run left unfinished, is finished now: {file}",
    },
    "print.earlier_found": {
        "ja": "前回中断した {batch}（{letters} 通）は {file} にあります。既に印刷した束でないか確かめてください。",
        "en": "{batch} ({letters} letters) of an earlier run lies in {file}; see that it is not on paper already.",
    },
    "print.earlier_unknown": {
        "ja": "{batch}（{letters} 通）は印刷済みとして記録されていますが、{file} が見つかりません。紙が手元になければ、"
        "./admin.py print --again で一通ずつ印刷してください。",
        "en": "{batch} ({letters} letters) is recorded as printed, but {file} is not there. If there is no paper "
        "either, print its letters with ./admin.py print --again.",
    },
    "posted.nothing_posted": {
        "ja": "{batch} には、投函済みの手紙がありません。束の番号を確かめてください。",
        "en": "nothing in {batch} is recorded as posted; check the number of the batch.",
    },
    "posted.puts_nothing_right": {
        "ja": "この手続の手紙の記録は、取り消しも訂正もできません。",
        "en": "the procedure of this letter knows no step that puts its records right.",
    },
    "posted.nothing_printed": {
        "ja": "{batch} に、投函を待つ手紙はありません。束の番号は印刷時の一覧にあります。",
        "en": "nothing printed waits in {batch}; the number of a batch stands on its manifest.",
    },
    "draft.closed": {
        "ja": "{case} は終了しています（{state}）。回答の下書きはありません。送った手紙は "
        "./admin.py letters --case {case} で確かめられます。",
        "en": "{case} is closed ({state}); there is no draft. ./admin.py letters --case {case} lists what was sent.",
    },
    "draft.too_early": {
        "ja": "{case} はまだ回答の段階ではありません（{state}）。本人確認の後、または手続上の理由による拒否を決めた後に"
        "作成できます。",
        "en": "{case} is {state}: an answer can be drafted once identity is verified, or once a refusal on procedural "
        "grounds is decided.",
    },
    "draft.erased": {
        "ja": "{case} の個人情報は消去済みです。",
        "en": "the personal data of {case} is erased.",
    },
    "notice.letter_set_aside": {
        "ja": "{case}: 手紙 {subject} のファイルが作成時のものと違います（{fault}）。印刷していません。",
        "en": "{case}: the file of letter {subject} is not the one that was made ({fault}); it was not printed.",
    },
}
