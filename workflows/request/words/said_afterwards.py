"""What becomes of the papers a person sent: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_afterwards.evidence": {
        "ja": "本人確認書類の写しは、お答えを発送した後、速やかに廃棄いたします。",
        "en": "We destroy the copies of identity documents promptly after our answer has been posted.",
    },
    "said_afterwards.evidence_returned": {
        "ja": "本人確認書類などは、お答えに同封してお返しいたします。",
        "en": "We return the identity documents and proofs together with the answer.",
    },
    "said_afterwards.evidence_destroyed": {
        "ja": "本人確認書類などは、お答えの後、{span}以内に廃棄いたします。",
        "en": "We destroy the identity documents and proofs within {span} of the answer.",
    },
    "said_afterwards.forms_returned": {
        "ja": "請求書は、お答えに同封してお返しいたします。",
        "en": "We return the forms together with the answer.",
    },
    "said_afterwards.forms_destroyed": {
        "ja": "請求書は、お答えの後、{span}以内に廃棄いたします。",
        "en": "We destroy the forms within {span} of the answer.",
    },
}
