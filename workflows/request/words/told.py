"""What staff are told of a request by itself: doubts about a code or a person, dates that pass, what stands still."""

SENTENCES: dict[str, dict[str, str]] = {
    # How a request stands, and whose move it is: said after the name of its state.
    "request.stands.contacted": {
        "ja": "書式はまだ投函していません。次に動くのは窓口です。",
        "en": "the forms are not in the post yet; the next move is ours.",
    },
    "request.stands.forms_mailed": {
        "ja": "書式を投函し、返送を待っています。",
        "en": "the forms are in the post; the next move is theirs.",
    },
    "request.stands.forms_returned": {
        "ja": "届いた書式と本人確認書類を確かめるところです。",
        "en": "the forms came back; we check them and the identity.",
    },
    "request.stands.id_verified": {
        "ja": "次に行うのは、決定と回答です。",
        "en": "the identity is proven; we owe the answer.",
    },
    "request.stands.fulfilled": {
        "ja": "回答を承認し、終了しました。",
        "en": "the answer is released, and the case is closed.",
    },
    "request.stands.refused": {
        "ja": "請求に応じない旨の回答を承認し、終了しました。",
        "en": "the refusal is released, and the case is closed.",
    },
    "request.stands.withdrawn": {
        "ja": "本人が請求を取り下げ、終了しました。",
        "en": "the request was taken back, and the case is closed.",
    },
    "request.stands.lapsed": {
        "ja": "書式が返送されないまま期限が過ぎ、終了しました。届けば再開できます。",
        "en": "the forms never came, and the case is closed; if they come after all, it can be reopened.",
    },
    "request.stands.lapsed_unpaid": {
        "ja": "手数料が納められないまま期限が過ぎ、終了しました。不足額がすべて納められれば再開できます。",
        "en": "the fee was not paid in time, and the case is closed; if all of it comes after all, it goes on.",
    },
    "request.stands.billed": {
        "ja": "手数料の請求書を送り、納付を待っています。",
        "en": "a bill is out; the next move is theirs.",
    },
    "request.stands.voided": {
        "ja": "重複、宛先違いまたは受付の誤りとして、終了しました。",
        "en": "it was closed as a duplicate, as misdirected or as opened by mistake.",
    },
    "code_missing": {
        "ja": "書式コードがありません。{case} は責任者の確認まで保留します。",
        "en": "there is no form code; {case} is on hold for the lead.",
    },
    "code_wrong": {
        "ja": "書式コードが合いません。書き写しを確かめてください。{case} は責任者の確認まで保留します。",
        "en": "the form code is wrong: compare it with the paper; {case} is on hold for the lead.",
    },
    "code_old": {
        "ja": "以前に送った書式のコードです。{case} は責任者の確認まで保留します。",
        "en": "the form code is that of an earlier round; {case} is on hold for the lead.",
    },
    "code_foreign": {
        "ja": "別の請求の書式コードです。封筒の取り違えがないか確かめてください。{case} は責任者の確認まで保留します。",
        "en": "the form code belongs to another case: check that no envelopes are mixed up; {case} is on hold "
        "for the lead.",
    },
    "code_expired": {
        "ja": "書式コードの期限（投函から180日）が過ぎています。{case} は責任者の確認まで保留します。",
        "en": "the form code has expired (180 days after posting); {case} is on hold for the lead.",
    },
    "code_void": {
        "ja": "無効になった書式コードです。{case} は責任者の確認まで保留します。",
        "en": "the form code is void; {case} is on hold for the lead.",
    },
    "linked_to": {
        "ja": "同じ本人の、同じ権利の請求が既にあります（{cases}）。まとめて一度だけ回答します。",
        "en": "the same subject has a request for the same right open already ({cases}): they are linked and answered "
        "once.",
    },
    "held_until_lifted": {
        "ja": "保留は {day} までで、自動では終わりません。責任者が確かめて ./admin.py resume で解除します。",
        "en": "the hold is set to {day} and does not end by itself: the lead looks into it and lifts it with "
        "./admin.py resume.",
    },
    "suspicion_many_requests": {
        "ja": "同じ本人から90日間に3件以上の請求があります（{cases}）。責任者の確認まで保留します。",
        "en": "the same subject made three or more requests in 90 days ({cases}); it is on hold for the lead.",
    },
    "suspicion_busy_representative": {
        "ja": "同じ代理人が3件以上の請求に現れています（{cases}）。責任者の確認まで保留します。",
        "en": "the same representative appears in three or more cases ({cases}); it is on hold for the lead.",
    },
    "suspicion_shared_address": {
        "ja": "同じ住所に、姓の異なる本人の請求があります（{cases}）。責任者の確認まで保留します。",
        "en": "subjects of different family names share the return address ({cases}); it is on hold for the lead.",
    },
    "suspicion_same_document": {
        "ja": "同じ書類が別の人の請求にも使われています（{cases}）。責任者の確認まで保留します。",
        "en": "the same document was shown in the case of somebody else ({cases}); it is on hold for the lead.",
    },
    "date.bill": {
        "ja": "請求書{letter}の納付を、{last}が終わるまで待ちます。",
        "en": "The bill {letter} may be paid to the end of {last}; nothing is done before that.",
    },
    "date.papers": {
        "ja": "{papers}は、{day}までに{end}します（end-papers で記録します）。",
        "en": "The {papers} are to be {end} by {day}; record it with end-papers.",
    },
    "date.theirs": {
        "ja": "{last}が終わるまで、その日に届く郵便を含めて、本人の返送を待ちます。",
        "en": "They may answer to the end of {last}, the mail of that day included.",
    },
    "date.appi_39": {
        "ja": "{day}を過ぎたため、本人は訴えを提起できます（{law}）。",
        "en": "Since {day} the individual may sue ({law}): that date has passed.",
    },
    "date.answer_due": {
        "ja": "法定の回答期限を過ぎています（{day}から。{law}）。",
        "en": "The law's time for the answer has run out: that date has passed, since {day} ({law}).",
    },
    "date.answer_due_extended": {
        "ja": "延長した回答期限を過ぎています（{day}から。{law}）。",
        "en": "The extended time for the answer has run out: that date has passed, since {day} ({law}).",
    },
    "notice.stalled_contacted": {
        "ja": "{case}：書式をまだ投函していません（{times}回目の知らせ）。印刷と投函の状況を確かめてください。",
        "en": "{case}: the forms are not yet in the post (told {times} times); see that they are printed and posted.",
    },
    "notice.stalled_forms_returned": {
        "ja": "{case}：本人確認がまだ済んでいません（{times}回目の知らせ）。不足は why {case} で分かります。",
        "en": "{case}: the identity is not yet verified (told {times} times); why {case} says what is missing.",
    },
    "notice.stalled_id_verified": {
        "ja": "{case}：回答がまだ出ていません（{times}回目の知らせ）。決定と承認を進めてください。",
        "en": "{case}: there is no answer yet (told {times} times); decide it and have it released.",
    },
    "notice.unposted": {
        "ja": "{case}：{letter} は作成済みですが、まだ投函が記録されていません（{times}回目の知らせ）。"
        "印刷して投函するか、投函済みなら posted で記録してください。",
        "en": "{case}: {letter} is made but not recorded as posted (told {times} times); print and post it, or record "
        "its posting.",
    },
    "notice.came_back": {
        "ja": "{case}：戻ってきた {letter} がそのままになっています（{times}回目の知らせ）。"
        "住所を確かめて post-again で再発送してください。",
        "en": "{case}: {letter} came back and nothing was done (told {times} times); find out the address and use "
        "post-again.",
    },
    "notice.warn": {
        "ja": "{case}：本人が訴えを提起できるようになる日が近づいています。回答を急いでください。",
        "en": "{case}: the day from which the individual may sue is near. Answer it now.",
    },
    "notice.appi_39": {
        "ja": "{case}：法が定める期間が過ぎ、本人が訴えを提起できるようになりました。すぐに回答してください。",
        "en": "{case}: the law's time is over, and from now the individual may sue. Answer it at once.",
    },
    "notice.answer_due": {
        "ja": "{case}：法定の回答期限が来ました。すぐに回答してください。",
        "en": "{case}: the law's time for the answer has run out. Answer it at once.",
    },
    "notice.answer_due_extended": {
        "ja": "{case}：延長した回答期限が来ました。すぐに回答してください。",
        "en": "{case}: the extended time for the answer has run out. Answer it at once.",
    },
    # The same with the article, and how many days are left.
    "notice.law_nears": {
        "ja": "{case}：{since}から{days}日たちました。法定の回答期限（{law}）まであと{left}日です。"
        "回答を急いでください。",
        "en": "{case}: {days} days have passed since {since}; the law's time for the answer ({law}) runs out in {left} "
        "days. Answer it now.",
    },
    "notice.law_ran_out": {
        "ja": "{case}：法定の回答期限が来ました（{law}）。すぐに回答してください。",
        "en": "{case}: the law's time for the answer has run out ({law}). Answer it at once.",
    },
    "notice.hold_watch": {
        "ja": "{case}：システムによる保留が続いています（{times}回目の知らせ）。確かめて、resume "
        "で解くか終了してください。",
        "en": "{case}: the hold set by the system goes on (told {times} times); look into it, then resume or close it.",
    },
    "notice.hold_ended": {
        "ja": "{case}：保留の期間が終わり、期限が再び進み始めました。",
        "en": "{case}: the hold has ended, and its deadlines run again.",
    },
    "notice.gave_up_waiting": {
        "ja": "{case}：補正を求めたものが届かないため、待つのをやめました。届いているもので決定してください。",
        "en": "{case}: what was asked for again never came, so waiting has ended; decide on what is there.",
    },
    "notice.paid_first": {
        "ja": "{case}：請求書を送った後に届いたものが手元にあります"
        "（ページ {pages}、仕分け待ち {tray}、実行待ちの指示 {orders}）。"
        "「{step}」は送らずに待っています（{times}回目の知らせ）。納付なら record-payment で記録し、"
        "そうでなければ withdraw-bill と bill で請求書を送り直してください。",
        "en": "{case}: something came after the bill ({pages} scanned pages, {tray} in the tray, {orders} orders); "
        "{step} waits for that (told {times} times). If it was paid, record-payment; if not, send the bill anew "
        "(withdraw-bill, bill).",
    },
    "notice.register_first": {
        "ja": "{case}：登録されていないものが手元にあります"
        "（ページ {pages}、仕分け待ち {tray}、実行待ちの指示 {orders}）。"
        "「{step}」は送らずに待っています（{times}回目の知らせ）。receive-forms で登録してください。",
        "en": "{case}: something lies here that nobody has registered ({pages} scanned pages, {tray} in the tray, "
        "{orders} orders); {step} waits for that (told {times} times). Register it with receive-forms.",
    },
    "notice.sort_first": {
        "ja": "{case}：返送を待つ間に届いたページ（{days}）が仕分けられていません。この請求のものかもしれないため、"
        "「{step}」は待っています（{times}回目の知らせ）。tray list で確かめてください。",
        "en": "{case}: pages that came in its time ({days}) lie in the tray unsorted and may be theirs; {step} waits "
        "for that (told {times} times). Look with tray list.",
    },
}
