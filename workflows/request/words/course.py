"""What is said of steps before a decision, of how an answer reaches its person, and of what is done afterwards."""

SENTENCES: dict[str, dict[str, str]] = {
    # -- help -------------------------------------------------------------------------------------------------------
    "request.help.open_step": {
        "ja": "決定の前の手順（委員会、医師、照会など）を始めます。その手順の期限はこの日から数えます。",
        "en": "Begin a step that stands before the decision: its own time runs from here.",
    },
    "request.help.finish_step": {
        "ja": "決定の前の手順の結果を記録します。",
        "en": "Record what came of a step before the decision.",
    },
    "request.help.undo_step": {
        "ja": "手順が終わったという記録を取り消します。手順はまだ続いていて、その期限も進みます。",
        "en": "Take back that a step is done: it is open again, and its own time runs on.",
    },
    "request.help.undo_step_opening": {
        "ja": "手順を始めたという記録を取り消します。",
        "en": "Take back that a step was opened.",
    },
    "request.help.move_window": {
        "ja": "請求を受け付けた窓口、または移した先の窓口を記録します。知らせるべき人に知らせます。",
        "en": "Record by which window a request came in, or that another one has it now; who is to hear of it is told.",
    },
    "request.help.acknowledge": {
        "ja": "請求を受け付けたことを本人に伝えたと記録します。もう一度記録すると、後の記録が残ります。",
        "en": "Record that the person was told that the request is here; recorded anew, the later record counts.",
    },
    "request.help.choose_delivery": {
        "ja": "回答の受け取り方の希望を、用意されたものの中から記録します。後の希望が優先します。",
        "en": "Record how the person wants the answer, among what the office offers; the later choice counts.",
    },
    "request.help.tell_ready": {
        "ja": "回答を受け取れると本人に伝えたことを記録します。受取りの期限はこの日から数えます。",
        "en": "Record that the person was told that the answer lies ready; the time to collect it runs from here.",
    },
    "request.help.undo_ready": {
        "ja": "回答を受け取れると伝えた記録を取り消します。",
        "en": "Take back that the person was told that the answer lies ready.",
    },
    "request.help.hand_over": {
        "ja": "郵送によらずに回答を渡したことを、その証しとともに記録します。これで回答したことになります。",
        "en": "Record that the answer reached its person without the post, with its own proof; it is then answered.",
    },
    "request.help.apply_execution": {
        "ja": "開示の実施の方法の申出を記録します。実施の期限はこの日から数えます。",
        "en": "Record in which manner the person wants to have what was granted; the office's time runs from here.",
    },
    "request.help.carry_out": {
        "ja": "開示を実施したこと（送付、または本人を確かめた上での閲覧・写しの交付）を記録します。",
        "en": "Record that what was granted was carried out: posted, or at the counter to a person known again.",
    },
    "request.help.undo_execution": {
        "ja": "開示を実施したという記録を取り消します。これから実施します。",
        "en": "Take back that what was granted was carried out: it is to be done still.",
    },
    "request.help.undo_application": {
        "ja": "実施の方法の申出の記録を取り消します。申出はまだないことになります。",
        "en": "Take back in which manner the person wants what was granted: nobody has said so yet.",
    },
    "request.help.end_papers": {
        "ja": "預かった書類をどうしたか（廃棄、返却）を記録します。記録した人が署名したことになります。",
        "en": "Record what became of a kind of papers: destroyed, or sent back; whoever records it signs for it.",
    },
    "request.help.undo_papers": {
        "ja": "書類をどうしたかの記録を取り消します。まだ手元にあるか、別の扱いをしたときに使います。",
        "en": "Take back the record of what became of a kind of papers: they are still here, or their end was another.",
    },
    "request.option.step": {"ja": "手順のコード（procedure.toml）。", "en": "code of the step (procedure.toml)"},
    "request.option.result": {"ja": "手順の結果。", "en": "what came of it"},
    "request.option.window": {
        "ja": "窓口のコード（procedure.tomlの[[window]]）。",
        "en": "code of the window (procedure.toml)",
    },
    "request.option.way": {"ja": "回答の届け方。", "en": "how the answer reaches its person"},
    "request.option.extras": {
        "ja": "郵便の付加サービス。繰り返せます。",
        "en": "what is asked of the post beside the class, repeatable",
    },
    "request.option.paid": {"ja": "その郵便料金を受け取りました。", "en": "its postage was paid"},
    "request.option.paper": {
        "ja": "本人を確かめた書類の種類。",
        "en": "type of the paper on whose sight the person was known again",
    },
    "request.option.receipt": {"ja": "受領書に署名をもらいました。", "en": "they signed for it"},
    "request.option.asked": {"ja": "本人から再送の求めがありました。", "en": "the person asked for it once more"},
    "request.option.manner": {"ja": "実施の方法。", "en": "in which manner"},
    "request.option.excused": {
        "ja": "期間内に申し出られなかった正当な理由があります。",
        "en": "there was good reason for applying late",
    },
    "request.option.end": {"ja": "どうしたか。", "en": "what became of them"},
    # -- why not: steps and windows -----------------------------------------------------------------------------------
    "step_unknown": {
        "ja": "{word} という手順は、この請求の手続にはありません。あるもの：{known}",
        "en": "the procedure of this case knows no step {word}; known are: {known}",
    },
    "step_not_opened": {
        "ja": "決定の前の手順 {step} がまだです。始めるには: ./admin.py open-step {case} --step {step}",
        "en": "step {step} stands before the decision and is not opened yet: ./admin.py open-step {case} --step {step}",
    },
    "step_open": {
        "ja": "手順 {step}（{on} に開始）が終わっていません。終わったら: ./admin.py finish-step {case} --step {step} "
        "--result RESULT",
        "en": "step {step}, opened on {on}, is not done; once it is: ./admin.py finish-step {case} --step {step} "
        "--result RESULT",
    },
    "step_opened_already": {
        "ja": "{case} の手順 {step} はもう始まっています。",
        "en": "step {step} of {case} was opened already.",
    },
    "step_done_already": {
        "ja": "手順 {step} は {on} に終わっています。誤りなら undo-step で取り消してください。",
        "en": "step {step} is done since {on}; if that is wrong, take it back with undo-step.",
    },
    "done_too_early": {
        "ja": "{day} は早すぎます。{first} 以後の日付にしてください。",
        "en": "{day} is too early; name a day from {first} on.",
    },
    "window_unknown": {
        "ja": "{word} という窓口は、この請求の手続にはありません。あるもの：{known}",
        "en": "the procedure of this case knows no window {word}; known are: {known}",
    },
    "window_already": {
        "ja": "{case} はもう窓口 {window} にあります。",
        "en": "{case} is with window {window} already.",
    },
    # -- why not: how the answer goes ---------------------------------------------------------------------------------
    "way_not_offered": {
        "ja": "{way}での回答は、この請求の手続にはありません。あるもの：{known}",
        "en": "the procedure of this case does not offer an answer {way}; it offers: {known}",
    },
    "class_not_offered": {
        "ja": "{kind}は選べません。選べるもの：{known}",
        "en": "{kind} is not offered; to choose from: {known}",
    },
    "extra_not_offered": {
        "ja": "{extra}は選べません。",
        "en": "{extra} is not offered.",
    },
    "choice_unpaid": {
        "ja": "{case}：この選択には郵便料金が要ります。受け取ったら --paid を付けてください。",
        "en": "{case}: this choice takes its postage; once it was paid add --paid.",
    },
    "choice_costs": {
        "ja": "{what}には{amount}{currency}がかかります。納付を記録するまでは通常の送り方になります"
        "（record-payment {case}）。",
        "en": "{what} costs {amount} {currency} more; until that is paid, the answer goes as usual "
        "(record-payment {case}).",
    },
    "paid_is_recorded": {
        "ja": "{case}：この選択の料金は届出の手続に定められています。--paid ではなく、納付を記録してください"
        "（record-payment {case}）。",
        "en": "{case}: the price of this choice stands in the procedure; leave --paid out, and record the payment "
        "(record-payment {case}).",
    },
    "answered_already": {
        "ja": "{case} の回答はもう届けられています。",
        "en": "the answer of {case} has left already.",
    },
    "to_be_collected": {
        "ja": "{letter} は窓口で渡すものです。郵送に変えるなら: ./admin.py choose-delivery {case} --way post",
        "en": "{letter} is to be handed over here; if it is to be posted after all: ./admin.py choose-delivery {case} "
        "--way post",
    },
    "not_collected_here": {
        "ja": "{case} の回答は窓口で渡すものではありません。変えるなら choose-delivery を使ってください。",
        "en": "the answer of {case} is not to be collected; if it is, use choose-delivery.",
    },
    "no_answer_here": {
        "ja": "{case} には、印刷されて手元にある回答がありません。",
        "en": "no printed answer of {case} lies here.",
    },
    "look_at_a_paper": {
        "ja": "{case}：渡す前に本人確認書類を見て、その種類を --paper で書いてください。",
        "en": "{case}: look at a paper of whoever stands there, and name its type with --paper.",
    },
    "no_such_paper": {
        "ja": "{word} という書類は認められていません。あるもの：{known}",
        "en": "there is no paper {word} that proves who somebody is; known are: {known}",
    },
    "receipt_unsigned": {
        "ja": "{case}：受領書に署名をもらい、--receipt を付けてください。",
        "en": "{case}: let them sign for it, then add --receipt.",
    },
    "answer_not_sent_again": {
        "ja": "{case}：この手続では、戻ってきた回答を再送しません。",
        "en": "{case}: under its procedure an answer that came back is not sent again.",
    },
    "sent_again_when_asked": {
        "ja": "{case}：戻ってきた回答は、求めがあったときだけ再送します。求めがあれば --asked を付けてください。",
        "en": "{case}: an answer that came back is sent again only when asked for; if it was, add --asked.",
    },
    # -- why not: the second stage ------------------------------------------------------------------------------------
    "nothing_to_carry_out": {
        "ja": "{case} には、決定の後に実施するものがありません。",
        "en": "nothing of {case} is to be carried out after the decision.",
    },
    "decision_untold": {
        "ja": "{case} の決定通知がまだ届けられていません。",
        "en": "the decision on {case} has not been told yet.",
    },
    "applied_already": {
        "ja": "{case} の実施の申出は {on} に受けています。誤りなら undo-execution で取り消してください。",
        "en": "the manner for {case} was asked for on {on}; if that is wrong, take it back with undo-execution.",
    },
    "applied_too_late": {
        "ja": "申出の期間は {last} までで、{day} は過ぎています。正当な理由があれば --excused を付けてください。",
        "en": "the time to apply ended on {last}, before {day}; with good reason for it add --excused.",
    },
    "not_applied_for": {
        "ja": "{case}：実施の方法の申出がまだありません（apply-execution）。",
        "en": "{case}: nobody has said yet in which manner (apply-execution).",
    },
    "carried_out_already": {
        "ja": "{case} は {on} に実施済みです。",
        "en": "{case} was carried out on {on} already.",
    },
    "manner_not_offered": {
        "ja": "{manner}での実施は用意されていません。あるもの：{known}",
        "en": "{manner} is not offered; to choose from: {known}",
    },
    "nothing_carried_out": {
        "ja": "{case} には、実施の申出も実施の記録もありません。",
        "en": "nothing was applied for or carried out in {case}.",
    },
    # -- why not: the papers ------------------------------------------------------------------------------------------
    "no_papers_here": {
        "ja": "{case} には、預かった{what}がありません。",
        "en": "no {what} of {case} came in.",
    },
    "papers_ended_already": {
        "ja": "{case} の{what}は {on} に処分済みです。誤りなら undo-papers で取り消してください。",
        "en": "what became of the {what} of {case} is recorded for {on}; if that is wrong, use undo-papers.",
    },
    "papers_not_ended": {
        "ja": "{case} の{what}については、まだ何も記録されていません。",
        "en": "nothing is recorded yet of what became of the {what} of {case}.",
    },
    # -- notices ------------------------------------------------------------------------------------------------------
    "request.help.chase": {
        "ja": "窓口の手続で決めた期限が来たことを知らせ、記録します。次の知らせはこの日から数えます。",
        "en": "Tell who must hear that a time of the office's own has run out, and note it: the next word counts from "
        "here.",
    },
    "request.help.end_collecting": {
        "ja": "回答の受取りを待つのをやめ、手続のとおりに郵送するか保管します。",
        "en": "Stop waiting for somebody to collect the answer: it is posted, or kept, as the office says.",
    },
    "answer_goes": {
        "ja": "回答は{to}あてです。届け方：{way}",
        "en": "the answer is for the {to}: {way}.",
    },
    "answer_goes_by": {
        "ja": "回答は{to}あてに郵送します（{posts}）。",
        "en": "the answer goes to the {to} by post ({posts}).",
    },
    "notice.gave_up_refuse": {
        "ja": "{case}：補正の期限が過ぎました。窓口の手続では、方式に従わないことを理由に断ります"
        "（decide、理由は method_not_followed）。",
        "en": "{case}: what was asked for again did not come in time; under the office's procedure it is refused for "
        "not following the method (decide, ground method_not_followed).",
    },
    "notice.promised": {
        "ja": "{case}：窓口が約束した日になりましたが、まだ回答していません。",
        "en": "{case}: the day the office promised has come, and there is no answer yet.",
    },
    "notice.acknowledge_by": {
        "ja": "{case}：受付の連絡の期限です。連絡したら acknowledge で記録してください。",
        "en": "{case}: the person is to be told today that the request is here; then record it with acknowledge.",
    },
    "notice.step_due": {
        "ja": "{case}：決定前の手順 {step} の期限が来ましたが、終わっていません。",
        "en": "{case}: the time for step {step} before the decision is up, and it is not done.",
    },
    "notice.choose_by": {
        "ja": "{case}：開示の実施の方法の申出がないまま、期間が過ぎました。決定はそのままです。",
        "en": "{case}: the time to say in which manner is over and nobody said; the decision stands.",
    },
    "notice.execution_due": {
        "ja": "{case}：開示を実施する期限です。実施したら carry-out で記録してください。",
        "en": "{case}: what was granted is to be carried out by today; then record it with carry-out.",
    },
    "notice.papers_due": {
        "ja": "{case}：{what}を処分する期限です。済んだら end-papers で記録してください。",
        "en": "{case}: the time of the {what} is up; see to them, then record it with end-papers.",
    },
    "notice.kept_back": {
        "ja": "{case}：戻ってきた {letter} を保管する期間が過ぎました。",
        "en": "{case}: the time for which {letter} was kept after it came back is over.",
    },
    "notice.uncollected_post": {
        "ja": "{case}：{letter} は期限までに受け取られませんでした。郵送してください。",
        "en": "{case}: nobody collected {letter} in time; post it.",
    },
    "notice.uncollected_kept": {
        "ja": "{case}：{letter} は期限までに受け取られませんでした。このまま保管します。",
        "en": "{case}: nobody collected {letter} in time; it is kept here.",
    },
    "notice.window": {
        "ja": "{case} は窓口 {window} に来ました。",
        "en": "{case} came to window {window}.",
    },
}
