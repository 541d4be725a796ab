"""What mail to people who work here says: numbers and what to type, nothing about a person."""

SENTENCES: dict[str, dict[str, str]] = {
    "mail.subject.at_once": {"ja": "窓口: {cases}", "en": "Madoguchi: {cases}"},
    "mail.subject.several": {"ja": "窓口: 知らせが{count}件あります", "en": "Madoguchi: {count} notices"},
    "mail.subject.morning": {"ja": "窓口: {day} の仕事", "en": "Madoguchi: what stands on {day}"},
    "mail.subject.test": {"ja": "窓口: 試しの送信", "en": "Madoguchi: a test"},
    "mail.test": {
        "ja": "このメールは、窓口からのメールが届くかどうかを確かめるためのものです。",
        "en": "This message shows that mail of the desk reaches you.",
    },
    "mail.todos": {"ja": "仕事（自分の担当、担当なし、期限超過）", "en": "To do (mine, nobody's, late)"},
    "mail.todo": {
        "ja": "- {todo}: 自分 {mine}、担当なし {unassigned}、超過 {overdue}",
        "en": "- {todo}: {mine} mine, {unassigned} nobody's, {overdue} late",
    },
    "mail.law": {"ja": "今週の法律の期限: {cases}", "en": "What the law wants this week: {cases}"},
    "mail.asked": {"ja": "回答をお待ちしている照会", "en": "Searches that wait for your department"},
    "mail.asked_one": {"ja": "- {case}（{by} まで）", "en": "- {case}, by {by}"},
    "mail.times": {"ja": "（{since} から{times}回）", "en": " ({times} times since {since})"},
    "mail.more": {"ja": "ほか {count} 件", "en": "and {count} more"},
    "mail.where.at_once": {
        "ja": "詳しくは: ./admin.py notices --unread、./admin.py show 番号",
        "en": "See more: ./admin.py notices --unread, ./admin.py show NUMBER",
    },
    "mail.where.morning": {
        "ja": "詳しくは: ./admin.py today、./admin.py notices --unread",
        "en": "See more: ./admin.py today, ./admin.py notices --unread",
    },
    "mail.where.department": {"ja": "詳しくは: ./admin.py search list", "en": "See more: ./admin.py search list"},
    "mail.where.test": {
        "ja": "宛先を変えるには: ./admin.py staff mail NAME ADDRESS",
        "en": "To have it elsewhere: ./admin.py staff mail NAME ADDRESS",
    },
}
