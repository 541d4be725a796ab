"""What `commands/disclosing.py` says: what departments found, and what of it goes out."""

SENTENCES: dict[str, dict[str, str]] = {
    "disclosing.help.papers": {
        "ja": "部署が見つけたファイルの一覧です（番号、部署、名前、ページ数、ハッシュ、開示するかどうか、黒塗り）。"
        "見たことは記録されます。",
        "en": "List what departments found for a case: number, department, name, pages, hash, whether it goes out, "
        "and what is masked. The look is recorded.",
    },
    "disclosing.help.page": {
        "ja": "見つかったファイルの1ページを画像で書き出します。見たことは記録されます。"
        "終わったらファイルを消してください。",
        "en": "Write a page of what was found as a picture; the look is recorded. Delete the file when you are done.",
    },
    "disclosing.help.mask": {
        "ja": "開示しない部分を根拠ごとに黒塗りします。"
        "塗った場所は送る写しに焼き付けられ、原本は封印されたまま残ります。\n"
        "PDF と画像はページの場所（--page と --mask または --draw）、CSV とテキストは行と列（--row、--column。"
        "両方なら交わる欄）を指定します。",
        "en": "Black out what does not go out, on a ground of the law. It is burnt into the copy that is sent; the "
        "original stays sealed.\nOf PDFs and pictures name places of a page (--page with --mask or --draw), of CSV and "
        "text rows and columns (--row, --column; both: the cells in which they cross).",
    },
    "disclosing.help.unmask": {
        "ja": "黒塗りを外します（番号を指定しなければすべて）。通知を発送する決裁の前だけできます。",
        "en": "Lift masks, by their numbers, or all of them; until the answer is released.",
    },
    "disclosing.help.enclose": {
        "ja": "ファイルを、黒塗りした形で通知に添えます。",
        "en": "Let files go out with the answer, as they are masked.",
    },
    "disclosing.help.withhold": {
        "ja": "ファイルの全部を、根拠を示して開示しません。",
        "en": "Hold whole files back, on a ground of the law.",
    },
    "disclosing.help.disc": {
        "ja": "電子データで開示する請求の、ディスクに書き込むファイル（暗号化済み）を書き出します。\n"
        "書き出したことは記録され、2回目からは --again が必要です。パスフレーズは別の手紙で送られます。",
        "en": "Write what goes onto the disc of an answer that is given electronically, encrypted.\n"
        "It is recorded, and a second time needs --again. The passphrase goes in a letter of its own.",
    },
    "disclosing.option.disc_out": {"ja": "書き出すフォルダー", "en": "the folder to write into"},
    "disclosing.option.again": {"ja": "もう一度書き出す（記録されます）", "en": "write it once more (recorded)"},
    "disclosing.no_disc": {
        "ja": "{case} に送るディスクはありません。電子データで開示し、ファイルを添えた通知を決裁すると作られます。",
        "en": "{case} has no disc to send; one is made when an answer is released that is given electronically and "
        "encloses files.",
    },
    "disclosing.disc_not_made": {
        "ja": "{case} のディスクのファイルはまだ作成中です。status で作業の状況を確かめ、後でもう一度行ってください。",
        "en": "what goes onto the disc of {case} is not made yet; look at status, and try again later.",
    },
    "disclosing.disc_written": {
        "ja": "{case} のディスクのファイルは書き出し済みです。もう一度必要なときは --again を付けてください。",
        "en": "what goes onto the disc of {case} was written already; --again writes it once more.",
    },
    "disclosing.disc_not_written": {
        "ja": "{case} のディスクのファイルはまだ書き出されていません。--again を付けずに行ってください。",
        "en": "what goes onto the disc of {case} was not written yet; leave --again out.",
    },
    "disclosing.disc_damaged": {
        "ja": "{case} のディスクのファイルが、作成時のものと違うか、なくなっています。"
        "correct-answer で決定をやり直すと新しく作られます。",
        "en": "what goes onto the disc of {case} is gone or altered; deciding anew (correct-answer) makes another.",
    },
    "disclosing.option.out": {"ja": "書き出すファイル", "en": "the file to write"},
    "disclosing.option.grid": {
        "ja": "升目と番地を重ねる（--mask B3-D5 のように使う）",
        "en": "under a grid whose cells --mask takes, like B3-D5",
    },
    "disclosing.option.as_sent": {"ja": "送る形（黒塗り後）で", "en": "as it goes out, its masks burnt in"},
    "disclosing.option.ground": {
        "ja": "不開示の根拠（harm、business など）",
        "en": "on which ground, like harm or business",
    },
    "disclosing.option.page": {"ja": "何ページ目か", "en": "which page"},
    "disclosing.option.mask": {
        "ja": "黒く塗る場所：左,上,幅,高さ（百分率）、または升目（B3-D5）。いくつでも",
        "en": "where to black out: left,top,width,height in percent, or cells (B3-D5); any number of times",
    },
    "disclosing.option.draw": {"ja": "画面に描いて指定する", "en": "draw it on a page in your browser"},
    "disclosing.option.row": {"ja": "表の何行目か（いくつでも）", "en": "a row of a table, counted from 1; any number"},
    "disclosing.option.column": {
        "ja": "表の何列目か（いくつでも）",
        "en": "a column of a table, counted from 1; any number",
    },
    "disclosing.option.undo": {"ja": "選択を取り消し、未定に戻す", "en": "take the choice back"},
    "disclosing.none": {
        "ja": "{case} について部署が見つけたファイルはありません。",
        "en": "no department sent a file for {case}.",
    },
    "disclosing.counted": {
        "ja": "{count}件（未定 {undecided}件）",
        "en": "{count} in all, {undecided} neither enclosed nor withheld yet",
    },
    "disclosing.head.find": {"ja": "番号", "en": "file"},
    "disclosing.head.department": {"ja": "部署", "en": "department"},
    "disclosing.head.name": {"ja": "名前", "en": "name"},
    "disclosing.head.pages": {"ja": "ページ数", "en": "pages"},
    "disclosing.head.sha256": {"ja": "SHA-256（先頭）", "en": "SHA-256 begins"},
    "disclosing.head.state": {"ja": "開示", "en": "goes out"},
    "disclosing.mask": {
        "ja": "{where}：{ground}（{by} が指定）",
        "en": "{where}: {ground} (by {by})",
    },
    "disclosing.at.area": {"ja": "{page}ページ {area}", "en": "page {page} at {area}"},
    "disclosing.at.cell": {"ja": "{row}行{column}列の欄", "en": "row {row}, column {column}"},
    "disclosing.at.row": {"ja": "{row}行目", "en": "row {row}"},
    "disclosing.at.column": {"ja": "{column}列目", "en": "column {column}"},
    "disclosing.on_ground": {"ja": "{state}（{ground}）", "en": "{state} ({ground})"},
    "disclosing.with_masks": {"ja": "{state}、黒塗り{count}か所", "en": "{state}, masked {count} times"},
    "disclosing.stands": {"ja": "{find}：{state}", "en": "{find}: {state}"},
    "disclosing.one_way": {
        "ja": "PDF と画像は --mask か --draw のどちらか、表は --row、--column で指定してください。",
        "en": "say where: of pages by --mask or by --draw, of tables by --row and --column.",
    },
    "disclosing.page_needed": {"ja": "何ページ目か（--page）を指定してください。", "en": "name the page too (--page)."},
    "disclosing.page_of_pictures": {
        "ja": "表にはページがありません。--row と --column だけを指定してください。",
        "en": "a table has no pages; name --row and --column alone.",
    },
    "disclosing.ground_or_undo": {
        "ja": "開示しない根拠（--ground）か、取消し（--undo）のどちらかを指定してください。",
        "en": "name the ground (--ground), or take it back (--undo).",
    },
    "disclosing.no_such_find": {
        "ja": "{find} というファイルはありません。search papers 請求の番号 で一覧が見られます。",
        "en": "there is no file {find}; search papers CASE lists them.",
    },
    "disclosing.no_pages": {
        "ja": "{find} は表です。search file で書き出してください。",
        "en": "{find} is a table and has no pages; search file writes it.",
    },
    "disclosing.page_not_there": {
        "ja": "{find} に{page}ページ目はありません（送る形は、添えるか黒塗りした後に見られます）。",
        "en": "{find} has no page {page} (as it goes out, a file has pages once it is enclosed or masked).",
    },
    "disclosing.erased": {"ja": "{find} は消去されています。", "en": "{find} was erased."},
    "disclosing.overtaken": {
        "ja": "{find} を同時に別の人が変更しています。search papers で確かめてから、もう一度行ってください。",
        "en": "somebody else changes {find} at this moment; look at search papers and try again.",
    },
    "disclosing.released": {
        "ja": "{case} の通知は決裁済みです。{find} を変えるには、先に correct-answer で決定をやり直してください。",
        "en": "the answer of {case} was released; to change {find}, decide anew first (correct-answer).",
    },
    "disclosing.no_part_of_an_answer": {
        "ja": "{find} は対応（{act}）の記録です。開示するファイルではありません。",
        "en": "{find} shows what a department did ({act}); it is no part of an answer.",
    },
    "disclosing.no_ground": {
        "ja": "{ground} は {right} の一部を開示しない根拠ではありません。使えるのは {known} です。",
        "en": "{ground} is no ground to hold part of {right} back; there are {known}.",
    },
    "disclosing.areas_of_pages": {
        "ja": "{find} はページのあるファイルです。--page と --mask（または --draw）で指定してください。",
        "en": "{find} has pages; name a place on one (--page with --mask or --draw).",
    },
    "disclosing.cells_of_tables": {
        "ja": "{find} は表です。--row、--column で指定してください。",
        "en": "{find} is a table; name its rows or columns (--row, --column).",
    },
    "disclosing.no_such_page": {
        "ja": "{find} は{pages}ページです。{page}ページ目はありません。",
        "en": "{find} has {pages} pages and no page {page}.",
    },
    "disclosing.no_such_row": {
        "ja": "{find} は{most}行です。{row}行目はありません。",
        "en": "{find} has {most} rows and no row {row}.",
    },
    "disclosing.no_such_column": {
        "ja": "{find} は{most}列です。{column}列目はありません。",
        "en": "{find} has {most} columns and no column {column}.",
    },
    "disclosing.too_many_masks": {
        "ja": "黒塗りは1ファイル{most}か所までです。ページや列の全体を塗るか、全部を不開示にしてください。",
        "en": "a file takes {most} masks; mask whole places or columns, or withhold it.",
    },
    "disclosing.no_such_mask": {
        "ja": "黒塗り {masks} はありません。あるのは {known} です。",
        "en": "there is no mask {masks}; there are {known}.",
    },
    "disclosing.too_many_pages": {
        "ja": "{find} は{most}ページを超えるため添えられません。"
        "部署に分けて出してもらってください（search ask-again）。",
        "en": "{find} has more than {most} pages; have the department send it in parts (search ask-again).",
    },
    "disclosing.too_many_cells": {
        "ja": "{find} の欄は{most}を超えるため添えられません。部署に分けて出してもらってください（search ask-again）。",
        "en": "{find} has more than {most} cells; have the department send it in parts (search ask-again).",
    },
    "disclosing.no_glyph": {
        "ja": "{find} には印刷できない文字（{characters}）があります。その欄を黒塗りするか、"
        "部署に PDF で出してもらってください。",
        "en": "{find} has characters no font prints ({characters}); mask their cells, or have it sent as a PDF.",
    },
    "disclosing.state.undecided": {"ja": "未定", "en": "undecided"},
    "disclosing.state.enclosed": {"ja": "添付", "en": "enclosed"},
    "disclosing.state.withheld": {"ja": "不開示", "en": "withheld"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "disclosing.help.papers": ("./admin.py search papers 26-000017-Y",),
    "disclosing.help.page": (
        "./admin.py search page F26-000001 2 --out page.jpg",
        "./admin.py search page F26-000001 2 --out page.jpg --grid",
    ),
    "disclosing.help.mask": (
        "./admin.py search mask F26-000001 --ground harm --page 2 --mask B3-D5",
        "./admin.py search mask F26-000001 --ground harm --page 2 --draw",
        "./admin.py search mask F26-000002 --ground business --row 4 --column 3",
    ),
    "disclosing.help.unmask": ("./admin.py search unmask F26-000001 2",),
    "disclosing.help.enclose": ("./admin.py search enclose F26-000001 F26-000002",),
    "disclosing.help.withhold": (
        "./admin.py search withhold F26-000003 --ground other_law",
        "./admin.py search withhold F26-000003 --undo",
    ),
    "disclosing.help.disc": ("./admin.py search disc 26-000017-Y --out ~/disc",),
}
