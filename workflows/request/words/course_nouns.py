"""The words for what an office's own procedure brings: its steps, ways, papers, and the times it promises."""

from workflows.words.nouns import Noun, grouped, noun

_GROUPS: dict[str, dict[str, Noun]] = {
    "step_result": {
        "agreed": noun("賛成", "agreed"),
        "objected": noun("反対", "objected"),
        "answered": noun("回答あり", "answered"),
        "no_answer": noun("回答なし", "no answer"),
    },
    "manner": {
        "viewing": noun("閲覧", "viewing"),
        "copies": noun("写しの交付", "copies handed over"),
        "post": noun("写しの送付", "copies by post"),
        "electronic": noun("電磁的記録の交付", "an electronic record"),
    },
    "paper_kind": {
        "evidence": noun("本人確認書類", "identity documents"),
        "forms": noun("請求書", "forms"),
    },
    "papers_end": {
        "returned": noun("返却", "sent back"),
        "destroyed": noun("廃棄", "destroyed"),
    },
    "transition": {
        "open_step": noun("決定前の手順の開始", "open-step"),
        "finish_step": noun("決定前の手順の結果", "finish-step"),
        "undo_step": noun("決定前の手順の結果の取消し", "undo-step"),
        "undo_step_opening": noun("決定前の手順の開始の取消し", "undo-step-opening"),
        "move_window": noun("窓口の記録", "move-window"),
        "acknowledge": noun("受付の連絡", "acknowledge"),
        "choose_delivery": noun("受取方法の選択", "choose-delivery"),
        "tell_ready": noun("受取りの案内", "tell-ready"),
        "undo_ready": noun("受取りの案内の取消し", "undo-ready"),
        "hand_over": noun("回答の交付", "hand-over"),
        "apply_execution": noun("実施方法の申出", "apply-execution"),
        "carry_out": noun("開示の実施", "carry-out"),
        "undo_execution": noun("開示の実施の取消し", "undo-execution"),
        "undo_application": noun("実施方法の申出の取消し", "undo-application"),
        "end_papers": noun("書類の処分", "end-papers"),
        "undo_papers": noun("書類の処分の取消し", "undo-papers"),
        "chase": noun("窓口の期限の知らせ", "chase"),
        "end_collecting": noun("受取り待ちの打切り", "end-collecting"),
    },
    "event": {
        "step_opened": noun("手順を始めた日", "the opening of the step"),
        "told_ready": noun("受取りの案内をした日", "the word that it lies ready"),
        "decision_told": noun("決定を通知した日", "the notice of the decision"),
        "applied": noun("実施の方法の申出の日", "the application for it"),
        "answered": noun("回答した日", "the answer"),
        "closed": noun("終了した日", "the end of the request"),
        "came_back": noun("戻ってきた日", "the day it came back"),
    },
    "due": {
        "promised": noun("窓口が約束した回答の日", "the office's promise"),
        "acknowledge_by": noun("受付の連絡の期限", "the word that the request is here"),
        "step_due": noun("決定前の手順の期限", "the step before the decision"),
        "collect_by": noun("受取りの期限", "the time to collect the answer"),
        "choose_by": noun("実施方法の申出の期限", "the time to say in which manner"),
        "execution_due": noun("開示の実施の期限", "the carrying out"),
        "papers_evidence": noun("本人確認書類の処分の期限", "the end of the identity documents"),
        "papers_forms": noun("請求書の処分の期限", "the end of the forms"),
        "kept_back": noun("戻ってきた回答の保管の期限", "the keeping of what came back"),
    },
}
NOUNS: dict[str, Noun] = grouped(_GROUPS)
