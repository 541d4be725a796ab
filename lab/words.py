"""What more than one command of the lab says, in both languages; each has a page of its own beside this one."""

from workflows.words import Sentences

SENTENCES: Sentences = {
    "interrupted": {
        "ja": "中断しました。動いているプロセスはありません。",
        "en": "interrupted; nothing is left running.",
    },
    "nothing_left": {"ja": "動いているプロセスはありません。", "en": "Nothing is left running."},
}
