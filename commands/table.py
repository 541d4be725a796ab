"""Every command of the script: the steps of a case, made from the workflow definition, and those written by hand.

The help page names all of them without importing the procedure.
"""

from typing import NamedTuple

from commands.steps import STEPS

SECTIONS: dict[str, tuple[str, str]] = {
    "steps": ("請求の手続", "Steps of a case"),
    "looks": ("見る", "Looking"),
    "post": ("郵便", "The post room"),
    "office": ("窓口", "The office"),
}


class Row(NamedTuple):
    """Where a command is found and what it does in one line; ``made`` from the workflow definition, or written."""

    section: str
    module: str
    attribute: str
    ja: str
    en: str
    made: bool = False


WRITTEN: dict[str, Row] = {
    "list": Row("looks", "commands.worklist", "list_", "急ぐ順の仕事の一覧。",
            "the work list, most urgent first"),
    "show": Row("looks", "commands.case", "show", "一件のすべて。期限の理由も示します。",
                "everything about one case, its deadlines explained"),
    "why": Row("looks", "commands.case", "why", "いま何ができ、何が足りないか。",
               "what is possible now, and what is missing for the rest"),
    "history": Row("looks", "commands.case", "history", "だれが、いつ、何をしたか。", "who did what, and when"),
    "notices": Row("looks", "commands.notices", "notices", "時計とシステムからの知らせ。",
                   "what the clock and the system told whom"),
    "diagram": Row("looks", "commands.diagram", "diagram", "手続の図（Mermaid）。",
            "the procedure as a Mermaid diagram"),
    "letters": Row("post", "commands.post", "letters", "手紙の一覧。", "the letters and where they stand"),
    "print": Row("post", "commands.post", "print_", "手紙を一つの PDF にまとめて印刷に出します。",
                 "put letters into one PDF for the printer"),
    "posted": Row("post", "commands.post", "posted", "投函を記録します。",
            "record that letters went into the post"),
    "returned": Row("post", "commands.post", "returned", "戻ってきた手紙を記録します。",
            "record a letter that came back"),
    "draft": Row("post", "commands.post", "draft", "回答の下書きを PDF にします。",
                 "what the answer would look like, as a PDF"),
    "scan": Row("post", "commands.scan", "scan", "返送された書式を読み取ります。",
                "register returned forms from the scanner"),
    "tray": Row("post", "commands.tray", "tray", "どの請求のものか分からないページ。",
                "scanned pages nobody could match"),
    "papers": Row("post", "commands.tray", "papers", "請求について保存しているページ。",
                  "the pages held of a case"),
    "letter-kinds": Row("post", "commands.letter_kinds", "letter_kinds",
                 "手紙の種類ごとに、作成と印刷を止め、また始めます。",
                 "stop a kind of letter whose template is wrong, and start it again"),
    "import": Row("office", "commands.importing", "import_", "CSV から多数の請求を受け付けます。",
                  "open many cases from a CSV file"),
    "assign": Row("office", "commands.staff", "assign", "担当者を決めます。", "say who has a case"),
    "staff": Row("office", "commands.staff", "staff", "担当者と役割。", "who works here, and in which roles"),
    "office": Row("office", "commands.founding", "office", "この窓口が何か。新しい窓口の開設。",
                  "what this office is; founding one"),
    "clock": Row("office", "commands.clock", "clock", "窓口の時刻。", "the office's time"),
    "inquiry": Row("office", "commands.inquiry", "inquiry", "そのほかの問合せ。請求にすることもできます。",
                   "other inquiries; one can become a case"),
    "plan": Row("office", "commands.plan", "plan", "この版の手続を動かすとどうなるか。",
                "what this checkout's procedure would do to the open cases"),
    "bulk": Row("office", "commands.bulk", "bulk", "同じ操作を多数の請求に行います。",
                "the same decision over many cases"),
    "calendar": Row("office", "commands.calendar", "calendar", "窓口の休業日。未了の期限も動きます。",
                    "holidays and closures; open deadlines move with them"),
    "doctor": Row("office", "commands.status", "doctor", "保存されているものが互いに合っているか。",
                  "whether everything stored fits together"),
    "incidents": Row("office", "commands.requeue", "incidents", "障害の記録（取り置いたもの）。",
                     "what was set aside, and whether it is back"),
    "requeue": Row("office", "commands.requeue", "requeue", "取り置いたものを元に戻します。",
                   "bring back what was set aside"),
    "status": Row("office", "commands.status", "status", "すべて動いているか。", "whether everything runs"),
}  # fmt: skip


TABLE: dict[str, Row] = {
    **{
        name: Row("steps", "commands.transitions", name.replace("-", "_"), ja, en, made=True)
        for name, (ja, en) in STEPS.items()
    },
    **WRITTEN,
}
