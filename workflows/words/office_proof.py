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
    "office_proof.not_of_this_law": {
        "ja": "{paper}は、法令{law}の書類の表にありません",
        "en": "{paper} is no paper of the law {law}",
    },
    "office_proof.never_proof": {
        "ja": "{paper}は本人確認書類にできません（{article}）",
        "en": "{paper} is never proof of identity ({article})",
    },
    "office_proof.dead_way": {
        "ja": "組合せ{number}は、{day}以降、だれも満たすことができません。"
        "満たせない組合せでは本人を確認できません（{article}）",
        "en": "way {number} can be gone by nobody from {day} on; what nobody can show proves nobody's identity "
        "({article})",
    },
    "office_proof.too_old": {
        "ja": "書類の経過期間は{months}か月までです（{article}）",
        "en": "papers may be {months} months old at most ({article})",
    },
    "office_proof.more_than_the_example": {
        "ja": "法令の例より多くを求めています（{article}）。理由をreason_jaとreason_enに書いてください",
        "en": "asks for more than the law's example ({article}); say why in reason_ja and reason_en",
    },
    "office_proof.more_of_a_paper": {
        "ja": "{paper}について表より多くを求めています（{article}）。理由をreason_jaとreason_enに書いてください",
        "en": "asks more of {paper} than the table does ({article}); say why in reason_ja and reason_en",
    },
    "office_proof.never_reached": {
        "ja": "前にある定めがいつも先に当てはまるので、この定めは使われません。狭い定めを先に書いてください",
        "en": "a rule before it always holds first, so that it never does; write the more particular one first",
    },
    "office_proof.paper_twice": {"ja": "{paper}が2回あります", "en": "{paper} is there twice"},
    "office_proof.kind_twice": {"ja": "{kind}が2回あります", "en": "{kind} is there twice"},
    "office_proof.kind_unnamed": {
        "ja": "独自の種類{kind}には、呼び名（jaとen）が必要です",
        "en": "{kind}, a kind of the office's own, needs its name (ja and en)",
    },
    "office_proof.no_proofs": {
        "ja": "{kind}には、何が代理権を証明するか（proofs）が必要です。言うだけでは代理できません（{article}）",
        "en": "{kind} needs proofs: nobody acts for another because they say so ({article})",
    },
    "office_proof.no_mandate": {
        "ja": "組合せ{number}には、ご本人が作成に関わった書類（委任状など）がありません（{article}）",
        "en": "way {number} holds nothing that the subject had a hand in, such as the mandate ({article})",
    },
    "office_proof.mandate_alone": {
        "ja": "ご本人の本人確認を省くには、委任状のほかに、ご本人のものと分かる書類（印鑑登録証明書など）が必要です。"
        "委任状だけならだれでも書けます（{article}）",
        "en": "without proof of the subject's identity a mandate alone is not enough: anybody could have written it; "
        "add the subject's seal certificate, or another paper of theirs ({article})",
    },
    "office_proof.no_death": {
        "ja": "組合せ{number}には、死亡を証明する書類がありません",
        "en": "way {number} holds nothing that proves the death",
    },
    "office_proof.no_kinship": {
        "ja": "組合せ{number}には、続柄を証明する書類がありません",
        "en": "way {number} holds nothing that proves the kinship",
    },
    "office_proof.letters_to_the_dead": {
        "ja": '{kind}の請求では、ご本人は亡くなっています。回答先（answer_to）は"representative"にしてください',
        "en": 'the subject of a request by {kind} has died: let answer_to be "representative"',
    },
    "office_proof.consent_of_nobody": {
        "ja": "consent_fromの{age}は、成年前の年齢で、minorについてのみ使えます",
        "en": "consent_from is {age}; it is an age before majority, and of the kind minor alone",
    },
    "office_proof.degree_of_nothing": {
        "ja": "{kind}の書類に、親等を示すものがありません。degreeは使えません",
        "en": "none of the proofs of {kind} shows a kinship, so that degree says nothing",
    },
    "office_proof.no_counter": {
        "ja": "{kind}は窓口のみとされていますが、startのwaysにcounterがありません",
        "en": "{kind} must come to the counter, which start.ways does not open",
    },
}
