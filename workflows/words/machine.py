"""What the engine says of any procedure: why a step is not possible, what was set aside, how long it stood still."""

SENTENCES: dict[str, dict[str, str]] = {
    "put_off_until": {
        "ja": "届いたものの登録や仕分け、または不具合の解消を待って、{day}にもう一度確かめます。",
        "en": "asked again on {day}: something is to be registered, sorted or mended first",
    },
    # -- where the case stands, who asks ----
    "no_such_way": {
        "ja": "{case} は「{source}」から「{target}」へは進めません。いま実行できるのは次のとおりです：{possible}。",
        "en": "{case} cannot go from {source} to {target}. Possible now: {possible}.",
    },
    "not_in_state": {
        "ja": "{case} は「{source}」のため、{command} は実行できません。いま実行できるのは次のとおりです：{possible}。",
        "en": "{command} is not possible while {case} is {source}. Possible now: {possible}.",
    },
    "on_hold": {
        "ja": "{case} は保留中です。いま実行できるのは次のとおりです：{possible}。",
        "en": "{case} is on hold. Possible now: {possible}.",
    },
    "missing_role": {
        "ja": "この役割の人が行います：{roles}。だれが該当するかは staff list で分かります。",
        "en": "it is for people with this role: {roles}; staff list shows who has it.",
    },
    "set_aside": {
        "ja": "この操作は実行できなかったため、取り置きました（{fault}）。請求は変わっていません。"
        "責任者に知らせました。原因を除いたら、責任者が ./admin.py requeue '#{order}' --why TEXT で戻せます。",
        "en": "this order could not be carried out and was set aside ({fault}). The case is unchanged; the "
        "lead is told. Once the cause is mended, a lead brings it back: ./admin.py requeue '#{order}' --why TEXT",
    },
    "notice.order_set_aside": {
        "ja": "{case}：操作（{subject}）を実行できず、取り置きました（{fault}）。",
        "en": "{case}: an order ({subject}) could not be carried out and was set aside ({fault}).",
    },
    "notice.effect_set_aside": {
        "ja": "{case}：手紙 {subject} を作成できず、取り置きました（{fault}）。",
        "en": "{case}: the letter {subject} could not be made and was set aside ({fault}).",
    },
    "notice.timer_set_aside": {
        "ja": "{case}：期限（{subject}）を処理できず、取り置きました（{fault}）。",
        "en": "{case}: a deadline ({subject}) could not be carried out and was set aside ({fault}).",
    },
    "notice.upgrade_set_aside": {
        "ja": "{case}：新しい版の手続（{subject} から）に移せず、取り置きました（{fault}）。",
        "en": "{case}: it could not come under the new version of the procedure (from {subject}) and was set aside "
        "({fault}).",
    },
    "notice.recount_set_aside": {
        "ja": "{case}：暦の変更による期限の計算（{subject}）ができず、取り置きました（{fault}）。",
        "en": "{case}: its deadlines could not be counted anew after a change of the calendar ({subject}); it was set "
        "aside ({fault}).",
    },
    "notice.message_set_aside": {
        "ja": "ブローカーに届いたものを捨てました（{subject}）。今日の数は ./admin.py status で見られます。"
        "ブローカーにほかから書き込まれていないか、版の異なるワーカーが動いていないか確かめてください。",
        "en": "something that came in through the broker was dropped ({subject}); ./admin.py status has today's count. "
        "See who else writes to the broker, and whether workers of another version run.",
    },
    "notice.stood_still": {
        "ja": "{since} から {until} まで窓口の処理が止まっていました。その間に期限が来たもの {due}件 を、"
        "いままとめて処理します（何度も来たものは最後の一回だけ）。",
        "en": "the desk stood still from {since} to {until}: {due} deadlines came due meanwhile and are dealt with "
        "now, each once, however often it was missed.",
    },
}
