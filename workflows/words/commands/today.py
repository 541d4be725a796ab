"""What `commands/today.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "today.help.today": {
        "ja": "今日の仕事を一画面で示します。届いたもの、印刷・投函・登録・確認・決定・承認するもの、今週の法律の期限、"
        "終わる保留、まだ読まれていない知らせです。",
        "en": "The day on one screen: what arrived, what is to be printed, posted, registered, verified, decided and "
        "released, what the law wants this week, whose hold ends, and what nobody has read yet.",
    },
    "today.head": {"ja": "{day} {time}　{name}（{roles}）", "en": "{day} {time}  {name} ({roles})"},
    "today.head_closed": {
        "ja": "{day} {time}・窓口は休み　{name}（{roles}）",
        "en": "{day} {time}, the office is closed  {name} ({roles})",
    },
    "today.no_role": {"ja": "役割なし", "en": "no role here"},
    "today.nothing_yet.head": {
        "ja": "まだ請求はありません。最初の一件は:",
        "en": "There is no case yet. The first one comes in by:",
    },
    "today.nothing_yet.open": {
        "ja": "  ./admin.py open --file F      電話や手紙での連絡を一件受け付ける",
        "en": "  ./admin.py open --file F      one contact by post, telephone, e-mail or visit",
    },
    "today.nothing_yet.import": {
        "ja": "  ./admin.py import F.csv       表の連絡をまとめて受け付ける",
        "en": "  ./admin.py import F.csv       many contacts from a table",
    },
    "today.nothing_yet.scan": {
        "ja": "  ./admin.py scan FILE…         返送された書類を読み取る",
        "en": "  ./admin.py scan FILE…         forms that came back",
    },
    "today.nothing_to_do": {
        "ja": "いま人がすることはありません。",
        "en": "Nobody has anything to do now.",
    },
    "today.head_of.todo": {"ja": "仕事", "en": "to do"},
    "today.head_of.all": {"ja": "  件数", "en": " cases"},
    "today.head_of.overdue": {"ja": "期限超過", "en": "  late"},
    "today.head_of.mine": {"ja": "  自分", "en": "  mine"},
    "today.head_of.unassigned": {"ja": "担当なし", "en": "nobody's"},
    "today.head_of.line": {"ja": "見るには", "en": "see them, or do them all"},
    "today.tray": {
        "ja": "仕分け待ち: {count}ページ（1営業日を超えたもの {late}）（tray）",
        "en": "In the tray: {count} pages, {late} for more than a working day (tray)",
    },
    "today.letters": {
        "ja": "手紙: 印刷待ち {print}、投函待ち {post}（1営業日を超えたもの {late}）（letters --unposted）",
        "en": "Letters: {print} to print, {post} to post, {late} late (letters --unposted)",
    },
    "today.law": {"ja": "今週の法律の期限（残りの日数）", "en": "What the law wants this week (days left)"},
    "today.holds": {"ja": "今週終わる保留", "en": "Holds that end this week"},
    "today.and_more": {"ja": "ほかにもあります。", "en": "and more"},
    "today.notices": {
        "ja": "まだ読まれていない知らせ: {listed}（notices --unread）",
        "en": "Notices nobody has read: {listed} (notices --unread)",
    },
    "today.notices_of": {"ja": "{role} {count}件", "en": "{count} for the {role}"},
    "today.away": {
        "ja": "不在: {name}（{until} まで、代わりは {substitute}）",
        "en": "Away: {name} until {until}, {substitute} stands in",
    },
    "today.away_open": {"ja": "不在: {name}（代わりは {substitute}）", "en": "Away: {name}, {substitute} stands in"},
    "today.mine_first": {"ja": "自分の担当で急ぐもの", "en": "The most urgent of mine"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "today.help.today": ("./admin.py today", "./admin.py today --json"),
}
