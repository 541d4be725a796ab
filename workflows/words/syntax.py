"""What is said of a file that is no YAML or JSON: the cause, and what would work."""

SENTENCES: dict[str, dict[str, str]] = {
    "syntax.yaml": {
        "ja": 'YAML として読めません。「項目: 値」の形にし、記号を含む値は "…" で囲んでください。',
        "en": 'is no YAML; write "key: value", and put a value that holds signs in "…".',
    },
    "syntax.tab": {
        "ja": "行の初めにタブがあります。YAML の字下げは半角の空白にしてください。",
        "en": "begins with a tab; YAML wants blanks there.",
    },
    "syntax.wide_colon": {
        "ja": "全角の「：」があります。半角の「:」と空白にしてください。",
        "en": "has a full-width colon (：); write an ordinary one and a blank after it.",
    },
    "syntax.wide_blank": {
        "ja": "全角などの特別な空白があります。字下げと「:」の後は半角の空白にしてください。",
        "en": "has a full-width or fixed blank; write ordinary ones before the key and after the colon.",
    },
    "syntax.wide_brackets": {
        "ja": "全角の括弧があります。半角の {{ }} や [ ] にしてください。",
        "en": "has full-width brackets; write ordinary {{ }} or [ ].",
    },
    "syntax.wide_comma": {
        "ja": '括弧の中に全角の「，」や「、」があります。区切りは半角の「,」に、値の一部なら全体を "…" で'
        "囲んでください。",
        "en": 'has a full-width comma inside brackets; write an ordinary one, or put the value it belongs to in "…".',
    },
    "syntax.bullet_beside": {
        "ja": '「:」の後に「- 」があります。一覧は次の行から一行に一つずつ書き、文章なら全体を "…" で囲んでください。',
        "en": 'has "- " after the colon; begin a list on the next line, or put a text in "…".',
    },
    "syntax.bullet": {
        "ja": "一覧の各行は、半角の「-」と空白で始めてください（「- disclosure」のように）。",
        "en": 'is no entry of a list; begin each with a hyphen and a blank, like "- disclosure".',
    },
    "syntax.sign": {
        "ja": '値が {sign} で始まっています。値の全体を "…" で囲んでください。',
        "en": 'a value may not begin with {sign}; put the whole value in "…".',
    },
    "syntax.no_blank": {
        "ja": "「:」の後に空白がありません。「項目: 値」のように空けてください。",
        "en": 'has no blank after the colon; write "key: value".',
    },
    "syntax.second_colon": {
        "ja": '値の中に「: 」があります。値の全体を "…" で囲んでください。',
        "en": 'has a colon and a blank inside the value; put the whole value in "…".',
    },
    "syntax.no_pair": {
        "ja": '「項目: 値」の形ではありません。文章なら note: "…" のように書いてください。',
        "en": 'is no pair "key: value"; a text belongs in quotes, like note: "…".',
    },
    "syntax.indent": {
        "ja": "字下げが上の行と揃っていません。同じまとまりの項目は同じ位置から始めてください。",
        "en": "begins further in or out than the keys it belongs to; let them begin at one place.",
    },
    "syntax.open_quote": {
        "ja": "ここで始まる引用符が閉じていません。値の終わりにも引用符を付けてください。",
        "en": "a quote that begins here is never closed; put one at the end of the value too.",
    },
    "syntax.quote_inside": {
        "ja": '引用符が値の途中で閉じています。値の全体をもう一方の引用符で囲んでください（"O\'Neil" のように）。',
        "en": 'a quote ends before the value does; put the whole value in the other kind, like "O\'Neil".',
    },
    "syntax.open_bracket": {
        "ja": "ここで始まる括弧の中を読めません。コンマで区切り、最後を閉じてください。",
        "en": "brackets that begin here cannot be read; put commas between entries and close them.",
    },
    "syntax.escape": {
        "ja": "\"…\" の中の \\ は特別な意味を持ちます。\\\\ と二つ書くか、'…' で囲んでください。",
        "en": "a \\ inside \"…\" means something else; write \\\\, or put the value in '…'.",
    },
    "syntax.json": {"ja": "JSON として読めません。", "en": "is no JSON."},
    "syntax.json_escape": {
        "ja": "\\ の使い方が JSON ではありません。文字としての \\ は \\\\ と書いてください。",
        "en": "a \\ stands before what JSON does not know; write \\\\ for the character itself.",
    },
    "syntax.json_extra": {
        "ja": "JSON が終わった後に続きがあります。一件分だけにしてください。",
        "en": "something follows after the end of the JSON; hand in one contact at a time.",
    },
    "syntax.json_cut": {
        "ja": "途中で終わっています。閉じていない括弧を閉じてください。",
        "en": "ends too early; close what is open ( }} or ] ).",
    },
    "syntax.json_trailing_comma": {
        "ja": "最後の項目の後にコンマがあります。取り除いてください。",
        "en": "a comma follows the last entry; take it out.",
    },
    "syntax.json_quotes": {
        "ja": '引用符が {sign} です。JSON では " にしてください。',
        "en": 'has {sign} for a quote; JSON wants ".',
    },
    "syntax.json_comment": {
        "ja": "JSON に注釈は書けません。取り除くか、YAML で書いてください。",
        "en": "JSON has no comments; take it out, or write YAML.",
    },
    "syntax.json_wide": {
        "ja": "全角の {sign} があります。半角にしてください。",
        "en": "has a full-width {sign}; write the ordinary one.",
    },
    "syntax.json_word": {
        "ja": '{word} は JSON にありません。null、true、false か、"…" で囲んだ値にしてください。',
        "en": '{word} is not JSON; write null, true, false, or a value in "…".',
    },
    "syntax.json_unquoted": {
        "ja": '{word} が " で囲まれていません。JSON では項目名も文字も "…" で囲みます。',
        "en": '{word} is not in quotes; in JSON keys and texts stand in "…".',
    },
    "syntax.json_comma": {
        "ja": 'コンマが抜けているか、値の中の " が \\" になっていません。',
        "en": 'a comma is missing, or a " inside a value is not written \\".',
    },
    "syntax.json_colon": {"ja": "項目名の後に「:」がありません。", "en": "there is no colon after the key."},
}
