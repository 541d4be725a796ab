"""What `commands/staff.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "staff.help.staff": {"ja": "担当者と役割を管理します。", "en": "Who works here, and in which roles."},
    "staff.help.add": {
        "ja": "担当者に役割を与えます（責任者のみ）。\n"
        "NAME は本人のログイン名です。既にいる人の役割は、ここで指定したものに置き換わります。",
        "en": "Give a person roles (leads only).\n"
        "NAME is their login; the roles of somebody who is there already become exactly those given here.",
    },
    "staff.help.add.role": {"ja": "役割。繰り返せます。", "en": "a role, repeatable"},
    "staff.help.add.department": {
        "ja": "役割 holder の人が回答する部署（organisation.toml のコード）。",
        "en": "of a holder: the department they answer for, by its code in organisation.toml",
    },
    "staff.no_department": {
        "ja": "部署 {department} はありません。organisation.toml にあるのは {known} です。",
        "en": "there is no department {department}; organisation.toml has {known}.",
    },
    "staff.holder_alone": {
        "ja": "holder は一つの部署の回答だけを行います。--role holder --department CODE とし、ほかの役割は付けません。",
        "en": "a holder answers for one department and has no other role: --role holder --department CODE.",
    },
    "staff.help.remove": {
        "ja": "担当者の役割をすべて外します（責任者のみ）。履歴の名前は残ります。",
        "en": "Take all roles from a person (leads only); the history keeps the name.",
    },
    "staff.help.list": {"ja": "担当者の一覧です。", "en": "Who works here."},
    "staff.help.mail": {
        "ja": "担当者へのメールの宛先を決めます（本人または責任者）。\n"
        "責任者と部署への知らせはすぐに、そのほかは窓口の開く朝に一通にまとめて送ります。書かれるのは番号と件数だけです。",
        "en": "Say where mail to a person goes (by themselves or a lead).\nWhat leads and departments must see is sent "
        "at once, everything else in one message each working morning; messages say numbers only.",
    },
    "staff.help.mail.none": {"ja": "メールを送りません。", "en": "nothing is sent any more"},
    "staff.help.mail.language": {"ja": "メールの言葉（ja、en）。", "en": "the language of the messages, ja or en"},
    "staff.mail.which": {
        "ja": "ADDRESS か --none のどちらか一つを指定してください。",
        "en": "give either ADDRESS or --none.",
    },
    "staff.mail.bad_address": {
        "ja": "メールアドレスは hanako@example.com の形で、一つだけ書いてください。",
        "en": "write one address, such as hanako@example.com.",
    },
    "staff.mail.goes": {"ja": "{name} へのメールは {address} に送ります。", "en": "mail to {name} goes to {address}."},
    "staff.mail.none": {"ja": "{name} にはメールを送りません。", "en": "nothing is mailed to {name} any more."},
    "staff.help.remove.to": {"ja": "担当の請求を引き継ぐ人。", "en": "who takes over what the person has"},
    "staff.help.remove.to_nobody": {
        "ja": "担当の請求をだれの担当でもなくします。",
        "en": "nobody takes it over for now",
    },
    "staff.help.away": {
        "ja": "不在の間の代わりを決めます（本人または責任者）。\n"
        "担当の請求は代わりの人の list --mine に出ます。役割は増えず、二人で行う決まりも変わりません。",
        "en": "Say who stands in for a person who is away (by themselves or a lead).\nThe person's cases are on the "
        "substitute's list --mine; roles are not, and four eyes stay four.",
    },
    "staff.help.away.substitute": {"ja": "代わりを務める人。", "en": "who stands in"},
    "staff.help.away.from": {"ja": "不在の初日（なければ今日）。", "en": "the first day away (default: today)"},
    "staff.help.away.until": {"ja": "不在の最終日（なければ戻るまで）。", "en": "the last day (default: until back)"},
    "staff.help.back": {
        "ja": "不在の登録を消します（本人または責任者）。",
        "en": "Lift an absence (by themselves or a lead).",
    },
    "staff.one_successor": {
        "ja": "--to と --to-nobody は、どちらか一方だけにしてください。",
        "en": "either --to or --to-nobody.",
    },
    "staff.successor_wanted": {
        "ja": "{name} が担当する請求が{count}件あります（{todos}）。--to NAME で引き継ぐ人を指定してください"
        "（--to-nobody で担当なしにもできます）。{unreleased}",
        "en": "{name} has {count} ({todos}): name who takes over with --to NAME, or --to-nobody.{unreleased}",
    },
    "staff.of_kind": {"ja": "{kind} {count}件", "en": "{kind} {count}"},
    "staff.waiting": {"ja": "返送などを待つもの", "en": "waiting"},
    "staff.unreleased": {
        "ja": "本人が確認または決定し、まだ承認されていないものが{count}件あります（そのまま有効です）。",
        "en": " What they verified or decided in {count} not released yet stands.",
    },
    "staff.moved": {"ja": "引き継いだ請求 {count}件 → {name}", "en": "{count} now with {name}"},
    "staff.without_substitute": {
        "ja": "代わりがいなくなった不在の人: {names}。staff away で決め直してください。",
        "en": "nobody stands in any more for {names}: name somebody with staff away.",
    },
    "staff.away": {
        "ja": "{name} は {first} から {until} まで不在です。代わり: {substitute}",
        "en": "{name} is away from {first} until {until}; {substitute} stands in",
    },
    "staff.away_open": {
        "ja": "{name} は {first} から戻るまで不在です。代わり: {substitute}",
        "en": "{name} is away from {first} until lifted; {substitute} stands in",
    },
    "staff.back": {"ja": "{name} の不在の登録を消しました。", "en": "{name} is back"},
    "staff.no_substitute": {
        "ja": "{name} は自分の代わりにはなれません。",
        "en": "{name} cannot stand in for themselves.",
    },
    "staff.ends_too_early": {
        "ja": "--until は、今日以後で --from 以後の日にしてください。",
        "en": "--until must be no earlier than today and than --from.",
    },
    "staff.not_away": {
        "ja": "{name} の不在は登録されていません。./admin.py staff list で確かめられます。",
        "en": "{name} is not written down as away; ./admin.py staff list shows who is.",
    },
    "staff.removed": {"ja": "{name}: 役割なし", "en": "{name}: no role any more"},
    "staff.head.name": {"ja": "名前", "en": "name"},
    "staff.head.department": {"ja": "部署", "en": "department"},
    "staff.head.roles": {"ja": "役割", "en": "roles"},
    "staff.last_lead": {
        "ja": "{name} は最後の責任者です。先にほかの人を責任者（lead）にしてください。",
        "en": "{name} is the last lead; make somebody else a lead first.",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "staff.help.add": (
        "./admin.py staff add hanako --role clerk",
        "./admin.py staff add jiro --role verifier approver",
    ),
    "staff.help.remove": ("./admin.py staff remove hanako --to jiro",),
    "staff.help.mail": (
        "./admin.py staff mail hanako hanako@example.com --language ja",
        "./admin.py staff mail hanako --none",
    ),
    "staff.help.list": ("./admin.py staff list",),
    "staff.help.away": (
        "./admin.py staff away hanako --substitute jiro --until 2026-12-18",
        "./admin.py staff away hanako --substitute jiro --from 2026-12-28",
    ),
    "staff.help.back": ("./admin.py staff back hanako",),
}
