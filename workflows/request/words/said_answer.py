"""What the answer is, how it goes, and what becomes of the papers: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_answer.sent": {
        "ja": "書類がそろい、ご本人または代理人であることを確認できましたら、遅滞なく「個人情報開示等通知書」を郵送し"
        "、ご請求の項目ごとに結果をお知らせいたします。",
        "en": "Once the documents are complete and we have confirmed who is asking, we send you, without delay and "
        "by post, a “Personal information disclosure notification” with the result of each request.",
    },
    "said_answer.copies_destroyed": {
        "ja": "本人確認書類の写しは、お答えを発送した後、速やかに廃棄いたします。",
        "en": "We destroy the copies of identity documents promptly after our answer has been posted.",
    },
}
