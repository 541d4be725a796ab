"""What the demo says on the terminal, in both languages. Parameters are names, numbers, days and paths."""

from lab.words import SENTENCES as COMMON
from workflows.words import Sentences, Wording

SENTENCES: Sentences = {
    # -- refusing to begin --------------------------------------------------------------------------------------------
    "not_a_demo": {
        "ja": "{folder} はデモの作ったフォルダーではないようなので、消しません。別の場所へ移すか消してから、"
        "もう一度 make demo を実行してください。",
        "en": "{folder} does not look like a demo's folder, so it is left alone. Move it away or delete it, "
        "then run make demo again.",
    },
    "demo_runs": {
        "ja": "この場所では別のデモが動いています（{folder}）。終わってからもう一度実行してください。",
        "en": "another demo runs here ({folder}); wait until it has ended.",
    },
    "desk_runs": {
        "ja": "前のデモのデータで受付が動いています（プロセス {pid}）。その受付を Ctrl-C で終了してから、"
        "もう一度実行してください。",
        "en": "a desk runs on the data of the demo before (pid {pid}); end it with Ctrl-C, then run this again.",
    },
    "no_story": {
        "ja": "「{name}」という物語はありません。samples/stories/ の番号か名前を指定してください。",
        "en": 'there is no story "{name}"; name a number or a file of samples/stories/.',
    },
    "bad_samples": {
        "ja": "{folder} の物語を読み取れません: {why}",
        "en": "the stories of {folder} cannot be read: {why}",
    },
    # -- pictures -----------------------------------------------------------------------------------------------------
    "no_browser": {
        "ja": "Chromium がありません（探した名前: {names}）。Debian と Ubuntu では: sudo apt install chromium",
        "en": "there is no Chromium (looked for {names}). On Debian and Ubuntu: sudo apt install chromium",
    },
    "flower_otherwise": {
        "ja": "Flower の一覧が {case} のタスクと一致しません: {faults}",
        "en": "Flower does not list exactly the tasks of {case}: {faults}",
    },
    "too_large": {"ja": "{picture} が {most} kB を超えています", "en": "{picture} is larger than {most} kB"},
    # -- beginning ----------------------------------------------------------------------------------------------------
    "usage": {
        "ja": "見本の請求を、最初の連絡から回答まで実際に処理します。",
        "en": "Carry the sample requests from first contact to their answers, for real.",
    },
    "only": {
        "ja": "この番号の物語だけを語ります（例: --only 01 43）",
        "en": "tell these stories only, by number (for example: --only 01 43)",
    },
    "samples": {
        "ja": "samples/ の代わりに使うフォルダー（contacts/ と stories/ を含むもの）",
        "en": "a folder with contacts/ and stories/ instead of samples/",
    },
    "begin": {
        "ja": "{count} 件の見本の請求を受け付け、{days} 営業日分の時間を進めます。",
        "en": "{count} sample requests are taken up and {days} working days go by.",
    },
    "starting": {
        "ja": "ブローカー、ワーカー 2 つ、beat、Flower を起動しています",
        "en": "starting the broker, two workers, beat and Flower",
    },
    "flower_now": {
        "ja": "Flower: {address}（デモの間だけ。利用者名とパスワード: {auth}）",
        "en": "Flower: {address} (while the demo runs; user and password: {auth})",
    },
    # -- the days -----------------------------------------------------------------------------------------------------
    "day": {"ja": "{day}（{weekday}）", "en": "{day} {weekday}"},
    "weekday_0": {"ja": "月", "en": "Mon"},
    "weekday_1": {"ja": "火", "en": "Tue"},
    "weekday_2": {"ja": "水", "en": "Wed"},
    "weekday_3": {"ja": "木", "en": "Thu"},
    "weekday_4": {"ja": "金", "en": "Fri"},
    "weekday_5": {"ja": "土", "en": "Sat"},
    "weekday_6": {"ja": "日", "en": "Sun"},
    "column_day": {"ja": "執務日", "en": "office day"},
    "column_opened": {"ja": "受付", "en": "open"},
    "column_arrived": {"ja": "到達", "en": "arrive"},
    "column_asked": {"ja": "補正", "en": "ask"},
    "column_answered": {"ja": "回答", "en": "answer"},
    "column_closed": {"ja": "終了", "en": "end"},
    "column_reminded": {"ja": "督促", "en": "remind"},
    "column_posted": {"ja": "発送", "en": "post"},
    "column_told": {"ja": "連絡", "en": "notice"},
    "bar": {"ja": "{day}　終了 {closed}/{cases} 件", "en": "{day}  {closed} of {cases} cases closed"},
    "quiet": {
        "ja": "この後 {until} まで {days} 営業日進めました。処理すべきものは残っていません。",
        "en": "{days} more working days, until {until}: nothing was left to become due.",
    },
    # -- what went otherwise ------------------------------------------------------------------------------------------
    "refused_step": {
        "ja": "{story}（{case}）: {day} の {step} が実行されませんでした: {why}",
        "en": "{story} ({case}): {step} on {day} was not carried out: {why}",
    },
    "bad_step": {
        "ja": "{story}（{case}）: {day} の {step} を読み取れません: {why}",
        "en": "{story} ({case}): {step} on {day} cannot be read: {why}",
    },
    "clock_silent": {
        "ja": "{story}（{case}）: {day} に時計が {step} を行うはずでした",
        "en": "{story} ({case}): the clock should have done {step} on {day}",
    },
    "held_otherwise": {
        "ja": "{story}（{case}）: {day} の保留は「{wanted}」のはずが「{found}」でした",
        "en": "{story} ({case}): on {day} it should be on hold for {wanted}, and is for {found}",
    },
    "nothing_to_post": {
        "ja": "{story}（{case}）: {day} に発送する手紙がありません",
        "en": "{story} ({case}): there is nothing to post on {day}",
    },
    "code_unreadable": {
        "ja": "手紙 {letter} に照会番号が読み取れません",
        "en": "no code can be read on the letter {letter}",
    },
    "code_not_found": {
        "ja": "{story}（{case}）: {day} に読み取った返送物から照会番号が見つかりません",
        "en": "{story} ({case}): the scan of {day} found no code of it",
    },
    "scanned_otherwise": {"ja": "返送物の読み取り: {what}", "en": "scanned returns: {what}"},
    "not_sorted": {
        "ja": "トレイの {tray} を請求 {case} に割り当てられません",
        "en": "{tray} of the tray could not be assigned to {case}",
    },
    "still_in_tray": {"ja": "{tray} がトレイに残っています", "en": "{tray} still waits in the tray"},
    "copy_kept": {
        "ja": "回答済みの請求 {case} の本人確認書類の写し {page} が残っています",
        "en": "{page}, a copy of an identity document, is still kept although {case} is answered",
    },
    "ended_otherwise": {
        "ja": "{story}（{case}）: 「{wanted}」で終わるはずが「{found}」でした",
        "en": "{story} ({case}) should have ended {wanted}, and stands at {found}",
    },
    "letters_otherwise": {
        "ja": "{story}（{case}）: 送った手紙は [{found}] でした。[{wanted}] のはずです",
        "en": "{story} ({case}) sent [{found}] instead of [{wanted}]",
    },
    "still_lying": {
        "ja": "手紙 {letter} が「{state}」のまま残っています",
        "en": "the letter {letter} was never posted: it is {state}",
    },
    "still_due": {
        "ja": "終わったはずの請求に期限が残っています: {names}",
        "en": "deadlines still run although every case has ended: {names}",
    },
    "incident": {"ja": "処理できずに除外されたもの: {what}（{fault}）", "en": "set aside: {what} ({fault})"},
    "stuck": {
        "ja": "{seconds} 秒待っても処理が終わりません（期限 {timers}、操作 {orders}、手紙 {letters}）。ログ: {logs}",
        "en": "after {seconds} s things still wait (deadlines {timers}, orders {orders}, letters {letters}); "
        "the logs: {logs}",
    },
    "deviations": {
        "ja": "物語のとおりにならなかったこと: {count} 件",
        "en": "{count} things did not go as their stories say:",
    },
    "all_as_told": {
        "ja": "すべての請求が物語のとおりに終わり、予定した手紙だけが送られました。\n"
        "履歴・期限・手紙のファイルを突き合わせて点検し、食い違いはありませんでした。",
        "en": "Every case ended as its story says and sent exactly the letters it says.\n"
        "Histories, deadlines and files were held against each other; nothing disagrees.",
    },
    "all_found": {
        "ja": "読み取った返送物は、封筒に入っていたものと一致しました。",
        "en": "The scan found what lay in the envelopes, every page of it and no more.",
    },
    # -- short names, so that the tables fit on 80 columns ------------------------------------------------------------
    "right_purpose_notice": {"ja": "利用目的の通知", "en": "purposes of use"},
    "right_disclosure": {"ja": "開示", "en": "disclosure"},
    "right_provision_records": {"ja": "第三者提供記録の開示", "en": "provision records"},
    "right_correction": {"ja": "訂正・追加・削除", "en": "correction"},
    "right_halt_use": {"ja": "利用の停止・消去", "en": "halt of use"},
    "right_halt_provision": {"ja": "第三者提供の停止", "en": "halt of provision"},
    "end_fulfilled": {"ja": "応諾", "en": "fulfilled"},
    "end_refused": {"ja": "拒否", "en": "refused"},
    "end_withdrawn": {"ja": "取下げ", "en": "withdrawn"},
    "end_lapsed": {"ja": "期限経過", "en": "lapsed"},
    "end_voided": {"ja": "無効", "en": "voided"},
    "letter_disclosure_notification": {"ja": "個人情報開示等通知書", "en": "disclosure notification"},
    # -- the tables at the end ----------------------------------------------------------------------------------------
    "title_rights": {"ja": "請求の内容と終わり方", "en": "Requests by right and ending"},
    "title_letters": {"ja": "発送した手紙", "en": "Letters posted"},
    "title_scans": {
        "ja": "読み取った返送物（トレイのページは係が割り当てます）",
        "en": "Returns scanned (a clerk assigns what lies in the tray)",
    },
    "scan_files": {"ja": "ファイル", "en": "files"},
    "scan_pages": {"ja": "ページ", "en": "pages"},
    "scan_matched": {"ja": "照合", "en": "matched"},
    "scan_tray": {"ja": "トレイ", "en": "in the tray"},
    "scan_masked": {"ja": "黒塗り", "en": "masked"},
    "scan_destroyed": {"ja": "廃棄した写し", "en": "copies destroyed"},
    "title_departments": {"ja": "部署への照会", "en": "Departments asked"},
    "department": {"ja": "部署", "en": "department"},
    "department_asked": {"ja": "照会", "en": "asked"},
    "department_found": {"ja": "あり", "en": "found"},
    "department_nothing": {"ja": "なし", "en": "nothing"},
    "department_recalled": {"ja": "取下げ", "en": "recalled"},
    "department_reminded": {"ja": "督促", "en": "reminded"},
    "department_told": {"ja": "報告", "en": "lead told"},
    "department_files": {"ja": "ファイル", "en": "files"},
    "title_rest": {"ja": "このほか", "en": "Besides"},
    "right": {"ja": "請求の内容", "en": "right"},
    "all_cases": {"ja": "請求（件数）", "en": "requests"},
    "kind": {"ja": "種類", "en": "kind"},
    "in_ja": {"ja": "日本語", "en": "Japanese"},
    "in_en": {"ja": "英語", "en": "English"},
    "total": {"ja": "計", "en": "total"},
    "pages": {"ja": "ページ", "en": "pages"},
    "returned": {"ja": "うち返戻", "en": "returned"},
    "all_letters": {"ja": "手紙", "en": "letters"},
    "several_rights": {
        "ja": "複数の内容を含む請求があるため、上の各行の合計は請求の件数より多くなります。",
        "en": "A request may ask for several rights, so that the lines add up to more than the requests.",
    },
    "row_rounds": {"ja": "書式を二回以上送った請求", "en": "requests that took more than one round"},
    "row_notices": {"ja": "担当者への通知", "en": "notices to staff"},
    "row_held": {"ja": "システムが保留にした請求", "en": "requests the system held for the lead"},
    "row_history": {"ja": "履歴の行", "en": "rows of history"},
    "row_days": {
        "ja": "窓口の時計で進めた営業日（{first} ～ {last}）",
        "en": "working days on the office clock, {first} to {last}",
    },
    "row_time": {"ja": "実際にかかった秒数", "en": "seconds it really took"},
    "where": {"ja": "手紙の PDF", "en": "The letters"},
    "where_one": {"ja": "  最初の発送分をまとめた一冊:", "en": "  the first day's post as one PDF:"},
    "where_spool": {"ja": "  一通ずつ:", "en": "  one by one:"},
    "where_scans": {"ja": "読み取った返送物:", "en": "The returns as they were scanned:"},
    "next": {"ja": "続けて見るには", "en": "To look around"},
    "next_env": {"ja": "このシェルをデモの窓口に切り替える", "en": "turn this shell to the demo's office"},
    "next_list": {"ja": "一件の履歴", "en": "the history of one case"},
    "next_letters": {"ja": "手紙の一覧", "en": "all letters"},
    "next_papers": {"ja": "一件の返送ページ", "en": "the scanned pages of one case"},
    "next_searches": {"ja": "部署への照会の一覧", "en": "what departments were asked"},
    "next_status": {"ja": "窓口の健康状態", "en": "how the desk is doing"},
    "next_desk": {"ja": "受付と Flower を動かし続ける", "en": "keep the desk and Flower running"},
    "flower_then": {
        "ja": "Flower はデモの間 {address} で動いていました。make desk でもう一度動かすと、場所が表示されます。",
        "en": "Flower was at {address} while the demo ran; make desk starts it again and says where.",
    },
    "failed": {"ja": "デモを続けられません: {why}", "en": "the demo cannot go on: {why}"},
}

say = Wording(COMMON, SENTENCES)
