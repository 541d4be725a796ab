"""What the commands of the admin script say of themselves, in Japanese and English; examples are lines to type."""

HELP: dict[str, tuple[str, str]] = {
    "calendar": (
        "窓口の休業日。変えると、未了の期限も動きます。",
        "Holidays and closures; open deadlines move with them.",
    ),
    "calendar list": (
        "平日の休みと、窓口が決めた日の一覧です（指定がなければ今日から1年）。",
        "Weekdays on which the office is closed, and days decided here (a year from today unless told otherwise).",
    ),
    "calendar add": (
        (
            "休業日を加えます（責任者のみ）。\n"
            "その日を含む期限は、同じ期限のまま新しい日に動き、請求ごとに履歴に残ります。過ぎた日は、"
            "期限が動かない場合だけ加えられます。"
        ),
        (
            "Add closures or holidays (leads only).\n"
            "Deadlines that count the day move to another day and stay the same deadlines; every history says so. A "
            "day that is over can be added only where no deadline moves."
        ),
    ),
    "calendar remove": (
        "休業日を取り消します（責任者のみ）。祝日・土日でもその日は営業します。",
        "Open on a day after all (leads only), be it a closure, a holiday or a weekend.",
    ),
    "calendar recount": (
        "途中で止まった休業日の変更を、残りの請求にも反映します（責任者のみ）。窓口が動いていれば自動で行われます。",
        "Carry a change that was broken off through to the remaining cases (leads only); a running desk does so too.",
    ),
    "show": (
        "一件のすべてを示します。\n氏名などは役割のある人だけに見え、見たことは記録されます。",
        (
            "Everything about one case, with its deadlines explained.\n"
            "Names and addresses are shown to staff with a role only, and each look is recorded."
        ),
    ),
    "why": (
        (
            "いま何ができるか、できないことには何が足りないかを答えます。\n"
            "TRANSITION を付けると、その一つだけに答えます。"
        ),
        (
            "What is possible now and, for each thing that is not, what is missing.\n"
            "With TRANSITION it answers for that one alone."
        ),
    ),
    "history": ("だれが、いつ、何をしたかを示します。", "Who did what when, by which version of the definition."),
    "clock": (
        (
            "窓口の時刻を示します。\n"
            "動かせるのは MADOGUCHI_CLOCK=shifted で開設した窓口の責任者だけで、動かしたことは記録されます。"
            "まだ何も起きていない窓口では、過去の時刻にもできます。"
        ),
        (
            "The office's time.\n"
            "Only a lead of an office founded with MADOGUCHI_CLOCK=shifted moves it, and every move is recorded: "
            "forward, or anywhere as long as nothing has happened in the office."
        ),
    ),
    "diagram": (
        "手続を Mermaid の状態遷移図として出力します。\n--live を付けると、各状態の件数と日数の中央値も示します。",
        (
            "The procedure as a Mermaid state diagram, made from its definition.\n"
            "--live adds how many cases stand in each state, and for how long in the median."
        ),
    ),
    "office": (
        (
            "この窓口が何として開設されたかを示します。サブコマンド found で新しい窓口を開設します。\n"
            "開設のときに決めたこと（デモか、時計、一人だけか、データの所在地）は、その後変わりません。"
        ),
        (
            "What this office was founded as; the sub-command found founds a new one.\n"
            "What it was founded as (a demo, its clock, one person alone, where its data lies) never changes."
        ),
    ),
    "office found": (
        (
            "ここに新しい窓口を開設します。いまの環境変数（MADOGUCHI_ALLOW_AS、MADOGUCHI_CLOCK、MADOGUCHI_SOLE、"
            "MADOGUCHI_RESIDENCY）がそのまま窓口の性質になります。\n"
            "NAME は責任者になる人のログイン名です。途中で止まっても、もう一度行えば済みます。"
        ),
        (
            "Found a new office in this place. What MADOGUCHI_ALLOW_AS, MADOGUCHI_CLOCK, MADOGUCHI_SOLE and "
            "MADOGUCHI_RESIDENCY say now is what it will be.\n"
            "NAME is the login of whoever is to be its lead. Broken off, it is simply done again."
        ),
    ),
    "import": (
        (
            "CSV から多数の最初の連絡を受け付けます。\n"
            "一行目は項目名で、open --file と同じ名前です（subject.name のように点でつなぎ、"
            "一覧は「;」で区切ります）。\n"
            "key 列（なければ行の内容）で見分けるため、何度実行しても二重には受け付けません。"
        ),
        (
            "Open many cases from a CSV file.\n"
            "The first line names the columns as open --file does: subject.name with a dot, lists joined by ;.\n"
            "Each row is known by its key column, else by what it says: running the import twice opens nothing "
            "twice."
        ),
    ),
    "inquiry": (
        "開示等の請求ではない問合せ。請求だと分かれば、最初の連絡の日時のまま請求にできます。",
        (
            "Inquiries other than requests; one that turns out to be a request becomes a case and keeps its first "
            "contact."
        ),
    ),
    "inquiry add": ("問合せを記録します。", "Record an inquiry."),
    "inquiry list": ("未了の問合せの一覧です。", "Inquiries that are open."),
    "inquiry show": (
        "問合せの内容を示します。見たことは記録されます。",
        "What an inquiry says; each look is recorded.",
    ),
    "inquiry answered": (
        "問合せに答え、請求にはならないことを記録します。",
        "Record that an inquiry was answered and needs no case.",
    ),
    "inquiry promote": (
        "問合せを請求にします。\n最初の連絡の日時は問合せのものです。何度実行しても、請求は一つだけです。",
        "Make an inquiry a case.\nThe time of first contact is the inquiry's. Asked for twice, it opens one case.",
    ),
    "letter-kinds": (
        (
            "手紙の種類ごとに、作成と印刷を止められます。サブコマンドを省くと、種類の一覧です。\n"
            "止めた種類の手紙は、手続が進めば手配されますが、再開するまで作成も印刷もされません。"
            "ほかの仕事は続きます。"
        ),
        (
            "Stop a kind of letter whose template is wrong; without a sub-command, list the kinds.\n"
            "Letters of a stopped kind are ordered as cases go on, but neither made nor printed until it is started "
            "again. Everything else goes on."
        ),
    ),
    "letter-kinds list": (
        "手紙の種類と、止めているかどうかの一覧です。",
        "The kinds of letters, and which of them are stopped.",
    ),
    "letter-kinds stop": (
        (
            "一つの種類の手紙を止めます（責任者のみ）。窓口の記録に残ります。\n"
            "印刷済みの手紙は止まりません。投函の前に取り除いてください。"
        ),
        (
            "Stop one kind of letter (leads only); it is written to the office's log.\n"
            "What is printed already is not stopped: take it out of the tray before it is posted."
        ),
    ),
    "letter-kinds start": (
        (
            "止めた種類の手紙を再開します（責任者のみ）。待っていた手紙は、いまのひな形で数秒のうちに作成されます。"
            "\n"
            "止める前に作成済みだった手紙は、そのままの内容で印刷できるようになります。"
        ),
        (
            "Start a stopped kind again (leads only): what waits is made within seconds, from the present "
            "template.\n"
            "Letters that were made before the stop can be printed again as they are."
        ),
    ),
    "notices": (
        (
            "時計とシステムからの知らせを、新しい順に示します。同じ請求・同じ理由のものは、"
            "回数とともに1行にまとめます。\n"
            "--read を付けると、自分の役割あてのものを既読にします（責任者はすべて）。"
        ),
        (
            "What the clock and the system told whom, the newest first: one line a case and reason, and how often.\n"
            "--read marks those told to a role of yours as read (a lead reads them all)."
        ),
    ),
    "plan": (
        (
            "この版の手続を動かすと、未了の請求がどうなるかを示します（何も書きません）。\n"
            "新しい版に移る件数、期限の動き、なくなる状態に残る件数です。起動が拒まれるときは終了コード 1 です。"
        ),
        (
            "What this checkout's procedure would do to the open cases; nothing is written.\n"
            "How many come under the new version, which deadlines move, and how many stand in a state that is no "
            "more. Exit 1 where a start would be refused."
        ),
    ),
    "letters": (
        "手紙の一覧です。--unposted を付けると、まだ投函されていないものだけを示します。",
        "The letters and where they stand; --unposted shows those still in the house.",
    ),
    "print": (
        (
            "作成済みの手紙を、一つの PDF（束）にまとめます。番号を省くと、未印刷のものすべてです。\n"
            "束の横に、一通ずつの PDF と一覧（人が読むものと JSON）を置きます。印刷した手紙は二度と束に入りません。"
            "\n"
            "もう一枚必要なときは --again を使います。各ページに「再印刷」の印が付き、記録されます。"
        ),
        (
            "Put the letters that were made into one PDF, a batch; all that were not printed yet if none is named.\n"
            "Beside it lie the single letters and a manifest, for people and as JSON. No letter is in two batches.\n"
            "For a second print use --again: each page is marked as a reprint, and it is recorded."
        ),
    ),
    "posted": (
        "手紙を投函したことを記録します。今回の書式を投函すると、請求は「書式送付済み」に進みます。",
        "Record that letters went into the post; the posting of a round's forms moves the case to forms_mailed.",
    ),
    "returned": (
        "郵便で戻ってきた手紙を記録します。今回の書式なら、請求は「連絡受付」に戻り、書式コードは無効になります。",
        "Record a letter that came back; a round's forms bring the case back to contacted and void their code.",
    ),
    "draft": (
        "いまの決定で回答がどうなるかを PDF にします。番号はなく、各ページに「下書き」の透かしが入ります。",
        "Write the answer as it would be now into a PDF: without a number, DRAFT across each page.",
    ),
    "requeue": (
        (
            "取り置いたもの（手紙・指示・請求の期限）を、原因を除いてから元に戻します（責任者のみ）。\n"
            "NAME は手紙の番号、指示の番号（#12）、または請求の番号です。請求の番号では、"
            "その請求のすべてを戻します。\n"
            "理由は窓口の記録に残ります。個人情報は書かないでください。"
        ),
        (
            "Bring back what was set aside, a letter, an order, a case's deadlines, once its cause is mended (leads "
            "only).\n"
            "NAME is a letter's number, an order's (#12) or a case's, which brings back all of that case.\n"
            "The reason stands in the office's log: write nothing personal there."
        ),
    ),
    "incidents": (
        "取り置いたものなどの障害の記録を、新しい順に示します。",
        "What was set aside or went wrong, the newest first.",
    ),
    "scan": (
        (
            "返送された書式（PDF または画像）を読み取ります。コードから請求を探し、ページを数え、"
            "封をして保存します。\n"
            "請求の状態は変わりません。次に実行する行と、記入用のファイル（var/returns/）を示します。\n"
            "読めないページは仕分け待ち（tray）に入ります。同じファイルを二度読み取っても、二重には登録しません。"
        ),
        (
            "Read returned forms, as PDF or pictures: find their cases by the codes, count and keep the pages.\n"
            "No case is moved: the lines to run are shown, with a file to fill in for each case (in var/returns/).\n"
            "A page that cannot be matched goes to the tray. The same file scanned twice registers nothing twice."
        ),
    ),
    "staff": ("担当者と役割を管理します。", "Who works here, and in which roles."),
    "staff add": (
        (
            "担当者に役割を与えます（責任者のみ）。\n"
            "NAME は本人のログイン名です。既にいる人の役割は、ここで指定したものに置き換わります。"
        ),
        (
            "Give a person roles (leads only).\n"
            "NAME is their login; the roles of somebody who is there already become exactly those given here."
        ),
    ),
    "staff remove": (
        "担当者の役割をすべて外します（責任者のみ）。履歴の名前は残ります。",
        "Take all roles from a person (leads only); the history keeps the name.",
    ),
    "staff list": ("担当者の一覧です。", "Who works here."),
    "assign": ("請求の担当者を決めます（責任者のみ）。", "Say who has a case (leads only)."),
    "status": (
        (
            "すべて動いているかを一画面で示します。止まっているものがあれば30秒以内に赤くなり、終了コードは1です。\n"
            "データベースにつながらないときは5です。"
        ),
        "One screen of health: red, and exit 1, within 30 seconds of anything stalling; exit 5 without a database.",
    ),
    "doctor": (
        (
            "保存されているものすべてを互いに突き合わせます。見つかったものがあれば終了コードは1です。\n"
            "--repair は、導けるもの（履歴と暦から期限、氏名などから照合用のハッシュ）を直し、"
            "途中で残されたファイルを消し、記録に残します（責任者のみ）。\n"
            "証拠は決して直しません。"
        ),
        (
            "Hold everything that is stored against everything else; exit 1 where something does not fit.\n"
            "--repair mends what can be derived (deadlines, hashes to find people by) and removes what killed "
            "workers left in the spool, never evidence; for leads only."
        ),
    ),
    "tray": (
        "読み取ったが、どの請求のものか分からなかったページ。請求に割り当てるか、廃棄します。",
        "Scanned pages nobody could match: assign each to a case, or destroy it.",
    ),
    "tray list": ("仕分けを待つページの一覧です。", "What waits in the tray, and which matched page lay near it."),
    "tray show": (
        "ページの画像をファイルに書き出します。見たことは記録されます。終わったらファイルを消してください。",
        "Write the picture of a page into a file; each look is recorded. Delete the file when you are done.",
    ),
    "tray assign": (
        (
            "ページを請求に割り当てます。書式のページ（--form、--page）か、書類（--document、"
            "--holder）のどちらかです。\n"
            "黒塗りが必要な書類には、--mask、--masked、--nothing-to-mask のいずれかが必要です。\n"
            "塗った場所は画像に焼き付けられ、元の画像は鍵ごと消えます。個人番号カードの裏面（"
            "--back）は保存せずに廃棄します。"
        ),
        (
            "Put a page to a case: as a page of a form (--form, --page) or as a paper (--document, --holder).\n"
            "A paper on which something must be blocked out needs --mask, --masked or --nothing-to-mask.\n"
            "What is masked is burnt into the picture, and the original is gone with its key. The back of a My "
            "Number\n"
            "card (--back) is destroyed instead."
        ),
    ),
    "tray destroy": (
        "ページを鍵ごと廃棄します。戻せません。あったことと理由だけが記録に残ります。",
        "Destroy a page with its key, for good; that it was there, and why it went, stays in the log.",
    ),
    "papers": (
        "保存しているページを、フォルダーに書き出します。見たことは記録されます。終わったら消してください。",
        "Write the pages held of a case into a folder; each look is recorded. Delete the files when you are done.",
    ),
    "list": (
        "急ぐ順の仕事の一覧です。\n指定がなければ、終わっていない請求をすべて示します。「!」は期限を過ぎたものです。",
        "The work list, most urgent first.\nWithout options it shows every open case; ! marks what is overdue.",
    ),
}
EXAMPLES: dict[str, tuple[str, ...]] = {
    "calendar list": ("./admin.py calendar list", "./admin.py calendar list --year 2027"),
    "calendar add": (
        "./admin.py calendar add 2026-12-04 --name 創立記念日 --preview",
        "./admin.py calendar add 2027-08-12 2027-08-13 --name 夏季休業",
    ),
    "calendar remove": ("./admin.py calendar remove 2026-12-04 --preview", "./admin.py calendar remove 2026-11-28"),
    "calendar recount": ("./admin.py calendar recount",),
    "show": ("./admin.py show 26-000017-Y", "./admin.py show 26-000017-Y --json"),
    "why": ("./admin.py why 26-000017-Y", "./admin.py why 26-000017-Y fulfil"),
    "history": ("./admin.py history 26-000017-Y", "./admin.py history 26-000017-Y --verify"),
    "clock": ("./admin.py clock", "./admin.py clock --advance 3d", "./admin.py clock --set 2026-12-01T09:30"),
    "diagram": ("./admin.py diagram > procedure.mmd", "./admin.py diagram --live"),
    "office found": ("./admin.py office found --lead hanako",),
    "import": ("./admin.py import contacts.csv", "./admin.py import contacts.csv --wait 60 --json"),
    "inquiry add": ("./admin.py inquiry add --file inquiry.yaml",),
    "inquiry list": ("./admin.py inquiry list", "./admin.py inquiry list --all --json"),
    "inquiry show": ("./admin.py inquiry show I26-000001-D",),
    "inquiry answered": ("./admin.py inquiry answered I26-000001-D",),
    "inquiry promote": ("./admin.py inquiry promote I26-000001-D --file contact.yaml",),
    "letter-kinds list": ("./admin.py letter-kinds list", "./admin.py letter-kinds --json"),
    "letter-kinds stop": (
        "./admin.py letter-kinds stop disclosure_notification --reason wrong_wording",
        "./admin.py letter-kinds stop reminder --reason 'the telephone number on page 1 is the old one'",
    ),
    "letter-kinds start": ("./admin.py letter-kinds start disclosure_notification",),
    "notices": ("./admin.py notices --unread", "./admin.py notices --unread --read"),
    "plan": ("./admin.py plan", "./admin.py plan --json"),
    "letters": ("./admin.py letters --unposted", "./admin.py letters --case 26-000017-Y"),
    "print": (
        "./admin.py print --out ~/print",
        "./admin.py print 26-000017-Y-01 --out ~/print",
        "./admin.py print --again 26-000017-Y-01",
    ),
    "posted": (
        "./admin.py posted --batch B26-0001",
        "./admin.py posted 26-000017-Y-01 --on 2026-11-24 --tracking 1234-5678 --class simple_registered",
    ),
    "returned": ("./admin.py returned 26-000017-Y-01 --reason moved",),
    "draft": ("./admin.py draft 26-000017-Y --out draft.pdf",),
    "requeue": (
        "./admin.py requeue 26-000017-Y-01 --why 'the font is installed'",
        "./admin.py requeue '#12' 26-000017-Y --why 'the row is mended'",
        "./admin.py requeue --all --why 'the template is mended'",
    ),
    "incidents": ("./admin.py incidents --open", "./admin.py incidents --json"),
    "scan": ("./admin.py scan ~/scanner/*.pdf", "./admin.py scan returns.pdf --arrived-at 2026-12-01T11:00"),
    "staff add": ("./admin.py staff add hanako --role clerk", "./admin.py staff add jiro --role verifier approver"),
    "staff remove": ("./admin.py staff remove hanako",),
    "staff list": ("./admin.py staff list",),
    "assign": ("./admin.py assign 26-000017-Y hanako",),
    "status": ("./admin.py status", "./admin.py status --json"),
    "doctor": ("./admin.py doctor", "./admin.py doctor --quick", "./admin.py doctor --repair"),
    "tray list": ("./admin.py tray list",),
    "tray show": (
        "./admin.py tray show T26-0001 --out page.jpg",
        "./admin.py tray show T26-0001 --thumbnail --out s.jpg",
    ),
    "tray assign": (
        "./admin.py tray assign T26-0001 26-000017-Y --form disclosure --page 2",
        "./admin.py tray assign T26-0002 26-000017-Y --document resident_record --holder subject --mask 10,40,80,6",
        "./admin.py tray assign T26-0003 26-000017-Y --document drivers_licence --holder subject --nothing-to-mask",
    ),
    "tray destroy": ("./admin.py tray destroy T26-0001 --reason blank",),
    "papers": ("./admin.py papers 26-000017-Y --out ~/look",),
    "list": (
        "./admin.py list --overdue",
        "./admin.py list --state forms_returned --due-within 5d",
        "./admin.py list --right disclosure --json",
    ),
}
