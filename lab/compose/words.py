"""What the drills say on the terminal, in both languages. Parameters are names, numbers, seconds and paths."""

from workflows.words import Sentences, Wording

SENTENCES: Sentences = {
    "usage": {
        "ja": "docker-compose.yml のとおりに作って動かし、請求を回答まで進め、動かしたまま更新し、片づけます。",
        "en": "Build the image, run docker-compose.yml, carry cases to their answers, upgrade under load, clean up.",
    },
    "cases": {"ja": "回答まで進める件数", "en": "how many cases to carry to their answers"},
    "keep": {"ja": "終わっても片づけません", "en": "leave everything running afterwards"},
    "no_engine": {
        "ja": "docker compose も podman-compose も使えません。どちらかを入れるか、COMPOSE に podman-compose の場所を"
        "指定してください(例: make compose-drill COMPOSE=/opt/venv/bin/podman-compose)。",
        "en": "neither docker compose nor podman-compose can be used here; install one, or name it in COMPOSE "
        "(make compose-drill COMPOSE=/opt/venv/bin/podman-compose).",
    },
    "engine": {"ja": "使うもの: {engine}", "en": "with {engine}"},
    "taken": {
        "ja": "{project} という名前のコンテナーかボリュームが残っています。"
        "前の訓練が動いていなければ、片づけてください: {line}",
        "en": "containers or volumes of {project} are there already; unless another drill runs, remove them: {line}",
    },
    "no_base": {
        "ja": "イメージ {image} を取得できません。レジストリーにつながるか、管理者として debootstrap のある Debian で"
        "実行してください(代わりのイメージを作ります)。",
        "en": "the image {image} cannot be pulled; reach a registry, or run this as root on a Debian with debootstrap, "
        "where a stand-in is made.",
    },
    "pulled": {"ja": "{image} を取得しました", "en": "{image} was pulled"},
    "stand_in": {
        "ja": "{image} の代わりに、Debian のパッケージから作ったイメージを使います",
        "en": "{image} is a stand-in made from Debian's packages",
    },
    "failed": {"ja": "訓練は失敗しました: {why}", "en": "the drill failed: {why}"},
    "interrupted": {"ja": "中断しました。", "en": "interrupted."},
    "command_failed": {"ja": "{line}\n  終了コード {status}\n{said}", "en": "{line}\n  exit {status}\n{said}"},
    "too_slow": {"ja": "{seconds} 秒たっても「{what}」になりません", "en": "after {seconds} s still not: {what}"},
    "otherwise": {"ja": "{what}: {found} でした({wanted} のはず)", "en": "{what}: {found} instead of {wanted}"},
    # -- what was done ------------------------------------------------------------------------------------------------
    "built": {"ja": "イメージを作りました", "en": "the image is built"},
    "up": {"ja": "立ち上がり、窓口を待つもの以外は健全です", "en": "up; all that need no office are healthy"},
    "founded": {"ja": "窓口を開設し、ワーカーも健全です", "en": "the office is founded, and the workers are healthy"},
    "hardened": {
        "ja": "書き込めず、特権がなく、どのサービスも必要なものにしか届かず、Flower は合言葉がなければ開きません",
        "en": "nothing can be written or gain rights, each service reaches what it needs, Flower opens to its password",
    },
    "staffed": {"ja": "{people} 人が自分のログインで入れます", "en": "{people} people have logins of their own"},
    "deafened": {
        "ja": "どのサービスのプログラムも止めてみました。どれも起動し直され、健全です",
        "en": "the program of each service was stopped; each was started again, and is well",
    },
    "backed_up": {"ja": "署名し、バックアップをとりました", "en": "signed, and backed up while it runs"},
    "opened": {"ja": "{cases} 件を受け付け、書式ができました", "en": "{cases} cases opened, their forms made"},
    "printed": {"ja": "{letters} 通を印刷し、投函しました", "en": "{letters} letters printed and posted"},
    "scanned": {"ja": "戻った書式 {pages} ページを読み取りました", "en": "{pages} returned pages scanned and matched"},
    "received": {"ja": "{cases} 件の到着を登録しました", "en": "{cases} arrivals registered"},
    "decided": {"ja": "{cases} 件を確認し、決定しました", "en": "{cases} verified and decided"},
    "four_eyes": {"ja": "自分の決定は自分で出せません", "en": "nobody released a decision of their own"},
    "answered": {"ja": "{cases} 件の回答を投函しました", "en": "the answers of {cases} cases are posted"},
    "upgraded": {
        "ja": "{services} を順に入れ替えました。その間に {orders} 件の指示、うち {again} 回はやり直し",
        "en": "{services} replaced in turn; {orders} orders meanwhile, of which calls were repeated {again} times",
    },
    "nothing_lost": {
        "ja": "失われたもの、二重になったもの: 0。履歴は改版 {revisions} から",
        "en": "0 lost, 0 doubled; the history was written by the revisions {revisions}",
    },
    "longest": {
        "ja": "指示の答えを待った最長: {seconds} 秒",
        "en": "the longest anybody waited for an order's outcome: {seconds} s",
    },
    "examined": {"ja": "doctor と status に異常なし", "en": "doctor and status find nothing wrong"},
    "gone": {"ja": "コンテナー、ボリューム、ネットワーク、イメージは残っていません", "en": "nothing of it is left"},
    "kept": {"ja": "残してあります。片づけるには: {line}", "en": "left running; to remove it: {line}"},
}

say = Wording(SENTENCES)
