"""What is said of the definition an office would start under."""

SENTENCES: dict[str, dict[str, str]] = {
    "older_definition": {
        "ja": "第{newest}版が既に使われているため、第{version}版では起動できません。第{newest}版以降を"
        "配置してください。前の内容に戻すときは、それを第{next}版とします。",
        "en": "version {newest} is in force already, so version {version} cannot start. Deploy version {newest} or "
        "newer; to return to an older shape, declare it as version {next}.",
    },
    "definition_changed": {
        "ja": "第{version}版の内容が、記録されている第{version}版と違います。版の番号を上げるか、記録された内容に"
        "戻してください。",
        "en": "version {version} was recorded in another shape. Raise the version, or return to the recorded shape.",
    },
    "state_vanished": {
        "ja": "新しい版にない状態（または終了となる状態）に、未了の請求があります：{states}。それらが進むまで、"
        "その状態を残してください。",
        "en": "open cases stand in states that the new version does not know as open: {states}. Keep these states "
        "until the cases have left them.",
    },
}
