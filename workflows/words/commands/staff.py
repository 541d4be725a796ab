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
    "staff.help.remove": {
        "ja": "担当者の役割をすべて外します（責任者のみ）。履歴の名前は残ります。",
        "en": "Take all roles from a person (leads only); the history keeps the name.",
    },
    "staff.help.list": {"ja": "担当者の一覧です。", "en": "Who works here."},
    "staff.help.assign": {"ja": "請求の担当者を決めます（責任者のみ）。", "en": "Say who has a case (leads only)."},
    "staff.removed": {"ja": "{name}: 役割なし", "en": "{name}: no role any more"},
    "staff.head.name": {"ja": "名前", "en": "name"},
    "staff.head.roles": {"ja": "役割", "en": "roles"},
    "staff.assigned": {"ja": "{number} の担当: {name}", "en": "{number} is now with {name}"},
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
    "staff.help.remove": ("./admin.py staff remove hanako",),
    "staff.help.list": ("./admin.py staff list",),
    "staff.help.assign": ("./admin.py assign 26-000017-Y hanako",),
}
