"""What the rules on identity say: to staff (``identity.``) and, politely, in a deficiency notice (``deficiency.``).

No sentence of a deficiency notice lets anybody guess whether data is held.
"""

SENTENCES: dict[str, dict[str, str]] = {
    # ---- to staff: what is missing ----
    "identity.none_accepted": {
        "ja": "本人確認ができていません：{holder}について、顔写真付きの書類1点、"
        "または顔写真のない異なる書類2点が必要です。",
        "en": "identity is not proven: of the {holder}, one document with a photograph or two different ones without "
        "are needed.",
    },
    "identity.one_more": {
        "ja": "本人確認ができていません：{holder}について、異なる書類がもう1点必要です"
        "（{document}には顔写真がありません）。",
        "en": "identity is not proven: of the {holder}, one more document is needed ({document} shows no photograph).",
    },
    "identity.needed": {
        "ja": "本人確認ができていません：{holder}について、次が必要です：{ways}。",
        "en": "identity is not proven: of the {holder} this is still needed: {ways}.",
    },
    "identity.needed_besides": {
        "ja": "本人確認ができていません：{holder}について、確認済みの書類（{have}）のほかに、次が必要です：{ways}。",
        "en": "identity is not proven: of the {holder}, besides what was accepted ({have}), this is still needed: "
        "{ways}.",
    },
    "identity.masking_open": {
        "ja": "{holder}の{document}について、{items}の黒塗りが確認されていません。",
        "en": "on the {document} of the {holder}, masking of the {items} is not confirmed.",
    },
    # ---- to staff: why a paper does not count ----
    "identity.unknown_document": {
        "ja": "{holder}の書類「{document}」は、受け付ける書類の表にありません。"
        "表にない公的書類はotherとして登録してください。",
        "en": "the {document} of the {holder} does not count: the table knows no such document; record an "
        "official one as "
        "other.",
    },
    "identity.not_yet_accepted": {
        "ja": "{holder}の{document}は、到着日（{arrived}）にはまだ受け付けていない書類です。",
        "en": "the {document} of the {holder} does not count: it was not yet accepted when it arrived on {arrived}.",
    },
    "identity.no_longer_accepted": {
        "ja": "{holder}の{document}は、到着日（{arrived}）には既に受付を終了している書類です。",
        "en": "the {document} of the {holder} does not count: it was no longer accepted when it arrived on {arrived}.",
    },
    "identity.never_accepted": {
        "ja": "{holder}の{document}は、本人確認書類として使用できません。",
        "en": "the {document} of the {holder} does not count: it is never proof of identity.",
    },
    "identity.name_differs": {
        "ja": "{holder}の{document}の氏名が、請求書の氏名と一致していません。",
        "en": "the {document} of the {holder} does not count: its name does not match.",
    },
    "identity.expiry_not_recorded": {
        "ja": "{holder}の{document}の有効期限（expires_on）が記録されていません。",
        "en": "the {document} of the {holder} does not count: its last day of validity (expires_on) is not recorded.",
    },
    "identity.expired": {
        "ja": "{holder}の{document}は、到着日（{arrived}）に有効期限が切れていました。",
        "en": "the {document} of the {holder} does not count: it had expired when it arrived on {arrived}.",
    },
    "identity.issue_not_recorded": {
        "ja": "{holder}の{document}の発行日（issued_on）が記録されていません。",
        "en": "the {document} of the {holder} does not count: its day of issue (issued_on) is not recorded.",
    },
    "identity.issued_after_arrival": {
        "ja": "{holder}の{document}の発行日が、到着日（{arrived}）より後になっています。",
        "en": "the {document} of the {holder} does not count: its day of issue lies after its arrival on {arrived}.",
    },
    "identity.issued_too_early": {
        "ja": "{holder}の{document}は、本人確認書類として認められる前に発行されたものです。",
        "en": "the {document} of the {holder} does not count: it was issued before such documents became proof of "
        "identity.",
    },
    "identity.too_old": {
        "ja": "{holder}の{document}は、到着日（{arrived}）に発行後3か月を過ぎていました。",
        "en": "the {document} of the {holder} does not count: it was older than three months when it arrived on "
        "{arrived}.",
    },
    "identity.past_its_age": {
        "ja": "{holder}の{document}は、到着日（{arrived}）に発行後{age}を過ぎていました。",
        "en": "the {document} of the {holder} does not count: it was older than {age} when it arrived on {arrived}.",
    },
    "identity.older_than_asked": {
        "ja": "{holder}の{document}は、到着日（{arrived}）に、この手続で求める発行後の期間を過ぎていました。",
        "en": "the {document} of the {holder} was older than this procedure allows when it arrived on {arrived}.",
    },
    "identity.not_original": {
        "ja": "{holder}の{document}は写しです。原本が必要です。",
        "en": "the {document} of the {holder} does not count: it is a copy, and the original is needed.",
    },
    "identity.shows_no_address": {
        "ja": "{holder}の{document}には、申し出の住所の記載がありません。",
        "en": "the {document} of the {holder} does not count here: it does not show the stated address.",
    },
    "identity.not_taken_here": {
        "ja": "{holder}の{document}は、この窓口の手続では受け付けていない書類です。",
        "en": "the {document} of the {holder} does not count: this office's procedure does not take it.",
    },
    "identity.not_of_the_rule": {
        "ja": "{holder}の{document}は、この請求の本人確認に使える書類ではありません。",
        "en": "the {document} of the {holder} is none of the papers that this procedure asks for.",
    },
    "identity.seal_differs": {
        "ja": "{holder}の{document}の印影が、請求書の印影と一致していません。",
        "en": "the {document} of the {holder} does not count: the form does not bear its seal.",
    },
    "identity.second_person_needed": {
        "ja": "{holder}の{document}を認めるには、別の担当者の承認が必要です（override --what {what} の後にapprove）。",
        "en": "the {document} of the {holder} does not count yet: it needs a second person (override --what "
        "{what}, then "
        "approve).",
    },
    # ---- to staff: the address ----
    "identity.address_not_shown": {
        "ja": "{holder}の申し出の住所を示す書類がありません。住民票の写しが必要です。",
        "en": "no accepted document of the {holder} shows the stated address; a resident record is needed.",
    },
    "identity.address_code_only": {
        "ja": "{holder}の申し出の住所は、書式コードが返送されただけでは確認できません。住民票の写しが必要です。",
        "en": "the stated address of the {holder} is not shown by the form code coming back from it; a resident "
        "record is "
        "needed.",
    },
    "identity.address_differs": {
        "ja": "{holder}の書類の住所が、申し出の住所と異なります。申し出の住所を示す住民票の写しが必要です。",
        "en": "the documents of the {holder} show another address than the stated one; a resident record showing "
        "it is "
        "needed.",
    },
    "identity.address_passport": {
        "ja": "{holder}の旅券は住所を証明しません（2020年2月4日より前に発行されたものを除く）。"
        "住民票の写しが必要です。",
        "en": "the passport of the {holder} proves no address unless it was issued before 2020-02-04; a resident "
        "record is "
        "needed.",
    },
    "identity.address_on_record_only": {
        "ja": "この窓口の手続では、回答は記録にある住所にのみ送ります。確認する人が記録と照らし、"
        "verify-identity --address-on-record としてください。",
        "en": "by this office's procedure the answer goes to an address on record alone: a verifier looks it up and "
        "says so (verify-identity --address-on-record).",
    },
    # ---- to staff: what was proven of what stood before ----
    "identity.person_changed": {
        "ja": "{holder}の{document}（{arrived}到着）は、変更前の氏名または生年月日について確認したものです。"
        "いまの申し出どおりの書類が必要です。",
        "en": "the {document} of the {holder} ({arrived}) was accepted for the name or birth date stated before it was "
        "changed; it proves nothing of what is stated now.",
    },
    "identity.address_changed": {
        "ja": "{holder}の書類は、変更前の住所について確認したものです。いまの住所を示す住民票の写しが必要です。"
        "届いた書類がいまの住所を示しているときは、確認する人が verify-identity --address-shown-by でそう記録します。",
        "en": "the documents of the {holder} were accepted for the address stated before; a resident record showing "
        "the present one is needed. Where a paper that came shows it, whoever verifies says so: verify-identity "
        "--address-shown-by.",
    },
    "identity.address_hinted": {
        "ja": "{holder}の住所を示す書類がありません。記録にある住所とのことですので、"
        "書き込んだ人以外の確認する人が記録と照らして verify-identity --address-on-record とするか、"
        "住民票の写しを求めてください。",
        "en": "no accepted document of the {holder} shows the stated address. It was said to be on record: a verifier "
        "who did not write it down looks it up and says so (verify-identity --address-on-record); else a resident "
        "record is needed.",
    },
    "identity.birth_date_unseen": {
        "ja": "{holder}の生年月日は、書類を確認した後に伝えられたものです。書類と照らし、"
        "verify-identity --birth-date-seen としてください。",
        "en": "the birth date of the {holder} was told after the papers had been judged; compare it with them and say "
        "so: verify-identity --birth-date-seen.",
    },
    # ---- to staff: asking again ----
    "identity.missing_unknown": {
        "ja": "「{word}」は補正を求める事項にありません。使えるのは次のとおりです：{known}。",
        "en": "{word} is nothing that can be asked for again; known are {known}.",
    },
    "identity.masking_unknown": {
        "ja": "「{word}」は使えません。黒塗りが必要な書類は次のとおりです：{known}。",
        "en": "{word} names no document on which something is blocked out; known are {known}.",
    },
    # ---- in a deficiency notice, one for each word of ask-again ----
    "deficiency.unsigned": {
        "ja": "請求書にご署名またはご捺印がありませんでした。所定の欄にご署名またはご捺印のうえ、お送りください。",
        "en": "The form was not signed. Please sign or seal it in the space provided and send it to us.",
    },
    "deficiency.unsigned_signature": {
        "ja": "請求書にご署名がありませんでした。所定の欄にご署名のうえ、お送りください。",
        "en": "The form was not signed. Please sign it in the space provided and send it to us.",
    },
    "deficiency.unsealed": {
        "ja": "請求書に必要な印が押されていませんでした。所定の欄にご捺印のうえ、お送りください。",
        "en": "The form did not bear the seal it needs. Please put your seal in the space provided and send it to us.",
    },
    "deficiency.form": {
        "ja": "「{form}」が同封されていませんでした。ご記入のうえ、お送りください。",
        "en": "The form “{form}” was not enclosed. Please fill it in and send it to us.",
    },
    "deficiency.pages": {
        "ja": "お送りいただいた請求書に、不足しているページがありました。すべてのページをそろえてお送りください。",
        "en": "Pages of the form were missing. Please send us all of its pages.",
    },
    "deficiency.document": {
        "ja": "本人確認書類が不足しております。{holder}について、顔写真付きの書類を1点、"
        "または顔写真のない異なる種類の書類を"
        "2点（既に確認できた書類があれば残りの1点）、お送りください。",
        "en": "We need further proof of identity of {holder}. Please send one document with a photograph, or two "
        "different "
        "documents without one (only one more where we have already accepted one).",
    },
    "deficiency.needed": {
        "ja": "本人確認書類が不足しております。{holder}について、次をお送りください：{ways}。",
        "en": "We need further proof of identity of {holder}. Please send this: {ways}.",
    },
    "deficiency.needed_besides": {
        "ja": "{holder}の本人確認書類のうち、{have}は確認いたしました。このほかに、次をお送りください：{ways}。",
        "en": "We have accepted this as proof of identity of {holder}: {have}. Besides it, please send: {ways}.",
    },
    "deficiency.past_its_age": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、到着した日（{arrived}）に"
        "発行から{age}を過ぎておりました。",
        "en": "The {document} of {holder} had been issued more than {age} before it reached us on {arrived}.",
    },
    "deficiency.older_than_asked": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、到着した日（{arrived}）に、お願いしている発行後の期間を"
        "過ぎておりました。",
        "en": "The {document} of {holder} was older than we can accept when it reached us on {arrived}.",
    },
    "deficiency.not_original": {
        "ja": "お送りいただいた{document}（{holder}のもの）は写しでした。原本をお送りください。",
        "en": "The {document} of {holder} was a copy. Please send us the original.",
    },
    "deficiency.shows_no_address": {
        "ja": "お送りいただいた{document}（{holder}のもの）には、お申し出のご住所の記載がありませんでした。",
        "en": "The {document} of {holder} does not show the address you stated.",
    },
    "deficiency.not_taken_here": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、この手続の本人確認書類としてお受けしておりません。",
        "en": "We do not take the {document} of {holder} as proof of identity in this procedure.",
    },
    "deficiency.address_on_record_only": {
        "ja": "ご回答は、当方に登録のあるご住所にのみお送りしております。"
        "ご登録のご住所をご確認のうえ、お知らせください。",
        "en": "We send answers only to the address we have on record. Please check it and tell us.",
    },
    "deficiency.person_changed": {
        "ja": "{holder}のお名前または生年月日についてご変更のお申し出がありましたので、"
        "変更後の内容を確認できる本人確認書類をお送りください。",
        "en": "We were told of a change of the name or birth date of {holder}. Please send proof of identity that "
        "shows what holds now.",
    },
    "deficiency.address_changed": {
        "ja": "{holder}のご住所についてご変更のお申し出がありましたので、新しいご住所が記載された住民票の写し"
        "（発行後3か月以内）をお送りください。",
        "en": "We were told of a change of the address of {holder}. Please send a resident record that shows the new "
        "address (issued within three months).",
    },
    "deficiency.right_not_ticked": {
        "ja": "「{form}」に「{right}」のお印（✓）がありませんでした。ご希望のときは、"
        "印を付けてご署名のうえ、お送りください。",
        "en": "The box for {right} was not ticked on the form “{form}”. If you wish it, please tick the box, sign the "
        "form and send it to us.",
    },
    "deficiency.masking": {
        "ja": "{document}に黒塗りされていない事項がありました。{items}を黒塗りした写しを、改めてお送りください。",
        "en": "Something on the copy of the {document} was not blocked out. Please send a new copy with the "
        "following "
        "blocked out: {items}.",
    },
    "deficiency.authority": {
        "ja": "代理権を確認できませんでした。確認できる書類"
        "（親権者等の方は戸籍謄本または続柄の記載された住民票の写し、"
        "成年後見人の方は発行後3か月以内の登記事項証明書、"
        "委任による代理人の方はご本人の署名または捺印のある委任状）を"
        "1点お送りください。",
        "en": "We could not confirm the right to represent. Please send one document that shows it: for a parent "
        "or guardian "
        "of a minor a family register or a resident record stating the relation, for the guardian of an adult a "
        "registration certificate issued within the last three months, for an agent the proxy statement signed or "
        "sealed "
        "by the individual.",
    },
    "deficiency.authority_needed": {
        "ja": "代理権を確認できませんでした。次をお送りください：{ways}。",
        "en": "We could not confirm the right to represent. Please send this: {ways}.",
    },
    "deficiency.authority_relation": {
        "ja": "代理権を確認できませんでした。ご本人との関係が記載された次の書類をお送りください：{ways}。",
        "en": "We could not confirm the right to represent. Please send this, showing the relation to the individual: "
        "{ways}.",
    },
    "deficiency.mandate_needed": {
        "ja": "代理権を確認できませんでした。ご本人の署名または捺印のある次の書類をお送りください：{ways}。",
        "en": "We could not confirm the right to represent. Please send this, signed or sealed by the individual: "
        "{ways}.",
    },
    "deficiency.mandate_signed": {
        "ja": "代理権を確認できませんでした。ご本人の署名のある次の書類をお送りください：{ways}。",
        "en": "We could not confirm the right to represent. Please send this, signed by the individual: {ways}.",
    },
    "deficiency.only_there": {
        "ja": "代理人様の本人確認書類は、次の方法でお示しください：{where}。",
        "en": "Please show us the identity documents of the representative like this: {where}.",
    },
    "deficiency.address": {
        "ja": "ご回答をお送りするご住所を確認できませんでした。そのご住所の記載された、"
        "発行後3か月以内の住民票の写しを"
        "お送りください（本籍、個人番号および住民票コードの記載がある場合は、黒塗りをお願いいたします）。",
        "en": "We could not confirm the address the answer is to go to. Please send a resident record that shows "
        "it, issued "
        "within the last three months, with the registered domicile, My Number and resident record code blocked "
        "out where "
        "they are printed.",
    },
    "deficiency.address_by": {
        "ja": "ご回答をお送りするご住所を確認できませんでした。そのご住所の記載された次の書類をお送りください：{ways}。"
        "{masking}",
        "en": "We could not confirm the address the answer is to go to. Please send a document that shows it: {ways}."
        "{masking}",
    },
    "deficiency.address_any": {
        "ja": "ご回答をお送りするご住所を確認できませんでした。そのご住所の記載された公的な書類をお送りください。",
        "en": "We could not confirm the address the answer is to go to. Please send an official document that shows "
        "it.",
    },
    "deficiency.address_changed_by": {
        "ja": "{holder}のご住所についてご変更のお申し出がありましたので、新しいご住所の記載された次の書類をお送りくださ"
        "い：{ways}。{masking}",
        "en": "We were told of a change of the address of {holder}. Please send a document that shows the new address: "
        "{ways}.{masking}",
    },
    "deficiency.address_changed_any": {
        "ja": "{holder}のご住所についてご変更のお申し出がありましたので、新しいご住所の記載された公的な書類をお送りくだ"
        "さい。",
        "en": "We were told of a change of the address of {holder}. Please send an official document that shows the "
        "new address.",
    },
    "deficiency.correction": {
        "ja": "訂正等をお求めの内容を確認できませんでした。事実と異なる内容と、正しい内容を、"
        "請求書にご記入のうえお送りください。",
        "en": "We could not see what is to be corrected. Please write on the form which content is wrong and what "
        "would be "
        "right.",
    },
    # ---- in a deficiency notice, where the engine knows more than the word ----
    "deficiency.one_more": {
        "ja": "{document}（{holder}のもの）を確認いたしましたが、顔写真がないため、"
        "異なる種類の本人確認書類がもう1点必要です。",
        "en": "We have accepted the {document} of {holder}. As it shows no photograph, please send one more, "
        "different "
        "document.",
    },
    "deficiency.expired": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、到着した日（{arrived}）に有効期限が過ぎておりました。",
        "en": "The {document} of {holder} had expired when it reached us on {arrived}.",
    },
    "deficiency.too_old": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、到着した日"
        "（{arrived}）に発行から3か月を過ぎておりました。",
        "en": "The {document} of {holder} had been issued more than three months before it reached us on {arrived}.",
    },
    "deficiency.no_longer_accepted": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、本人確認書類としての受付を終了しております。",
        "en": "The {document} of {holder} is no longer accepted as proof of identity.",
    },
    "deficiency.never_accepted": {
        "ja": "お送りいただいた{document}（{holder}のもの）は、本人確認書類としてお受けすることができません。",
        "en": "The {document} of {holder} cannot be accepted as proof of identity.",
    },
    "deficiency.name_differs": {
        "ja": "お送りいただいた{document}（{holder}のもの）のお名前が、請求書のお名前と一致しておりませんでした。",
        "en": "The name on the {document} of {holder} differs from the name on the form.",
    },
    "deficiency.seal_differs": {
        "ja": "お送りいただいた{document}（{holder}のもの）の印影が、請求書の印影と一致しておりませんでした。",
        "en": "The seal on the form is not the one on the {document} of {holder}.",
    },
    "deficiency.of_age": {
        "ja": "ご本人様は請求書の到着した日（{arrived}）に成年に達しておられますので、"
        "ご本人様から直接ご請求いただくか、"
        "ご本人様が署名または捺印された委任状をお送りください。",
        "en": "The individual was of age on the day the form reached us ({arrived}). Please have the individual "
        "ask in "
        "person, or send us a proxy statement signed or sealed by the individual.",
    },
    "deficiency.registration": {
        "ja": "代理人様の登録番号を確認できませんでした。登録番号をお知らせください。",
        "en": "We could not see the representative's registration number. Please tell us the number.",
    },
    "deficiency.birth_date": {
        "ja": "ご本人様の生年月日を確認できませんでした。代理権を確認できる書類とあわせてお知らせください。",
        "en": "We could not see the individual's date of birth. Please tell us together with proof of the right to "
        "represent.",
    },
}
