"""What the labels of our forms ask for: the first signs of a label, without blanks, in both languages.

A label that is not here is left empty, as a person would leave a question they do not understand; a test sees that the
questions every form must ask are understood.
"""

from collections.abc import Mapping

from workflows.request.values import Party

ROOMS: Mapping[str, str] = {
    "氏名": "name",
    "差出人のお名前": "name",
    "フリガナ": "kana",
    "生年月日": "birth",
    "郵便番号": "postcode",
    "住所": "address",
    "電話番号": "phone",
    "日中の電話番号": "phone",
    "以前の氏名": "earlier",
    "Nameinkatakana": "kana",
    "Name": "name",
    "Yourname": "name",
    "Dateofbirth": "birth",
    "Postcode": "postcode",
    "Address": "address",
    "Daytimetelephone": "phone",
    "Earliername": "earlier",
}

SQUARES: Mapping[str, str] = {
    "利用目的の通知": "purpose_notice",
    "個人情報の開示": "disclosure",
    "第三者提供記録の開示": "provision_records",
    "内容の訂正": "correction",
    "利用の停止または消去": "halt_use",
    "第三者への提供の停止": "halt_provision",
    "Notificationofpurposes": "purpose_notice",
    "Disclosureofpersonal": "disclosure",
    "Disclosureofrecords": "provision_records",
    "Correction,addition": "correction",
    "Ceasingofuse": "halt_use",
    "Ceasingofprovision": "halt_provision",
    # how to disclose it
    "書面": "paper",
    "電子データ": "electronic",
    "onpaper": "paper",
    "electronically": "electronic",
    # the correction form
    "誤りの訂正": "correct",
    "足りない内容": "add",
    "不要な内容": "delete",
    "correctionofanerror": "correct",
    "additionofwhat": "add",
    "deletionofwhat": "delete",
    # the halt form
    "個人情報の利用の停止": "halt_use",
    "個人情報の消去": "erase",
    "Ceasingoftheuse": "halt_use",
    "Erasureof": "erase",
    "利用する必要がなくなった": "unneeded",
    "Itisnolongerneeded": "unneeded",
    # who acts
    "親権者": "minor",
    "成年後見人": "adult_ward",
    "任意代理人": "agent",
    "parentorguardian": "minor",
    "guardianofanadult": "adult_ward",
    "agentbymandate": "agent",
    # papers, and what the return slip lists
    "運転免許証": "drivers_licence",
    "旅券": "passport",
    "個人番号カード": "my_number_card",
    "在留カード": "residence_card",
    "住民票": "resident_record",
    "driver'slicence": "drivers_licence",
    "passport": "passport",
    "MyNumbercard": "my_number_card",
    "residencecard": "residence_card",
    "residentrecord": "resident_record",
    "個人情報利用目的": "form:disclosure",
    "個人情報訂正等請求書": "form:correction",
    "個人情報利用停止等請求書": "form:halt",
    "委任状": "form:proxy",
    "本人確認書類の写し": "copies",
    "Personalinformationpurpose": "form:disclosure",
    "Personalinformationcorrection": "form:correction",
    "Personalinformationutilization": "form:halt",
    "Proxystatement": "form:proxy",
    "Copiesofidentitydocumentsoftheindividual": "copies",
}

_REPRESENTATIVE = ("代理人", "Representative", "Theagent")


def asked(label: str, words: Mapping[str, str]) -> str | None:
    """Return what a label asks for, or nothing where it is not known. The longest known beginning counts."""
    plain = label.lstrip("★")
    fitting = [known for known in words if plain.startswith(known)]
    return words[max(fitting, key=len)] if fitting else None


def whose(section: str) -> Party:
    """Return whom the questions under this heading are about."""
    return Party.REPRESENTATIVE if section.lstrip("0123456789").startswith(_REPRESENTATIVE) else Party.SUBJECT
