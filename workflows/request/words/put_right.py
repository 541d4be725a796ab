"""What is said where something recorded wrongly is put right: help, why not, and what follows from it."""

SENTENCES: dict[str, dict[str, str]] = {
    "request.help.undo_posting": {
        "ja": "投函の記録を取り消します。その手紙は手元にあり、これから投函するか、無効になります。",
        "en": "Take back that a letter was posted: it lies in the house, and is to go out or is void.",
    },
    "request.help.undo_mailing": {
        "ja": "今回の書式の投函の記録を取り消します。請求と期限は元に戻ります。",
        "en": "Take back that the round's forms were posted: the case and its deadlines are where they were.",
    },
    "request.help.amend_posting": {
        "ja": "投函した日や方法の記録を直します。期限は正しい日から数え直します。",
        "en": "Put right on which day a letter was posted, or how: the deadlines count anew from the right day.",
    },
    "request.help.undo_return": {
        "ja": "手紙が戻ってきたという記録を取り消します（別の手紙だったとき、または本人に届いていたとき）。",
        "en": "Take back that a letter came back: it was another one, or it reached the person after all.",
    },
    "request.help.undo_undeliverable": {
        "ja": "今回の書式が戻ってきたという記録を取り消します。書式コードは再び有効になり、期限は投函日から続きます。",
        "en": "Take back that the round's forms came back: their code holds again, the deadlines go on from the "
        "posting day.",
    },
    "request.help.receive_again": {
        "ja": "返送されたものの登録が誤っていたとき、登録し直します。前の書類は数えません。",
        "en": "Register anew what came back, where it was registered wrongly: the papers of before count no more.",
    },
    "request.help.undo_arrival": {
        "ja": "返送の登録を取り消します（別の請求のものだったとき）。この請求は引き続き返送を待ちます。",
        "en": "Take back that something came back: it belongs to another case, and this one goes on waiting.",
    },
    "request.help.undo_reopening": {
        "ja": "期限経過後に書式が届いたという登録を取り消します。期限経過に戻り、その通知を送ります。",
        "en": "Take back that forms came to a lapsed case after all: it has lapsed, and its notice goes out.",
    },
    "request.help.unask": {
        "ja": "補正依頼を、投函する前に取り消します。書類をもう一度見ます。",
        "en": "Take back that something was asked for again, before the notice is posted: the papers are looked at "
        "once more.",
    },
    "request.help.mail_again": {
        "ja": "今回の書式を、新しいコードでもう一度送ります（郵便で失われたときなど）。前のコードは無効です。",
        "en": "Send the round's forms once more, with a new code: the post lost them, or nobody has them any more.",
    },
    "request.help.undo_mail_again": {
        "ja": "書式の再送を取り消します。投函済みの書式を引き続き待ち、そのコードは再び有効になります。",
        "en": "Take back that the round's forms are sent once more: those that are out are waited for, and their code "
        "holds.",
    },
    "request.help.undo_correction": {
        "ja": "回答の訂正を取り消します。送った通知書がそのまま有効です。",
        "en": "Take back that an answer is corrected: the notification that was sent stands as it is.",
    },
    "request.help.undo_correction_of_refusal": {
        "ja": "拒否の訂正を取り消します。送った通知書がそのまま有効です。",
        "en": "Take back that a refusal is corrected: the notification that was sent stands as it is.",
    },
    "request.help.correct_answer": {
        "ja": "送った回答の誤りを、決め直して正します。別の人が承認すると、訂正の通知書が出ます。",
        "en": "Decide anew what a released answer said wrongly: somebody else releases the letter that corrects it.",
    },
    "request.help.correct_refusal": {
        "ja": "本人確認の前に拒否したものを、書類または決定から見直します。",
        "en": "Take up anew what was refused before anybody was verified: its papers, or the decision.",
    },
    "request.help.reinstate": {
        "ja": "誤って終了した請求を元に戻します。新しいコードで書式を送り直します。",
        "en": "Take up again a case that was closed by mistake: its forms are sent anew, with a new code.",
    },
    "request.help.reinstate_papers": {
        "ja": "書式が届いた後に誤って終了した請求を元に戻します。書類をもう一度見ます。",
        "en": "Take up again a case that was closed by mistake after its forms had come: the papers are looked at "
        "once more.",
    },
    # -- letters ----
    "came_back_already": {
        "ja": "{letter} は戻ってきたと記録されています。"
        "本人に届いていたのなら returned {letter} --undo --why で取り消し、"
        "そうでなければ amend で住所を登録してください（新しい書式が手配されます）。",
        "en": "{letter} is recorded as come back. If it reached the person after all, take that back with returned "
        "{letter} --undo --why; else amend with an address orders new forms.",
    },
    "posting_not_recorded": {
        "ja": "{letter} の投函は記録されていません。直すものはありません（letters で状態を確かめられます）。",
        "en": "{letter} is not recorded as posted, so there is nothing to put right; letters shows where it stands.",
    },
    "came_back_since": {
        "ja": "{letter} は戻ってきたと記録されています。それも誤りなら、先に returned {letter} --undo --why で"
        "取り消してください。",
        "en": "{letter} is recorded as come back since; if that is wrong too, take it back first with returned "
        "{letter} --undo --why.",
    },
    "mailing_of_a_closed_case": {
        "ja": "{case} は終了しているため、{letter} の投函は取り消せません。誤って終了したのなら、"
        "reinstate {case} --why で元に戻してください。",
        "en": "{case} is closed, and the posting of {letter} belongs to how it came about; if it was closed by "
        "mistake, take it up again with reinstate {case} --why.",
    },
    "round_is_over": {
        "ja": "{letter} の回は終わっているため、投函を取り消しても何も変わりません。"
        "日付の誤りは posted {letter} --on で直せます。",
        "en": "the round of {letter} is over, and taking its posting back changes nothing; a wrong day is put right "
        "with posted {letter} --on.",
    },
    "forms_came_since": {
        "ja": "{letter} の後に書式が届いたため、投函されたはずです。別の請求のものを登録したのなら、先に "
        "receive-forms {case} --undo --why で取り消してください。日付の誤りは posted {letter} --on で直せます。",
        "en": "forms came back after {letter}, so it was posted. If they belong to another case, take their "
        "registration back first with receive-forms {case} --undo --why; a wrong day is put right with posted "
        "{letter} --on.",
    },
    "pages_lie_here": {
        "ja": "{case} のページが {pages} 枚ここにあるため、書式は投函されたはずです。別の請求のものなら、先に "
        "tray で割り当て直すか破棄してください。",
        "en": "pages of {case} lie here ({pages}), so its forms were posted; register them with receive-forms, or, if "
        "they are another case's, sort them first (tray).",
    },
    "not_the_rounds_mailing": {
        "ja": "{letter} は {case} の今回の書式ではありません。番号は letters --case で確かめてください。",
        "en": "{letter} is not what moved {case} to where it stands; letters --case shows its letters.",
    },
    "posting_is_right": {
        "ja": "{letter} は既に {day} の投函と記録されています。直すものはありません。",
        "en": "{letter} is recorded as posted on {day} already; there is nothing to put right.",
    },
    "posted_after_return": {
        "ja": "{letter} は {returned} に戻ってきたため、{day} の投函ではありません。"
        "{returned} 以前の日付にしてください。",
        "en": "{letter} came back on {returned}, so it cannot have been posted on {day}; name that day or an earlier "
        "one.",
    },
    "posted_after_arrival": {
        "ja": "{letter} への返送は {arrived} に届いたため、{day} の投函ではありません。到着日の誤りなら "
        "receive-forms {case} --again で直してください。",
        "en": "what {letter} asked for came on {arrived}, so it cannot have been posted on {day}; if the day of "
        "arrival is wrong, put that right with receive-forms {case} --again.",
    },
    "return_not_recorded": {
        "ja": "{letter} は戻ってきたと記録されていません。直すものはありません。",
        "en": "{letter} is not recorded as come back, so there is nothing to put right.",
    },
    "copy_ordered_since": {
        "ja": "{letter} は、既に {copy} 通目を手配しています。そのまま投函してください。",
        "en": "copy {copy} of {letter} is ordered already; let it go out.",
    },
    "letter_void_now": {
        "ja": "{letter} は無効になりました。手元にあれば破棄してください。",
        "en": "{letter} is void now; destroy it if it is printed.",
    },
    "reminded_already": {
        "ja": "再度のご案内 {letter} は既に投函されています。取り消せないので、"
        "本人から問い合わせがあれば説明してください。",
        "en": "the reminder {letter} is in the post and cannot be called back; explain it should the person ask.",
    },
    "reminder_void": {
        "ja": "再度のご案内 {letter} は、投函日が変わったため無効になりました。次の案内は正しい日から数えて出ます。",
        "en": "the reminder {letter} is void, because the posting day is another; the next one comes counted from the "
        "right day.",
    },
    "newer_forms_count": {
        "ja": "{letter} の書式コードは無効のままです。新しい書式が有効で、古い書式で届いたものは責任者の確認まで"
        "保留されます。",
        "en": "the code of {letter} stays void, for newer forms are out or ordered; should its forms come, they are "
        "held for the lead.",
    },
    "sent_again": {
        "ja": "{letter} の書式コードは無効になり、新しい書式を手配しました。印刷して投函してください。",
        "en": "the code of {letter} is void, and new forms are ordered: print and post them.",
    },
    "pack_is_out": {
        "ja": "書式 {letter} は、変更前の宛先で既に投函されています。そのままにします（コードは有効です）。"
        "送り直すなら、amend のファイルに pack: send_again と書くか、mail-again {case} --why を使ってください。",
        "en": "the forms ({letter}) are in the post as they were; they are let be, and their code holds. To send new "
        "ones with a new code, say pack: send_again in the file, or use mail-again {case} --why.",
    },
    "form_sent_after": {
        "ja": "投函済みの書式にない「{forms}」を、追って送るよう手配しました。印刷して投函してください。",
        "en": "what is in the post lacks the form {forms}: it is sent after it; print and post it.",
    },
    "not_sent_again": {
        "ja": "{case} の書式は再送中ではありません。投函の記録の誤りなら posted --undo を使ってください。",
        "en": "the forms of {case} are not being sent again; if a posting was recorded wrongly, use posted --undo.",
    },
    # -- arrivals ----
    "nothing_registered_yet": {
        "ja": "{case} にはまだ何も登録されていません。receive-forms で登録してください。",
        "en": "nothing is registered in {case} yet; use receive-forms.",
    },
    "registered_before_it_was_kept": {
        "ja": "{case} の返送は、登録し直しに必要な記録を残す前の版で登録されています。"
        "足りないものは ask-again で求めてください。",
        "en": "what came back in {case} was registered by an earlier release, which kept nothing to put it right from; "
        "ask for what is missing with ask-again.",
    },
    "nothing_came_in_this_round": {
        "ja": "{case} には今回の返送の登録がないため、取り消せません。誤りは receive-forms --again で直してください。",
        "en": "nothing was registered in this round of {case}, so there is nothing to take back; what was registered "
        "before is put right with receive-forms --again.",
    },
    "verification_undone_by_arrival": {
        "ja": "{case} の書類を登録し直したため、本人確認を取り消しました。確かめ直してください。",
        "en": "the papers of {case} are registered anew, so its verification is taken back; look at them again.",
    },
    "decision_dropped": {
        "ja": "{case} の決定は取り消されました。もう一度 decide で決めてください。",
        "en": "what was decided in {case} counts no more; decide again.",
    },
    "law_counts_anew": {
        "ja": "最初の到着は {was} ではなく {day} です。法律の期日は {day} から数え直します。",
        "en": "the first arrival was on {day}, not on {was}; the law's dates count from {day}.",
    },
    "no_notice_here": {
        "ja": "{case} には、まだ投函していない補正依頼がありません。投函の記録が誤りなら posted --undo を、"
        "登録の誤りなら receive-forms --again を使ってください。",
        "en": "no deficiency notice of {case} lies here unposted; if its posting was recorded wrongly use posted "
        "--undo, if the papers were, receive-forms --again.",
    },
    # -- closed cases ----
    "will_correct": {
        "ja": "次の通知書は、{letter} を訂正するものとして送られます。承認は別の人がします。",
        "en": "the next notification will say that it corrects {letter}; somebody else releases it.",
    },
    "copies_may_be_gone": {
        "ja": "書類の写しは、回答の投函後に廃棄されていることがあります。記録した内容は引き続き有効です。",
        "en": "the copies of the papers may be destroyed, because the answer was posted; what was recorded of them "
        "counts on.",
    },
    "no_correction_here": {
        "ja": "{case} には、送った回答の訂正が進んでいません。まだ手元にあった回答は無効になったので、"
        "決定して承認し直してください。",
        "en": "no answer that was sent is being corrected in {case}; one that was still in the house is void, so "
        "decide and release it anew.",
    },
    "verified_before": {
        "ja": "{case} は本人確認の後に拒否されています。correct-answer を使ってください。",
        "en": "{case} was refused after its verification; use correct-answer.",
    },
    "closing_letter_is_out": {
        "ja": "終了を知らせる {letter} は既に投函されています。終了していないことを本人に伝えてください。",
        "en": "{letter}, which says that the request is at its end, is in the post; tell the person that it is not.",
    },
}
