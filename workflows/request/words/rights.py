"""What the rules on decisions say to staff: which part of an outcome is missing or does not fit."""

SENTENCES: dict[str, dict[str, str]] = {
    "outcome.does_not_fit": {
        "ja": "{right}の請求に「{outcome}」という結果はありません。選べるのは次のとおりです：{known}。",
        "en": "{right} cannot end as {outcome}; possible are {known}.",
    },
    "outcome.ground_missing": {
        "ja": "{right}：「{outcome}」には不開示等の事由（ground）が必要です。使えるのは次のとおりです：{known}。",
        "en": "{right}: {outcome} needs a ground; possible here are {known}.",
    },
    "outcome.ground_unknown": {
        "ja": "{right}：「{ground}」という事由はありません。使えるのは次のとおりです：{known}。",
        "en": "{right}: there is no ground {ground}; possible here are {known}.",
    },
    "outcome.ground_not_wanted": {
        "ja": "{right}：「{outcome}」に事由（{ground}）は付けられません。",
        "en": "{right}: {outcome} takes no ground ({ground}).",
    },
    "outcome.ground_of_another_right": {
        "ja": "{right}：事由「{ground}」はこの請求には使えません。使えるのは次のとおりです：{known}。",
        "en": "{right}: the ground {ground} does not belong to this right; possible here are {known}.",
    },
    "outcome.ground_of_another_outcome": {
        "ja": "{right}：事由「{ground}」は「{outcome}」には使えません。使えるのは次のとおりです：{known}。",
        "en": "{right}: the ground {ground} does not go with {outcome}; possible here are {known}.",
    },
    "outcome.ground_not_in_force": {
        "ja": "{right}：事由「{ground}」はこの日には施行されていません。使えるのは次のとおりです：{known}。",
        "en": "{right}: the ground {ground} is not in force on that day; possible here are {known}.",
    },
    "outcome.too_early": {
        "ja": "{right}：本人確認（verify-identity）が済むまで「{outcome}」とは決定できません。今できるのは、"
        "手続上の事由による拒否だけです。使える事由：{known}。",
        "en": "{right}: {outcome} can be decided only after verify-identity; before that there is only a refusal on a "
        "procedural ground, which are: {known}.",
    },
    "outcome.too_late": {
        "ja": "{right}：本人確認が済んでいるため、事由「{ground}」は使えません。使えるのは次のとおりです：{known}。",
        "en": "{right}: identity is verified, so the ground {ground} no longer holds; possible here are {known}.",
    },
    "outcome.law_unnamed": {
        "ja": "{right}：事由「{ground}」には、根拠となる法令の名称（{field}）が必要です。",
        "en": "{right}: the ground {ground} needs the name of the law that applies instead ({field}).",
    },
    "outcome.unexplained": {
        "ja": "{right}：「{outcome}」とする場合、または請求と異なる方法による場合は、理由の説明"
        "（explanation）が必要です（{article}）。",
        "en": "{right}: {outcome} needs an explanation when it is no plain yes or goes by another method than asked "
        "({article}).",
    },
    "outcome.measure_missing": {
        "ja": "{right}：代替措置の内容（measure）が記載されていません。",
        "en": "{right}: name the measure that is taken instead (measure).",
    },
    "outcome.change_unstated": {
        "ja": "{right}：何をどのように訂正したか（changed）が記載されていません。",
        "en": "{right}: state what was changed (changed).",
    },
    "outcome.unconfirmed": {
        "ja": "{right}：{measure}は取り消すことができないため、確認（confirmed: true）が必要です。",
        "en": "{right}: the {measure} cannot be undone and must be confirmed (confirmed: true).",
    },
    "outcome.enclosures_negative": {
        "ja": "{right}：同封物の数（enclosures）は0以上で指定してください（{number}は使えません）。",
        "en": "{right}: the number of enclosures must be 0 or more, not {number}.",
    },
    "outcome.passed_to_nobody": {
        "ja": "{right}：「{outcome}」にグループ会社への連絡（passed_to）は付けられません。付けられるのは、開示または"
        "利用停止等を行う（代替措置を含む）場合と、不存在の場合だけです。",
        "en": "{right}: {outcome} is passed to no group company (passed_to); leave it out. Only a disclosure or a halt "
        "that is not refused names them.",
    },
    "outcome.nothing_to_enclose": {
        "ja": "{right}：「{outcome}」の通知に同封物（{number}点）は付けられません。0にしてください。",
        "en": "{right}: {outcome} encloses nothing, but {number} enclosures are named; make it 0.",
    },
}
