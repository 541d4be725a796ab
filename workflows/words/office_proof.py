"""What is wrong with what a procedure.toml says of identity and representation."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_proof.no_ways": {
        "ja": '{key}には、認める組合せを[["photo"], ["no_photo", "no_photo"]]のように並べてください',
        "en": '{key} must list what is enough, each way a list of papers: [["photo"], ["no_photo", "no_photo"]]',
    },
    "office_proof.too_many_ways": {
        "ja": "{key}は、組合せ{ways}通り、1通りにつき書類{papers}点までです",
        "en": "{key} may list {ways} ways of at most {papers} papers each",
    },
    "office_proof.empty_way": {
        "ja": "{key}に、書類が1点もない組合せがあります。何も示さない人を本人とは認められません",
        "en": "{key} lists a way without any paper: nobody is who they say because they show nothing",
    },
    "office_proof.no_slot": {
        "ja": "{key}の中に、書類でもその並びでもないものがあります",
        "en": "{key} holds something that is neither a paper nor a list of papers",
    },
    "office_proof.unknown_paper": {
        "ja": "{key}の{paper}という書類はありません。使えるのは {known} です",
        "en": "{key} names {paper}, which is no paper known here; known are {known}",
    },
    "office_proof.unknown_in_slot": {
        "ja": "{key}の書類の指定に{word}という項目はありません。使えるのは {known} です",
        "en": "{key} has {word} in a slot, which is not known there; known are {known}",
    },
    "office_proof.no_flag_in_slot": {
        "ja": "{key}の書類の指定の{word}は、trueかfalseで書いてください",
        "en": "{key} has a slot whose {word} is neither true nor false",
    },
    "office_proof.no_age": {
        "ja": "{key}の経過期間は、{{ days = 30 }}または{{ months = 3 }}のように書いてください",
        "en": "{key} has an age of papers that is none; write {{ days = 30 }} or {{ months = 3 }}",
    },
    "office_proof.no_groups": {
        "ja": "{key}は、2点以上の書類の並びを並べてください",
        "en": "{key} must list groups of two papers or more",
    },
    "office_proof.too_many_groups": {
        "ja": "{key}は、4点までの並びを4つまでです",
        "en": "{key} may list four groups of at most four papers",
    },
    "office_proof.no_kind": {
        "ja": "kindの{kind}という代理の種類はありません。使えるのは {known} のほか、"
        "law_、mandate_、bereaved_で始まる独自の種類です",
        "en": "kind is {kind}, which is no kind of representative; write one of {known}, or one of your own that "
        "begins with law_, mandate_ or bereaved_",
    },
    "office_proof.no_holder": {
        "ja": "ofは誰についての定めかを書いてください。使えるのは {known} です",
        "en": "of must say whose identity it is about: {known}",
    },
    "office_proof.list_named_as_paper": {
        "ja": "{name}は書類の名前です。書類の並びには別の名前を付けてください",
        "en": "{name} is the name of a paper; give the list another one",
    },
}
