"""What `commands/metrics.py` says: the help of the command, and what each number means (HELP of the text format)."""

SENTENCES: dict[str, dict[str, str]] = {
    "metrics.help.metrics": {
        "ja": "監視システムのための数値をPrometheusの形式で示します。番号や氏名は含みません。\n"
        "データベースにつながらないときは、分かるものだけを示し、終了コードは5です。",
        "en": "Numbers for a monitoring system, in the text format of Prometheus: no ids, no names.\n"
        "Without a database those that are known without it, and exit 5.",
    },
    "metrics.up": {
        "ja": "データベースとブローカーの両方につながれば1",
        "en": "1 where database and broker both answered",
    },
    "metrics.info": {"ja": "動いているコードの版", "en": "which code answers; always 1"},
    "metrics.database_up": {"ja": "データベースにつながれば1", "en": "1 where the database answered"},
    "metrics.broker_up": {"ja": "ブローカーにつながれば1", "en": "1 where the broker answered"},
    "metrics.check": {
        "ja": "statusの各項目が正常なら1",
        "en": "1 where what status looks at under this name is well",
    },
    "metrics.orders_waiting": {"ja": "処理を待つ指示の数", "en": "orders that wait to be carried out"},
    "metrics.oldest_order_age_seconds": {
        "ja": "最も長く待っている指示の待ち時間",
        "en": "how long the oldest of them has waited",
    },
    "metrics.timer_lag_seconds": {
        "ja": "期限を過ぎてまだ処理されていないものの遅れ（legalは法定の期限、allは執務時間中のすべて）",
        "en": "how long the longest due deadline waits: legal dates at any hour, all in office hours",
    },
    "metrics.outbox": {
        "ja": "外へ出す仕事の数（手紙の作成など）",
        "en": "what is to be done outside (letters to be made), by state",
    },
    "metrics.outbox_oldest_age_seconds": {
        "ja": "その中で最も長く待っているものの待ち時間",
        "en": "how long the oldest of them has waited",
    },
    "metrics.set_aside": {
        "ja": "除外されたもの（requeueで戻せます）",
        "en": "what was set aside and waits for requeue",
    },
    "metrics.incidents_open": {"ja": "未対応の障害の数", "en": "incidents nobody has closed"},
    "metrics.troubled": {
        "ja": "一時的な障害が去るのを待つものの数",
        "en": "what waits for trouble to pass and is tried again by itself",
    },
    "metrics.leases": {
        "ja": "ワーカーが手元に持つ仕事の数（expiredは時間切れ）",
        "en": "what workers have in hand, and what one had for too long",
    },
    "metrics.messages_dropped_today": {
        "ja": "今日捨てられたメッセージの数",
        "en": "messages the workers dropped today because they were none of ours",
    },
    "metrics.queue_length": {"ja": "ブローカーのキューにある合図の数", "en": "messages that lie in the queue"},
    "metrics.queue_heard_age_seconds": {
        "ja": "キューの合図が最後に聞かれてからの時間",
        "en": "since a message of the queue was last consumed",
    },
    "metrics.workers": {"ja": "キューを聞くワーカーの数", "en": "workers that consumed the queue in ten minutes"},
    "metrics.transitions_total": {
        "ja": "行われた手続の回数（1分ごとに数えます。stats --recountで数え直します）",
        "en": "steps ever taken, counted once a minute; stats --recount counts anew from 0",
    },
    "metrics.cases": {"ja": "請求の数（1分ごとに数えます）", "en": "cases by state, counted once a minute"},
    "metrics.searches": {
        "ja": "部署への照会の数（1分ごとに数えます）",
        "en": "searches by departments by state, counted once a minute",
    },
    "metrics.letters": {
        "ja": "手紙の数（発送後のものは1分ごとに数えます）",
        "en": "letters by state; those that left are counted once a minute",
    },
    "metrics.steps_uncounted": {
        "ja": "まだ数えていない手続の数（10,001で打ち切り）",
        "en": "steps that wait to be counted, as far as 10001",
    },
    "metrics.mail": {"ja": "担当者へのメールの数", "en": "mail to staff that waits or was refused"},
    "metrics.mail_oldest_age_seconds": {
        "ja": "最も長く待っているメールの待ち時間",
        "en": "how long the oldest of it has waited",
    },
    "metrics.backup_age_seconds": {
        "ja": "最後の控えからの時間（一度も取っていなければ+Inf）",
        "en": "since the newest backup; +Inf where none was made",
    },
    "metrics.checkpoint_age_seconds": {
        "ja": "最後の検証点からの時間（なければ+Inf）",
        "en": "since the newest signed checkpoint; +Inf where there is none",
    },
    "metrics.answered_in_seconds": {"ja": "この表を作るのにかかった時間", "en": "how long it took to find all this"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "metrics.help.metrics": ("./admin.py metrics", "./admin.py metrics --json"),
}
