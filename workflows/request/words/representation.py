"""What the rules on representation say to staff."""

SENTENCES: dict[str, dict[str, str]] = {
    "representation.of_age": {
        "ja": "本人は書式の到着日（{arrived}）に{age}歳に達しており、成年です。本人自身による請求、"
        "または本人の委任状が必要です。",
        "en": "the subject was of age ({age}) when the forms arrived on {arrived}: the subject must ask in person "
        "or give a "
        "mandate.",
    },
    "representation.letters_to_the_dead": {
        "ja": "本人は亡くなっています。文書の送付先（mail_to）は representative にしてください。",
        "en": "the subject has died: letters go to the representative (mail_to: representative).",
    },
    "representation.kind_not_taken": {
        "ja": "{kind}による請求は、この窓口の手続では受け付けていません。",
        "en": "this office's procedure takes no request by a {kind}.",
    },
    "representation.kind_refused": {
        "ja": "{kind}による請求は受け付けていません：{said}",
        "en": "this office takes no request by a {kind}: {said}",
    },
    "representation.birth_date_missing": {
        "ja": "代理権が確認できていません：本人の生年月日が記録されていません。amendで登録してください。",
        "en": "the right to represent is not proven: the subject's birth date is not recorded; add it with amend.",
    },
    "representation.number_missing": {
        "ja": "代理権が確認できていません：{kind}の登録番号が記録されていません。"
        "amend の representative.registration で登録してください。",
        "en": "the right to represent is not proven: the registration number of the {kind} is not recorded; add it "
        "with amend (representative.registration).",
    },
    "representation.not_proven": {
        "ja": "代理権が確認できていません：{kind}であることを示す書類が必要です（次のいずれか1点：{accepted}）。",
        "en": "the right to represent is not proven: the {kind} needs any one of {accepted}.",
    },
    "representation.needed": {
        "ja": "代理権が確認できていません：{kind}について、次が必要です：{ways}。",
        "en": "the right to represent is not proven: of the {kind} this is still needed: {ways}.",
    },
    "representation.only_there": {
        "ja": "この代理人の書類は、次の方法でのみ受け付けます：{where}。",
        "en": "papers of this representative are taken only like this: {where}.",
    },
    "representation.not_shown_there": {
        "ja": "{document}は、この代理人について定められた方法で示されたものではありません。",
        "en": "the {document} does not prove the right to represent: it did not come the way this procedure wants.",
    },
    "representation.seal_differs": {
        "ja": "{document}の印影が、委任状の印影と一致していません。",
        "en": "the {document} does not prove the right to represent: the mandate does not bear its seal.",
    },
    "representation.not_original": {
        "ja": "{document}は写しです。原本が必要です。",
        "en": "the {document} does not prove the right to represent: it is a copy, and the original is needed.",
    },
    "representation.past_its_age": {
        "ja": "{document}は、到着日（{arrived}）に、認められる発行後の期間を過ぎていました。",
        "en": "the {document} does not prove the right to represent: it was too old when it arrived on {arrived}.",
    },
    "representation.degree_not_recorded": {
        "ja": "{document}の示す親等（degree）が記録されていません。",
        "en": "the {document} does not prove the right to represent: the degree of kinship (degree) is not recorded.",
    },
    "representation.too_remote": {
        "ja": "{document}の示す親等は、この手続で認める範囲を超えています。",
        "en": "the {document} does not prove the right to represent: the kinship is too remote for this procedure.",
    },
    "representation.proves_nothing": {
        "ja": "{document}は、{kind}であることを証明しません。",
        "en": "the {document} does not prove the right to represent: it is none of the papers for the {kind}.",
    },
    "representation.no_longer_accepted": {
        "ja": "{document}は、到着日（{arrived}）には代理権の証明として受け付けていません。",
        "en": "the {document} does not prove the right to represent: it was not accepted for that when it arrived on "
        "{arrived}.",
    },
    "representation.names_differ": {
        "ja": "{document}の氏名が、本人または代理人の氏名と一致していません。",
        "en": "the {document} does not prove the right to represent: its names do not match.",
    },
    "representation.unsigned": {
        "ja": "{document}に本人の署名または捺印がありません。",
        "en": "the {document} does not prove the right to represent: it bears neither signature nor seal of the "
        "subject.",
    },
    "representation.issue_not_recorded": {
        "ja": "{document}の発行日（issued_on）が記録されていません。",
        "en": "the {document} does not prove the right to represent: its day of issue (issued_on) is not recorded.",
    },
    "representation.issued_after_arrival": {
        "ja": "{document}の発行日が、到着日（{arrived}）より後になっています。",
        "en": "the {document} does not prove the right to represent: its day of issue lies after its arrival on "
        "{arrived}.",
    },
    "representation.masking_open": {
        "ja": "代理権を証する{document}について、{items}の黒塗りが確認されていません。",
        "en": "on the {document} that is to prove the right to represent, masking of the {items} is not confirmed.",
    },
    "representation.person_changed": {
        "ja": "{document}（{arrived}到着）は、変更前の氏名または生年月日について確認したものです。"
        "いまの申し出どおりの書類が必要です。",
        "en": "the {document} ({arrived}) was accepted for a name or birth date that was changed since; it proves no "
        "right to represent now.",
    },
    "representation.beyond_the_mandate": {
        "ja": "委任状は「{right}」を委任していません。本人の委任状を求めるか、amend でその請求を外してください。",
        "en": "the mandate was not given for {right}; ask for one that was, or drop the right with amend.",
    },
    "representation.too_old": {
        "ja": "{document}は、到着日（{arrived}）に発行後3か月を過ぎていました。",
        "en": "the {document} does not prove the right to represent: it was older than three months when it "
        "arrived on "
        "{arrived}.",
    },
}
