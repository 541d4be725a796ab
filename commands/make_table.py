"""``python -m commands.make_table``: write commands/table.py from the workflow definition and the list below.

The table lets the help page name every command without importing the procedure; a test holds it against the definition.
"""

import json
from pathlib import Path

from commands.row import Row
from commands.transition_words import short_help
from workflows.request.procedure import request

SECTIONS: dict[str, tuple[str, str]] = {
    "steps": ("請求の手続", "Steps of a case"),
    "looks": ("見る", "Looking"),
    "post": ("郵便", "The post room"),
    "office": ("窓口", "The office"),
}

WRITTEN: dict[str, Row] = {
    "list": Row("looks", "commands.worklist", "list_", False, "急ぐ順の仕事の一覧。",
            "the work list, most urgent first"),
    "show": Row("looks", "commands.case", "show", False, "一件のすべて。期限の理由も示します。",
                "everything about one case, its deadlines explained"),
    "why": Row("looks", "commands.case", "why", False, "いま何ができ、何が足りないか。",
               "what is possible now, and what is missing for the rest"),
    "history": Row("looks", "commands.case", "history", False, "だれが、いつ、何をしたか。", "who did what, and when"),
    "notices": Row("looks", "commands.notices", "notices", False, "時計とシステムからの知らせ。",
                   "what the clock and the system told whom"),
    "diagram": Row("looks", "commands.diagram", "diagram", False, "手続の図（Mermaid）。",
            "the procedure as a Mermaid diagram"),
    "letters": Row("post", "commands.post", "letters", False, "手紙の一覧。", "the letters and where they stand"),
    "print": Row("post", "commands.post", "print_", False, "手紙を一つの PDF にまとめて印刷に出します。",
                 "put letters into one PDF for the printer"),
    "posted": Row("post", "commands.post", "posted", False, "投函を記録します。",
            "record that letters went into the post"),
    "returned": Row("post", "commands.post", "returned", False, "戻ってきた手紙を記録します。",
            "record a letter that came back"),
    "draft": Row("post", "commands.post", "draft", False, "回答の下書きを PDF にします。",
                 "what the answer would look like, as a PDF"),
    "scan": Row("post", "commands.scan", "scan", False, "返送された書式を読み取ります。",
                "register returned forms from the scanner"),
    "tray": Row("post", "commands.tray", "tray", False, "どの請求のものか分からないページ。",
                "scanned pages nobody could match"),
    "papers": Row("post", "commands.tray", "papers", False, "請求について保存しているページ。",
                  "the pages held of a case"),
    "letter-kinds": Row("post", "commands.letter_kinds", "letter_kinds", False,
                 "手紙の種類ごとに、作成と印刷を止め、また始めます。",
                 "stop a kind of letter whose template is wrong, and start it again"),
    "import": Row("office", "commands.importing", "import_", False, "CSV から多数の請求を受け付けます。",
                  "open many cases from a CSV file"),
    "assign": Row("office", "commands.staff", "assign", False, "担当者を決めます。", "say who has a case"),
    "staff": Row("office", "commands.staff", "staff", False, "担当者と役割。", "who works here, and in which roles"),
    "office": Row("office", "commands.founding", "office", False, "この窓口が何か。新しい窓口の開設。",
                  "what this office is; founding one"),
    "clock": Row("office", "commands.clock", "clock", False, "窓口の時刻。", "the office's time"),
    "inquiry": Row("office", "commands.inquiry", "inquiry", False, "そのほかの問合せ。請求にすることもできます。",
                   "other inquiries; one can become a case"),
    "plan": Row("office", "commands.plan", "plan", False, "この版の手続を動かすとどうなるか。",
                "what this checkout's procedure would do to the open cases"),
    "bulk": Row("office", "commands.bulk", "bulk", False, "同じ操作を多数の請求に行います。",
                "the same decision over many cases"),
    "calendar": Row("office", "commands.calendar", "calendar", False, "窓口の休業日。未了の期限も動きます。",
                    "holidays and closures; open deadlines move with them"),
    "doctor": Row("office", "commands.status", "doctor", False, "保存されているものが互いに合っているか。",
                  "whether everything stored fits together"),
    "incidents": Row("office", "commands.requeue", "incidents", False, "障害の記録（取り置いたもの）。",
                     "what was set aside, and whether it is back"),
    "requeue": Row("office", "commands.requeue", "requeue", False, "取り置いたものを元に戻します。",
                   "bring back what was set aside"),
    "status": Row("office", "commands.status", "status", False, "すべて動いているか。", "whether everything runs"),
}  # fmt: skip

TARGET = Path(__file__).with_name("table.py")


def rows() -> dict[str, Row]:
    """Return every command: those made from the definition in its order, then the others."""
    made = {
        transition.command: Row("steps", "commands.transitions", transition.name, True, *short_help(transition))
        for transition in request.transitions.values()
        if transition.by_staff
    }
    return {**made, **WRITTEN}


def source() -> str:
    """Return the text of commands/table.py."""
    lines = [
        '"""Every command of the script. Made by ``python -m commands.make_table``; do not edit."""',
        "",
        "from commands.row import Row",
        "",
        "# fmt: off",
        "SECTIONS: dict[str, tuple[str, str]] = {",
        *(f"    {_q(name)}: ({_q(ja)}, {_q(en)})," for name, (ja, en) in SECTIONS.items()),
        "}",
        "TABLE: dict[str, Row] = {",
    ]
    for name, row in rows().items():
        lines += [
            f"    {_q(name)}: Row(",
            f"        {_q(row.section)}, {_q(row.module)}, {_q(row.attribute)}, {row.made},",
        ]
        lines += [f"        {_q(row.ja)},", f"        {_q(row.en)},", "    ),"]
    return "\n".join([*lines, "}", ""])


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
