"""Why a step of a request is not possible, and what was noticed on the way.

Every refusal says what would work. Sentences stand alone: no other sentence is needed to understand them.
"""

SENTENCES: dict[str, dict[str, str]] = {
    # -- days ----
    "in_the_future": {
        "ja": "{day} はまだ来ていません（今日は {today} です）。今日までの日付にしてください。",
        "en": "{day} lies in the future (today is {today}); name a day up to today.",
    },
    "posted_before_printed": {
        "ja": "投函日 {day} が印刷日 {printed} より前になっています。{printed} 以後の日付にしてください。",
        "en": "it cannot have been posted on {day}: it was printed on {printed}; name that day or a later one.",
    },
    "returned_before_posted": {
        "ja": "返戻日 {day} が投函日 {posted} より前になっています。{posted} 以後の日付にしてください。",
        "en": "it cannot have come back on {day}: it was posted on {posted}; name that day or a later one.",
    },
    "arrived_before_opened": {
        "ja": "到着日 {day} が受付日 {opened} より前になっています。到着した日時を確かめてください。",
        "en": "the forms cannot have arrived on {day}: the case began on {opened}; check the time of arrival.",
    },
    "arrived_before_posted": {
        "ja": "到着日 {day} が書式の投函日 {posted} より前になっています。到着した日時を確かめるか、"
        "投函日の記録を posted LETTER --on D --why で直してください。",
        "en": "the forms cannot have arrived on {day}: they were posted on {posted}; check the time of arrival, or put "
        "the posting day right with posted LETTER --on D --why.",
    },
    "withdrawn_before_opened": {
        "ja": "取下げの日 {day} が受付日 {opened} より前になっています。{opened} 以後の日付にしてください。",
        "en": "it cannot have been withdrawn on {day}: the case began on {opened}; name that day or a later one.",
    },
    "hold_in_the_past": {
        "ja": "保留の最後の日 {until} は過ぎています（今日は {today} です）。今日以後の日付にしてください。",
        "en": "a hold until {until} would be over already (today is {today}); name today or a later day.",
    },
    "hold_too_long": {
        "ja": "保留の最後の日 {until} が遠すぎます。{last} までの日付にしてください"
        "（延ばすときは resume の後にもう一度）。",
        "en": "a hold until {until} is too long; name a day up to {last} (to go on, resume and hold again).",
    },
    # -- letters ----
    "no_address": {
        "ja": "{case} には送付先の住所がありません。amend で住所を登録してください。",
        "en": "{case} has no postal address to write to; add one with amend.",
    },
    "no_address_yet": {
        "ja": "送付先の住所がまだないため、書式は手配していません。住所が分かったら amend で登録してください"
        "（登録すると書式が手配されます）。",
        "en": "no forms are ordered yet, because there is no postal address; add one with amend and they will be.",
    },
    "no_letter_without_address": {
        "ja": "送付先の住所がないため、取下げの確認は送りません。別の方法で伝えてください。",
        "en": "no confirmation is sent, because there is no postal address; tell the person another way.",
    },
    "no_mailing": {
        "ja": "{case} には今回送る書式がありません。amend で住所を登録すると手配されます。",
        "en": "{case} has no mailing for this round; amend with an address orders one.",
    },
    "no_such_letter": {
        "ja": "{case} に {letter} という手紙はありません。番号は letters --case で確かめてください。",
        "en": "{case} has no letter {letter}; letters --case shows those there are.",
    },
    "nothing_to_record": {
        "ja": "{case} には、いま記録する手紙がありません。",
        "en": "no letter of {case} waits for that to be recorded.",
    },
    "not_printed": {
        "ja": "{letter} はまだ印刷していません。先に print で印刷してください。",
        "en": "{letter} is not printed yet; print it first.",
    },
    "already_posted": {
        "ja": "{letter} の投函は既に記録されています。戻ってきた場合は returned で、記録が誤りなら "
        "posted {letter} --undo --why（日付だけなら --on D --why）で直してください。",
        "en": "{letter} is recorded as posted already; if it came back, record that with returned; if the record is "
        "wrong, posted {letter} --undo --why takes it back, and --on D --why puts the day right.",
    },
    "not_posted": {
        "ja": "{letter} は投函が記録されていないため、戻ってきたことにはできません。先に posted で記録してください。",
        "en": "{letter} is not out in the post, so it cannot come back; record its posting first.",
    },
    "letter_void": {
        "ja": "{letter} は無効です。投函しないで、破棄してください。",
        "en": "{letter} is void; do not post it, destroy it.",
    },
    "letter_void_successor": {
        "ja": "{letter} は無効です。投函しないで破棄し、代わりに {successor} を投函してください。",
        "en": "{letter} is void; destroy it and post {successor} instead.",
    },
    "nothing_returned": {
        "ja": "{case} には戻ってきた手紙がありません。再発送できるのは、returned で記録したものだけです。",
        "en": "no letter of {case} came back; only what returned has recorded is posted again.",
    },
    "mail_came_back": {
        "ja": "{letter} が戻ってきました（{why}）。正しい住所を確かめ、amend で登録してください。",
        "en": "{letter} came back ({why}); find out the right address and record it with amend.",
    },
    # -- forms, evidence ----
    "form_missing": {
        "ja": "「{form}」が届いていません（ask-again --missing {what} で求められます）。",
        "en": "the form “{form}” is not here (ask-again --missing {what} asks for it).",
    },
    "form_of_another": {
        "ja": "「{form}」は、別の氏名のときに署名されたものです（ask-again --missing {what} で求められます）。",
        "en": "the form “{form}” was signed while the case named somebody else "
        "(ask-again --missing {what} asks for it).",
    },
    "form_unsigned": {
        "ja": "「{form}」に署名または捺印がありません（ask-again --missing {what} で求められます）。",
        "en": "the form “{form}” is not signed (ask-again --missing {what} asks for it).",
    },
    "form_unsealed": {
        "ja": "「{form}」に必要な印がありません（ask-again --missing {what} で求められます）。",
        "en": "the form “{form}” does not bear the seal it needs (ask-again --missing {what} asks for it).",
    },
    "correction_unnamed": {
        "ja": "訂正を求める内容が記録されていません（ask-again --missing {what} で求められます）。",
        "en": "what is to be corrected is not recorded (ask-again --missing {what} asks for it).",
    },
    "nothing_missing": {
        "ja": "{case} に足りないものはありません。次は verify-identity です。",
        "en": "nothing is missing in {case}; the next step is verify-identity.",
    },
    "asks_for_more": {
        "ja": "次のものは規則が求めていません：{beyond}。それでも求めるときは --reason で理由を記録してください"
        "（規則が求めるもの：{missing}）。",
        "en": "the rules do not ask for {beyond}; to ask all the same, record why with --reason (they ask for: "
        "{missing}).",
    },
    "no_representative": {
        "ja": "{case} には代理人がいないため、代理人あてには送れません。amend で代理人を登録してください。",
        "en": "{case} has no representative to write to; add one with amend.",
    },
    "right_not_ticked": {
        "ja": "「{right}」は、届いた「{form}」の印（✓）にありません。"
        "ask-again で書式を送るか、amend で外してください。",
        "en": "{right} is not among the boxes ticked on the form that came back ({form}); send the form with "
        "ask-again, or drop the right with amend.",
    },
    "verification_undone": {
        "ja": "{case} の確認の対象が変わったため、本人確認を取り消し、返送済みに戻しました。"
        "書類を確かめ直してください。",
        "en": "what {case} was verified for has changed: the verification is taken back, and the case is with the "
        "papers again (why says what is missing).",
    },
    "nobody_to_drop": {
        "ja": "{case} には外せる代理人がいないか、同時に代理人を変えようとしています。どちらか一方にしてください。",
        "en": "{case} has no representative to drop, or the file changes one at the same time; do one of the two.",
    },
    "approve_which": {
        "ja": "承認待ちの例外が複数あります（{waiting}）。approve --what で一つずつ承認してください。",
        "en": "more than one exception waits ({waiting}); approve them one by one with approve --what.",
    },
    "nothing_such_to_approve": {
        "ja": "「{word}」の例外は承認待ちではありません（承認待ち：{waiting}）。",
        "en": "no exception for {word} waits; those that do: {waiting}.",
    },
    "vouched_their_own_word": {
        "ja": "{what}を書き込んだ人は、それを自分で保証できません。ほかの確認する人が行ってください。",
        "en": "whoever wrote down the {what} cannot vouch for it; another verifier can.",
    },
    "no_paper_shows_an_address": {
        "ja": "「{word}」という、住所を示す受理済みの書類はありません（使えるもの：{known}）。",
        "en": "no accepted {word} here shows an address; those that do: {known}.",
    },
    "withdrawal_to_another_address": {
        "ja": "{case} の取下げの確認は、書式の送付先とは別の、まだ証明されていない住所に送られることになります。"
        "書式を送った住所に戻して（amend）から取り下げるか、住所を示す書類を受け取ってください。",
        "en": "the confirmation of this withdrawal of {case} would go to another address than the forms did, and "
        "nothing proves it; amend the address back to where the forms went, or wait for a paper that shows it.",
    },
    "amended_nothing": {
        "ja": "{case}：書かれている内容はすべて今のままで、何も変わりません。今の内容は show {case} で確かめられます。",
        "en": "{case}: everything named stands there already, nothing would change; show {case} tells what stands.",
    },
    "representative_unnamed": {
        "ja": "{case} には代理人がいません。"
        "representative に name と kind（minor、adult_ward、agent）を両方書いてください。",
        "en": "{case} has no representative: give both name and kind (minor, adult_ward, agent) under representative.",
    },
    "refusal_to_another_address": {
        "ja": "{case} の書式を送った住所と、いまの住所が異なります。確認できていない住所には回答を送れません。"
        "ask-again で書式を送るか、amend で元の住所に戻してください。",
        "en": "the forms of {case} went to another address than the one now stated, and no paper shows that one; send "
        "the forms there with ask-again, or go back to the former address with amend.",
    },
    # -- deciding and releasing ----
    "right_undecided": {
        "ja": "「{right}」の結果がまだ決まっていません。decide で決めてください。",
        "en": "the outcome for {right} is not decided yet; use decide.",
    },
    "right_not_asked": {
        "ja": "「{right}」は請求されていません。結果から外してください。",
        "en": "{right} was not asked for; leave it out of the outcomes.",
    },
    "all_refused": {
        "ja": "{case} はすべての請求が拒否されています。refuse を使ってください。",
        "en": "every right in {case} is refused; use refuse.",
    },
    "not_all_refused": {
        "ja": "{case} には拒否されていない請求があります。fulfil を使ってください。",
        "en": "not every right in {case} is refused; use fulfil.",
    },
    "confirm_once_more": {
        "ja": "「{right}」は取り消せません。もう一度確かめて、--confirm {word} を付けてください。",
        "en": "{right} cannot be undone; check it once more and add --confirm {word}.",
    },
    "verified_it_themselves": {
        "ja": "本人確認をした人は承認できません。別の人が承認してください。",
        "en": "whoever verified the identity cannot release the answer; somebody else must.",
    },
    "decided_it_themselves": {
        "ja": "結果を決めた人は承認できません。別の人が承認してください。",
        "en": "whoever decided the outcome cannot release it; somebody else must.",
    },
    "asked_it_themselves": {
        "ja": "例外を申請した人は承認できません。別の人が承認してください。",
        "en": "whoever asked for the override cannot approve it; somebody else must.",
    },
    "nothing_to_approve": {
        "ja": "{case} には承認を待つ例外がありません。先に別の人が override で申請してください。",
        "en": "nothing waits for approval in {case}; somebody else asks for it first with override.",
    },
    "regime_knows_no_extension": {
        "ja": "この請求の法（{regime}）に期間の延長はありません。",
        "en": "the law of this case ({regime}) knows no extension.",
    },
    "extended_already": {
        "ja": "{case} の期間は、法が認める回数まで既に延長されています。",
        "en": "{case} is extended already, as often as the law allows.",
    },
    "too_late_to_extend": {
        "ja": "延長のお知らせは {last} までに行う必要がありました（起算日 {opened}）。いまは回答だけができます。",
        "en": "an extension had to be told by {last} (counted from {opened}); now only the answer is left.",
    },
    "no_such_reason_to_extend": {
        "ja": "この請求の法は「{reason}」による延長を認めていません。理由は {known} です。",
        "en": "the law of this case knows no extension for {reason}; it knows: {known}.",
    },
    "nothing_to_extend_yet": {
        "ja": "{case} の回答の期間はまだ進んでいません。進み始めてから延長してください。",
        "en": "the time for the answer of {case} does not run now; extend it once it does.",
    },
    "law_sets_the_end": {
        "ja": "「{reason}」による延長の長さは法が定めています（{article}）。日付は指定しないでください。",
        "en": "the law sets how long an extension for {reason} is ({article}); name no day.",
    },
    "name_the_day": {
        "ja": "「{reason}」による延長では、回答の日を --until で指定してください（{article}）。",
        "en": "for {reason} the office names the day of its answer with --until ({article}).",
    },
    "extended_to_earlier": {
        "ja": "{until} では延長になりません。{last} より後の日にしてください。",
        "en": "{until} is no extension; name a day after {last}.",
    },
    # -- hold ----
    "already_on_hold": {
        "ja": "既に {until} まで保留中です。変えるには、先に resume で解いてください。",
        "en": "it is on hold until {until} already; to change that, resume it first.",
    },
    "not_on_hold": {"ja": "{case} は保留されていません。", "en": "{case} is not on hold."},
    "held_by_system": {
        "ja": "システムが保留しました（{code}）。解けるのは責任者だけです。",
        "en": "the system holds it ({code}); only a lead can resume it.",
    },
    # -- what the clock finds ----
    "reminder_unposted": {
        "ja": "{case} は、再度のご案内（{letter}）の投函が記録されるまで終了しません。",
        "en": "{case} waits until the posting of the reminder {letter} is recorded.",
    },
    "their_time_runs": {
        "ja": "{case} は、{last} が終わるまで（その日に届く郵便を含む）本人の返送を待ちます。",
        "en": "{case} waits for the person to the end of {last}, the mail of that day included.",
    },
    "something_arrived": {
        "ja": "{case} には届いたものがあるため、期限経過では終了しません。",
        "en": "something once arrived in {case}, so it does not lapse.",
    },
    "nothing_arrived": {
        "ja": "{case} にはまだ何も届いていないため、返送待ちを打ち切りません。",
        "en": "nothing has arrived in {case} yet, so there is nothing to decide on.",
    },
    "nothing_moves": {"ja": "{case} に動く期限はありません。", "en": "no deadline of {case} moves."},
}
