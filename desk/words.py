"""What the desk says on the terminal, in both languages. Parameters are names, numbers and paths."""

import time

from workflows.words import Sentences, Wording

SENTENCES: Sentences = {
    "started": {"ja": "{name} を起動しました(プロセス {pid})", "en": "{name} started (pid {pid})"},
    "ended": {"ja": "{name} が終了しました({status})。ログ: {log}", "en": "{name} ended ({status}); its log: {log}"},
    "restarting": {"ja": "{name} を {delay:g} 秒後に起動し直します", "en": "{name} starts again in {delay:g} s"},
    "restarting_now": {"ja": "{name} をすぐに起動し直します", "en": "{name} starts again now"},
    "deaf": {
        "ja": "{name} は動いていますが、{queue} の合図を {seconds:.0f} 秒間聞いていません。起動し直します",
        "en": "{name} lives but has not heard a bell of {queue} for {seconds:.0f} s; it is started again",
    },
    "kept_deaf": {
        "ja": "プロセス {pid} は動いていますが、応答がありません。終了させて起動し直します",
        "en": "process {pid} lives but gives no sign of work; it is ended and started again",
    },
    "cannot_listen": {
        "ja": "ワーカーが動いているかを確かめられません({trouble})。次の確認で試します",
        "en": "whether the workers hear cannot be told now ({trouble}); the next look tries again",
    },
    "cannot_start": {"ja": "{name} を起動できません: {trouble}", "en": "{name} cannot be started: {trouble}"},
    "migrated": {"ja": "データベースを最新の形にしました: {database}", "en": "the database is up to date: {database}"},
    "founded": {
        "ja": "新しい窓口を開設しました。責任者は {lead} です({database})",
        "en": "a new office is founded, with {lead} as its lead ({database})",
    },
    "not_writable": {
        "ja": "{home} に窓口を開設できません({why})。MADOGUCHI_HOME に書き込めるフォルダーを指定してください。",
        "en": "no office can be founded in {home} ({why}); set MADOGUCHI_HOME to a folder you may write to.",
    },
    "no_database": {
        "ja": "データベース({database})につながりません。サーバーと MADOGUCHI_DATABASE_URL を確かめてください。",
        "en": "the database ({database}) cannot be reached; check its server and MADOGUCHI_DATABASE_URL.",
    },
    "waiting": {
        "ja": "前の受付のプロセスが終わるのを待っています",
        "en": "waiting for what the desk before left running to end",
    },
    "ready": {"ja": "受付の準備ができました。終了は Ctrl-C です", "en": "the desk is ready; Ctrl-C ends it"},
    "flower": {
        "ja": "Flower: {address}(利用者名とパスワード: {auth})",
        "en": "Flower: {address} (user and password are in {auth})",
    },
    "metrics": {"ja": "監視のための数値: {address}", "en": "Numbers for monitors: {address}"},
    "metrics_usage": {
        "ja": "監視システムのための数値(./admin.py metrics)をHTTPで示します。",
        "en": "Serve what ./admin.py metrics says to monitors, over HTTP.",
    },
    "metrics_address": {"ja": "待ち受けるアドレス(127.0.0.1)", "en": "the address to listen on (127.0.0.1)"},
    "metrics_port": {"ja": "ポート", "en": "the port"},
    "stopping": {"ja": "終了しています", "en": "stopping"},
    "stopped": {"ja": "すべて終了しました", "en": "everything has ended"},
    "already_running": {
        "ja": "この場所({home})の受付はプロセス {pid} として既に動いています。そちらを終了するか、"
        "MADOGUCHI_HOME に別の場所を指定してください。",
        "en": "the desk of {home} runs already as process {pid}; stop that one, "
        "or set MADOGUCHI_HOME to another folder.",
    },
    "migration_failed": {
        "ja": "データベースを最新の形にできませんでした。ログ {log} の終わり:\n{words}",
        "en": "the database could not be brought up to date. Its log {log} ends:\n{words}",
    },
    "not_ready": {
        "ja": "{name} の準備ができません。ログ {log} の終わり:\n{words}",
        "en": "{name} did not become ready. Its log {log} ends:\n{words}",
    },
    "broker_missing": {
        "ja": "このコンピューターで動かせるブローカーがありません。valkey か redis を入れて "
        "valkey-server または redis-server が PATH から見えるようにするか、"
        "動いているサーバーを MADOGUCHI_BROKER_URL に指定してください。",
        "en": "no broker for this computer: install valkey or redis so that valkey-server or redis-server is on PATH, "
        "or set MADOGUCHI_BROKER_URL to a server that runs.",
    },
    "beat_rings": {"ja": "予定表の時刻ごとに合図を送ります", "en": "rings for what the timetable says"},
    "beat_away": {
        "ja": "ブローカーにつながりません({trouble})。1 秒ごとに試します",
        "en": "the broker is away ({trouble}); it is tried every second",
    },
    "beat_back": {"ja": "ブローカーにつながりました", "en": "the broker is back"},
    "killed_by": {"ja": "シグナル {number}", "en": "signal {number}"},
    "exit_status": {"ja": "終了コード {number}", "en": "exit {number}"},
    "usage": {
        "ja": "受付(ブローカー、ワーカー、beat、Flower)を動かし続けます。Ctrl-C で終了します。",
        "en": "Keep the desk running: broker, workers, beat and Flower. Ctrl-C ends it.",
    },
    "no_flower": {"ja": "Flower を動かしません", "en": "leave Flower out"},
}

say = Wording(SENTENCES)


def tell(sentence: str) -> None:
    """Print one line with the time; a closed terminal must not stop the desk."""
    try:
        print(f"{time.strftime('%H:%M:%S')}  {sentence}", flush=True)
    except OSError:
        return
