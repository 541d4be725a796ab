"""What `status` says of each thing it looks at, good or bad; a bad one says what would help."""

SENTENCES: dict[str, dict[str, str]] = {
    "health.procedure": {
        "ja": "MADOGUCHI_HOMEのprocedure.tomlは採用済みです",
        "en": "procedure.toml in MADOGUCHI_HOME is adopted",
    },
    "health.procedure_differs": {
        "ja": "MADOGUCHI_HOMEのprocedure.tomlは採用した手続と異なります",
        "en": "procedure.toml in MADOGUCHI_HOME is not what was adopted",
    },
    "health.backup": {"ja": "{at}（{days}日前）", "en": "of {at} ({days} days ago)"},
    "health.backup_never": {
        "ja": "まだ取っていません",
        "en": "none was made yet",
    },
    "health.backup_old": {
        "ja": "最後の控えは {at}（{days}日前）です",
        "en": "the newest is of {at}, {days} days ago",
    },
    "health.key_copies_old": {
        "ja": "鍵の控えが 30日を超えて {count} 個残っています（{place}）",
        "en": "{count} copies of the keys are older than 30 days, in {place}",
    },
    "health.retention": {"ja": "消し残しはありません", "en": "nothing is kept longer than it may be"},
    "health.retention_late": {
        "ja": "{count} 件の個人情報が、消すべき日を2日過ぎても残っています（{case} など）",
        "en": "{count} should have been erased two days ago or more ({case} ...)",
    },
    "health.papers_overdue": {
        "ja": "{count} 件の書類が、処分する期限を過ぎても処分の記録がありません（{case} など）",
        "en": "papers of {count} requests are past their last day, and nobody has signed for them ({case} ...)",
    },
    "health.holds_ended": {
        "ja": "法的な保全の予定の日を過ぎたものが {count} 件（{case} など）",
        "en": "{count} legal holds are past their ends ({case} ...)",
    },
    "health.database": {"ja": "つながります（{kind}）", "en": "reachable ({kind})"},
    "health.database_away": {
        "ja": "つながりません。データベースのサーバーと MADOGUCHI_DATABASE_URL を確かめてください",
        "en": "cannot be reached: look at its server and at MADOGUCHI_DATABASE_URL",
    },
    "health.database_busy": {
        "ja": "だれかが表をつかんだままで読めません（開いたままの psql など）",
        "en": "somebody holds a table (a forgotten psql, say)",
    },
    "health.broker": {"ja": "応答しています", "en": "answers"},
    "health.broker_away": {
        "ja": "応答がありません（{fault}）。指示は失われません",
        "en": "does not answer ({fault}); no order is lost",
    },
    "health.queue": {"ja": "{workers}（{age} 前）", "en": "{workers}, {age} ago"},
    "health.queue_never": {
        "ja": "処理するワーカーがありません",
        "en": "no worker consumes it",
    },
    "health.queue_silent": {
        "ja": "{age} の間、だれも処理していません（最後は {worker}）",
        "en": "nobody has consumed it for {age} (last was {worker})",
    },
    "health.worker_deaf": {
        "ja": "{worker} が {age} の間、処理していません（{count} 台）",
        "en": "{worker} has consumed nothing for {age} ({count} such)",
    },
    "health.beat": {"ja": "動いています（{age} 前）", "en": "rings, {age} ago"},
    "health.beat_silent": {
        "ja": "{age} の間、合図がありません（beat か clock のワーカーの停止）",
        "en": "has not rung for {age}: beat or the worker of the clock is away",
    },
    "health.clocks": {"ja": "ワーカーとデータベースの時計は合っています", "en": "workers and database agree"},
    "health.clock_ahead": {
        "ja": "{who} の時計がデータベースより {age} 進んでいます。仕事は続きますが、時刻（NTP）を合わせてください",
        "en": "that of {who} is {age} ahead of the database's: work goes on; let that machine keep time (NTP)",
    },
    "health.clock_behind": {
        "ja": "{who} の時計がデータベースより {age} 遅れています。仕事は続きますが、時刻（NTP）を合わせてください",
        "en": "that of {who} is {age} behind the database's: work goes on; let that machine keep time (NTP)",
    },
    "health.clock_back": {
        "ja": "{who} の記録が {age} 先の時刻です。時計が戻されたようです",
        "en": "a heartbeat of {who} is from {age} in the future: a clock was set back",
    },
    "health.timers": {"ja": "遅れはありません", "en": "nothing is late"},
    "health.timers_late": {
        "ja": "期限の処理が {age} 遅れています（{timer}）",
        "en": "what is due has waited {age} to be fired ({timer})",
    },
    "health.orders": {"ja": "待っているものはありません", "en": "none waits"},
    "health.orders_wait": {
        "ja": "{count} 件が実行を待っています（最長 {age}）",
        "en": "{count} wait, the longest {age}",
    },
    "health.letters": {"ja": "作成待ちはありません", "en": "none waits to be made"},
    "health.letters_wait": {
        "ja": "{count} 通が作成を待っています（最長 {age}）",
        "en": "{count} wait to be made, the longest {age}",
    },
    "health.troubled": {
        "ja": "{count} 件が、障害のためやり直しを待っています（{age} 前から、{fault}）。直れば自動で実行されます",
        "en": "{count} wait for trouble to pass, since {age} ({fault}); then they are carried out by themselves",
    },
    "health.spool_full": {
        "ja": "{count} 通を {folder} に書き込めません（{age} 前から、空き {free} MiB、{fault}）。"
        "空きができれば自動で作成されます",
        "en": "{count} cannot be written to {folder} ({free} MiB free, since {age}, {fault}): make room there, and "
        "they are made by themselves",
    },
    "health.kind_stopped": {
        "ja": "{kind}: {by} が {since} から止めています（{reason}）。作成待ち {to_be_made} 通、"
        "印刷待ち {to_be_printed} 通",
        "en": "{kind}: stopped since {since} by {by} ({reason}); {to_be_made} wait to be made, {to_be_printed} to be "
        "printed",
    },
    "health.incidents": {"ja": "ありません", "en": "none"},
    "health.incidents_open": {
        "ja": "{count} 件が脇に置かれています。新しいもの: {case} {subject}（{fault}）",
        "en": "{count} set aside; the newest: {case} {subject} ({fault})",
    },
    "health.messages": {"ja": "捨てたものはありません", "en": "none dropped today"},
    "health.messages_dropped": {
        "ja": "今日 {count} 通を捨てました（{kinds}）。ブローカーにほかから書き込まれていないか確かめてください",
        "en": "{count} dropped today ({kinds}); see who else writes to the broker",
    },
    "health.notices": {"ja": "責任者あての未読はありません", "en": "the lead has read everything"},
    "health.notices_unread": {
        "ja": "責任者あての未読が {count} 件（同じ請求・同じ理由は1件に数えます。最も古いもの {oldest}）",
        "en": "{count} unread for the lead (one a case and reason), the oldest of {oldest}",
    },
    "health.stood_still": {
        "ja": "{since} から {until} まで止まっていました。その間に来た期限 {due} 件を処理しました",
        "en": "it stood still from {since} to {until}; {due} deadlines came due meanwhile",
    },
    "health.unposted": {"ja": "ありません", "en": "none"},
    "health.unposted_some": {
        "ja": "{count} 通が一営業日を過ぎても投函されていません",
        "en": "{count} lie in the house for more than a working day",
    },
    "health.returns": {"ja": "登録待ちはありません", "en": "every scanned form is registered"},
    "health.returns_some": {
        "ja": "{count} 件の請求は、書式を読み取りましたが、返送の登録（receive-forms）がまだです: {cases}",
        "en": "{count} scanned, and their arrival is not registered (receive-forms): {cases}",
    },
    "health.tray": {"ja": "一営業日を過ぎたものはありません", "en": "nothing waits for more than a working day"},
    "health.tray_some": {
        "ja": "{count} ページが一営業日を過ぎても仕分けを待っています",
        "en": "{count} pages have waited for more than a working day",
    },
    "health.mail_off": {
        "ja": "送りません（MADOGUCHI_SMTP_URL がありません）",
        "en": "none is sent: MADOGUCHI_SMTP_URL names no server",
    },
    "health.mail": {"ja": "送信待ち {count}", "en": "{count} wait to be sent"},
    "health.mail_waits": {
        "ja": "{count} 通が {since} 送れずにいます（{fault}）",
        "en": "{count} could not be sent for {since} ({fault})",
    },
    "health.mail_waits_for_a_server": {
        "ja": "{count} 通が {since} 待っています。MADOGUCHI_SMTP_URL を設定して、窓口を起動し直してください",
        "en": "{count} have waited for {since}: set MADOGUCHI_SMTP_URL and start the desk again",
    },
    "health.mail_refused": {
        "ja": "{name} などへの {count} 通が拒まれました（直すには staff mail）",
        "en": "{count} were refused, to {name} first: put the address right (staff mail), or try again",
    },
    "health.signed": {"ja": "検証点 {number}（{at}）まで署名しています", "en": "number {number}, of {at}"},
    "health.signed_not_yet": {"ja": "最初の検証点はまだです", "en": "the first one is still to come"},
    "health.signed_never": {
        "ja": "記録に署名されていません",
        "en": "nothing that was recorded is signed",
    },
    "health.signed_late": {
        "ja": "検証点 {number}（{at}）より後の記録に署名されていません",
        "en": "what was recorded since number {number}, of {at}, is not signed",
    },
    "health.definition": {"ja": "第 {version} 版（{fingerprint}）", "en": "version {version} ({fingerprint})"},
    "health.definition_changed": {
        "ja": "第 {version} 版の内容が、記録（{known}）と違います（{fingerprint}）。版を上げるか、元に戻してください",
        "en": "version {version} is {fingerprint}, but was recorded as {known}: raise the version or go back to it",
    },
    "health.count": {
        "ja": "作成待ち {ordered}、印刷待ち {waiting}、投函待ち {tray}。どの手紙も日付と状態が合っています",
        "en": "to be made {ordered}, waiting for the printer {waiting}, in the tray {tray}; every letter's days "
        "agree with its state",
    },
    "health.count_stopped": {
        "ja": "作成待ち {ordered}、印刷待ち {waiting}、投函待ち {tray}。どの手紙も日付と状態が合っています\n"
        "作成待ちと印刷待ちのうち {stopped} 通は、止めた種類の手紙です",
        "en": "to be made {ordered}, waiting for the printer {waiting}, in the tray {tray}; every letter's days "
        "agree with its state\n"
        "of those waiting to be made or printed, {stopped} are of a stopped kind",
    },
    "health.count_wrong": {
        "ja": "日付と状態が合わない手紙があります: {odd}（作成待ち {ordered}、印刷待ち {waiting}、投函待ち {tray}）",
        "en": "letters whose days do not agree with their state: {odd} (to be made {ordered}, waiting for the printer "
        "{waiting}, in the tray {tray})",
    },
    "health.disk": {"ja": "{folder}/ の空き {free} MiB", "en": "{free} MiB free for {folder}/"},
    "health.disk_full": {
        "ja": "{folder}/ の空きが {free} MiB しかありません（{least} MiB 以上必要です）",
        "en": "only {free} MiB free for {folder}/ (at least {least} MiB are needed)",
    },
    "health.residency": {"ja": "データの所在地 {country}", "en": "the data lies in {country}"},
    "health.clock_shifted": {
        "ja": "窓口の時刻をずらしています（いま {now}）",
        "en": "the office's clock is shifted: it is {now} there",
    },
    "health.allow_as": {
        "ja": "デモです。--as で別の人になれます。手紙には「見本」と印字されます",
        "en": "a demo: --as is permitted and letters are stamped SAMPLE",
    },
    "health.sole": {
        "ja": "一人だけの窓口です。二人目の確認はありません",
        "en": "an office of one: there is no second pair of eyes",
    },
    "health.keys": {"ja": "そろっていて、ほかの人には読めません", "en": "whole, and nobody else may read them"},
    "health.keys_closed": {"ja": "このログインでは見られません", "en": "not for this login to look at"},
    "health.keys_absent": {
        "ja": "{folder} に鍵がありません。マウントされていますか。新しい鍵を作ってはいけません",
        "en": "none in {folder}: is it mounted? Never make new ones",
    },
    "health.keys_part_gone": {
        "ja": "{folder} に {part} がありません。控えから戻してください。新しく作ってはいけません",
        "en": "{part} is gone from {folder}: bring it back from a copy, never make a new one",
    },
    "health.keys_unfit": {
        "ja": "{folder} の {part} は、そこにあるものに合いません（途中で切れているか、鍵を替える前のものか、別のもの"
        "です）。合うものを戻してください",
        "en": "{part} in {folder} does not fit what is there (it is cut, or from before the keys were changed, or "
        "another's): bring the right one back",
    },
    "health.keys_open": {
        "ja": "{path} など {count} 個を、ほかの人が読めます",
        "en": "others may read {path} ({count} such in all)",
    },
    "health.zone": {"ja": "{zone}（{version}）", "en": "{zone} ({version})"},
    "health.zone_old": {
        "ja": "{zone} の表（{version}）が古くなっています",
        "en": "the tables ({version}) are years old: {zone} may have changed its time since",
    },
    "health.zone_gone": {
        "ja": "{zone} の表（tzdata）がありません",
        "en": "our tables of time zones (tzdata) are not installed, nor is {zone}",
    },
    "health.zone_differs": {
        "ja": "{zone} の {day} からの時刻が、この機械の表と私たちの表（{version}）で違います",
        "en": "from {day} on this machine's table of {zone} says another time than ours ({version})",
    },
    "health.holidays": {"ja": "{year} 年の末まで分かっています", "en": "known until the end of {year}"},
    "health.holidays_end": {
        "ja": "祝日は {year} 年の末までしか分かりません",
        "en": "known until the end of {year} only; beyond, they are guessed",
    },
    "health.certificate_good": {"ja": "{where}: {day} まで", "en": "{where}: good until {day}"},
    "health.certificate_ends": {
        "ja": "{where}: あと {days} 日で切れます（{day} まで）",
        "en": "{where}: ends in {days} days, on {day}",
    },
    "health.certificate_ended": {"ja": "{where}: {day} に切れました", "en": "{where}: it ended on {day}"},
    "health.certificate_unseen": {
        "ja": "{where}: 証明書を見られません（{fault}）",
        "en": "{where}: cannot be seen ({fault})",
    },
}
