"""What is wrong with what a procedure.toml says of how a request begins, of forms and of further papers."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_start.no_way": {
        "ja": "waysが空です。請求が始まる方法を一つは書いてください",
        "en": "ways is empty: write at least one way in which a request may begin",
    },
    "office_start.taken_and_not": {
        "ja": "{way}がwaysにもnot_acceptedにもあります。どちらかにしてください",
        "en": "{way} stands in ways and in not_accepted: choose one",
    },
    "office_start.not_accepted_unsaid": {
        "ja": "受け付けない方法で来た人に伝える文がありません。not_accepted_jaとnot_accepted_enに書いてください",
        "en": "nothing is said to whoever comes by a way that is not accepted: "
        "write not_accepted_ja and not_accepted_en",
    },
    "office_start.nobody_sends": {
        "ja": "連絡から始まるのに、様式を送る方法がありません（forms_sent_by）。連絡した人は様式を受け取れません",
        "en": "a request begins with a contact, but nobody sends the forms (forms_sent_by): they would never come",
    },
    "office_start.no_code": {
        "ja": "codeの{code}は使えません。英小文字で始まる16文字以内の英小文字、数字、_で書いてください",
        "en": "code is {code}; write at most 16 small letters, digits and _, beginning with a letter",
    },
    "office_start.twice": {"ja": "{code}という名前が2回使われています", "en": "the code {code} is used twice"},
    "office_start.no_holder": {
        "ja": "holdersの{holder}は知られていません。使えるのは {known} です",
        "en": "holders names {holder}, which is not known; known are {known}",
    },
    "office_start.no_such_paper": {
        "ja": "paperの{paper}という書類はありません。[[paper]]にあるのは {known} です",
        "en": "paper is {paper}, but there is no such [[paper]]; there are {known}",
    },
    "office_start.for_nothing": {
        "ja": "{form}には請求の欄がなく、委任状でも書類でもありません。rights、proves、paperのいずれかを書いてください",
        "en": "{form} has no box of any right, and is neither a mandate nor a paper: write rights, proves or paper",
    },
    "office_start.proves_for_whom": {
        "ja": "{form}は代理権を証するものですが、どの代理人のためのものかがありません。holdersに書いてください",
        "en": "{form} proves the right to represent, but not of whom: write holders",
    },
    "office_start.same_right": {
        "ja": "{right}の欄が、同じ人のための{other}と{form}の両方にあります。どちらを送るか決められません",
        "en": "{right} stands on {other} and on {form}, for the same people: nobody could tell which one to send",
    },
    "office_start.on_no_form": {
        "ja": "{right}の欄がどの様式にもありません。法律の認める請求は、どれも様式のどれかでできなければなりません"
        "（{article}）",
        "en": "{right} stands on no form: whatever the law lets people ask for must be possible on one of them "
        "({article})",
    },
    "office_start.on_no_form_for": {
        "ja": "{right}の欄が、{holders}のためのどの様式にもありません。その人もどれかの様式で請求できなければなりません"
        "（{article}）",
        "en": "{right} stands on no form for {holders}: they, too, must be able to ask for it on one ({article})",
    },
    "office_start.too_long": {
        "ja": "{what}の名前が{length}文字あります。紙面に収まるのは{most}文字までです",
        "en": "the name of {what} has {length} characters; at most {most} fit on the page",
    },
    "office_start.always_and_when": {
        "ja": "alwaysがtrueなのにwhenがあります。場合による書類ならalways = falseとしてください",
        "en": "it is always asked for, and yet when says a circumstance: write always = false where it depends on one",
    },
    "office_start.no_circumstance": {
        "ja": "always = falseの書類には、どのような場合に要るかをwhen_jaとwhen_enに書いてください",
        "en": "always is false, so say in which circumstance it is asked for: when_ja and when_en",
    },
}
