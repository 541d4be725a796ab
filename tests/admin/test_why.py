"""What `why` answers in each state, word for word: it should read like a colleague's answer, in either language.

Each text below is the whole answer. Whoever changes a sentence changes it here too, and reads it once more where it
stands.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clock import machine_now
from models.office import set_offset
from tests.admin.conftest import Script
from tests.office import APPROVER, CLERK, MONDAY, VERIFIER, TestOffice
from tests.people import a_person
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason


@pytest.fixture
def office(fresh: Path, database_url: str) -> Iterator[TestOffice]:
    """The office of the script, on a day of its own: an hour after everything that the stories do."""
    made = TestOffice(database_url, fresh)
    it_is(made, MONDAY + timedelta(hours=1))
    yield made
    made.close()


def it_is(office: TestOffice, moment: datetime) -> None:
    """Set the clock of the script, back too, which no command does."""
    with office.writing() as db:
        set_offset(db, round((moment - machine_now(db)) / timedelta(microseconds=1)))


def brought_about(office: TestOffice, situation: str) -> str:
    """Return the number of a case in this situation."""
    if situation == "forms_returned":
        return office.returned(proven=False)
    if situation == "on hold":
        case = office.opened()
        office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION))
        return case
    if situation == "held by the system":
        _, second = [office.opened(subject=a_person(address="3-21 Example, Chiyoda-ku, Tokyo")) for _ in range(2)]
        return second
    if situation == "past the law's date":
        case = office.returned(proven=False)
        it_is(office, MONDAY + timedelta(days=16))
        return case
    return office.in_state(situation)


ASKS = {"forms_returned": VERIFIER, "past the law's date": VERIFIER, "id_verified": APPROVER}
"""Who asks; in every other situation the clerk."""

ANSWERS: dict[str, dict[str, str]] = {
    "contacted": {
        "en": """
26-000001-D (contacted): the forms are not in the post yet; the next move is
ours.
You can now:
  amend     change the address, contact, representative or rights, and say why
  withdraw  close the case because the subject takes the request back
  hold      let the office's deadlines stand still
Not yet:
  mail-forms
    - 26-000001-D-01 is not printed yet; print it first.
  void
    - it is for people with this role: lead; staff list shows who has it.
Not from here: undeliverable, receive-forms, ask-again, verify-identity,
unverify, decide, fulfil, refuse, reopen, resume, extend, record-posting,
record-return, post-again, override, approve.
""",
        "ja": """
26-000001-D は「受付済み」です。書式はまだ投函していません。次に動くのは当社です。
いまできること:
  amend     住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  withdraw  取下げを受けて終了します。
  hold      窓口の期限を止めます。法律上の期限は止まりません。
まだできないこと:
  mail-forms
    - 26-000001-D-01 はまだ印刷していません。先に print で印刷してください。
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かります。
この状態では行わないこと: undeliverable、receive-forms、ask-again、
verify-identity、unverify、decide、fulfil、refuse、reopen、resume、extend、
record-posting、record-return、post-again、override、approve。
""",
    },
    "forms_mailed": {
        "en": """
26-000001-D (forms_mailed): the forms are in the post; the next move is theirs.
They may answer to the end of 2027-01-12, the mail of that day included.
You can now:
  amend          change the address, contact, representative or rights, and say
                 why
  undeliverable  record that the round's forms came back
  receive-forms  register what came back, at its arrival time
  withdraw       close the case because the subject takes the request back
  hold           let the office's deadlines stand still
  record-return  record that the post brought a letter back
Not yet:
  void
    - it is for people with this role: lead; staff list shows who has it.
Not from here: mail-forms, ask-again, verify-identity, unverify, decide, fulfil,
refuse, reopen, resume, extend, record-posting, post-again, override, approve.
""",
        "ja": """
26-000001-D は「書式発送済み」です。書式を投函し、返送を待っています。
2027-01-12が終わるまで、その日に届く郵便を含めて、本人の返送を待ちます。
いまできること:
  amend          住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  undeliverable  今回の書式が戻ってきたことを記録します。書式コードは無効になり
                 ます。
  receive-forms  返送されたものを、到着した日時で登録します。コードが合わなけれ
                 ば責任者の確認まで保留します。
  withdraw       取下げを受けて終了します。
  hold           窓口の期限を止めます。法律上の期限は止まりません。
  record-return  手紙が戻ってきたことを記録します。
まだできないこと:
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かります。
この状態では行わないこと: mail-forms、ask-again、verify-identity、unverify、
decide、fulfil、refuse、reopen、resume、extend、record-posting、post-again、
override、approve。
""",
    },
    "forms_returned": {
        "en": """
26-000001-D (forms_returned): the forms came back; we check them and the
identity.
You can now:
  ask-again  ask for all that is missing in ONE deficiency notice
  decide     decide each right
  override   ask to accept less (or to ask for more) evidence than the table
Not yet:
  amend, withdraw, hold, record-posting, record-return
    - it is for people with this role: clerk; staff list shows who has it.
  verify-identity
    - identity is not proven: of the subject, one document with a photograph or
      two different ones without are needed.
    - no accepted document of the subject shows the stated address. It was said
      to be on record: a verifier who did not write it down looks it up and says
      so (verify-identity --address-on-record); else a resident record is
      needed.
  refuse
    - it is for people with this role: approver; staff list shows who has it.
    - the outcome for disclosure is not decided yet; use decide.
Not from here: mail-forms, undeliverable, receive-forms, unverify, fulfil, void,
reopen, resume, extend, post-again, approve.
""",
        "ja": """
26-000001-D は「書式返送済み」です。届いた書式と本人確認書類を確かめるところです。
いまできること:
  ask-again  足りないものすべてを、一通の補正依頼で求めます。
  decide     請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴
             に残ります。
  override   書類の不足の例外を申請します（承認は別の人がします）。
まだできないこと:
  amend, withdraw, hold, record-posting, record-return
    - この役割の人が行います：受付担当。だれが該当するかは staff list で分かりま
      す。
  verify-identity
    - 本人確認ができていません：本人について、顔写真付きの書類1点、または顔写真
      のない異なる書類2点が必要です。
    - 本人の住所を示す書類がありません。記録にある住所とのことですので、書き込ん
      だ人以外の確認する人が記録と照らして verify-identity --address-on-record
      とするか、住民票の写しを求めてください。
  refuse
    - この役割の人が行います：承認者。だれが該当するかは staff list で分かります。
    - 「開示」の結果がまだ決まっていません。decide で決めてください。
この状態では行わないこと: mail-forms、undeliverable、receive-forms、unverify、
fulfil、void、reopen、resume、extend、post-again、approve。
""",
    },
    "past the law's date": {
        "en": """
26-000001-D (forms_returned): the forms came back; we check them and the
identity.
Since 2026-11-24 the individual may sue (APPI 39(1)): that date has passed.
You can now:
  ask-again  ask for all that is missing in ONE deficiency notice
  decide     decide each right
  override   ask to accept less (or to ask for more) evidence than the table
Not yet:
  amend, withdraw, hold, record-posting, record-return
    - it is for people with this role: clerk; staff list shows who has it.
  verify-identity
    - identity is not proven: of the subject, one document with a photograph or
      two different ones without are needed.
    - no accepted document of the subject shows the stated address. It was said
      to be on record: a verifier who did not write it down looks it up and says
      so (verify-identity --address-on-record); else a resident record is
      needed.
  refuse
    - it is for people with this role: approver; staff list shows who has it.
    - the outcome for disclosure is not decided yet; use decide.
Not from here: mail-forms, undeliverable, receive-forms, unverify, fulfil, void,
reopen, resume, extend, post-again, approve.
""",
        "ja": """
26-000001-D は「書式返送済み」です。届いた書式と本人確認書類を確かめるところです。
2026-11-24を過ぎたため、本人は訴えを提起できます（個人情報保護法第39条第1項）。
いまできること:
  ask-again  足りないものすべてを、一通の補正依頼で求めます。
  decide     請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴
             に残ります。
  override   書類の不足の例外を申請します（承認は別の人がします）。
まだできないこと:
  amend, withdraw, hold, record-posting, record-return
    - この役割の人が行います：受付担当。だれが該当するかは staff list で分かりま
      す。
  verify-identity
    - 本人確認ができていません：本人について、顔写真付きの書類1点、または顔写真
      のない異なる書類2点が必要です。
    - 本人の住所を示す書類がありません。記録にある住所とのことですので、書き込ん
      だ人以外の確認する人が記録と照らして verify-identity --address-on-record
      とするか、住民票の写しを求めてください。
  refuse
    - この役割の人が行います：承認者。だれが該当するかは staff list で分かります。
    - 「開示」の結果がまだ決まっていません。decide で決めてください。
この状態では行わないこと: mail-forms、undeliverable、receive-forms、unverify、
fulfil、void、reopen、resume、extend、post-again、approve。
""",
    },
    "id_verified": {
        "en": """
26-000001-D (id_verified): the identity is proven; we owe the answer.
There is nothing for you to do now.
Not yet:
  amend, withdraw, hold, record-posting, record-return
    - it is for people with this role: clerk; staff list shows who has it.
  unverify, decide
    - it is for people with this role: clerk, verifier; staff list shows who has
      it.
  fulfil, refuse
    - the outcome for disclosure is not decided yet; use decide.
Not from here: mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, void, reopen, resume, extend, post-again, override, approve.
""",
        "ja": """
26-000001-D は「本人確認済み」です。次に行うのは、決定と回答です。
いまあなたにできることはありません。
まだできないこと:
  amend, withdraw, hold, record-posting, record-return
    - この役割の人が行います：受付担当。だれが該当するかは staff list で分かりま
      す。
  unverify, decide
    - この役割の人が行います：受付担当、本人確認担当。だれが該当するかは staff
      list で分かります。
  fulfil, refuse
    - 「開示」の結果がまだ決まっていません。decide で決めてください。
この状態では行わないこと: mail-forms、undeliverable、receive-forms、ask-again、
verify-identity、void、reopen、resume、extend、post-again、override、approve。
""",
    },
    "fulfilled": {
        "en": """
26-000001-D (fulfilled): the answer is released, and the case is closed.
You can now:
  record-return  record that the post brought a letter back
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, post-again, override, approve.
""",
        "ja": """
26-000001-D は「措置・通知済み」です。回答を承認し、終了しました。
いまできること:
  record-return  手紙が戻ってきたことを記録します。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、post-again、override、approve。
""",
    },
    "refused": {
        "en": """
26-000001-D (refused): the refusal is released, and the case is closed.
You can now:
  record-return  record that the post brought a letter back
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, post-again, override, approve.
""",
        "ja": """
26-000001-D は「拒否」です。請求に応じない旨の回答を承認し、終了しました。
いまできること:
  record-return  手紙が戻ってきたことを記録します。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、post-again、override、approve。
""",
    },
    "withdrawn": {
        "en": """
26-000001-D (withdrawn): the request was taken back, and the case is closed.
There is nothing for you to do now.
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, record-return, post-again, override, approve.
""",
        "ja": """
26-000001-D は「取下げ」です。本人が請求を取り下げ、終了しました。
いまあなたにできることはありません。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、record-return、post-again、
override、approve。
""",
    },
    "lapsed": {
        "en": """
26-000001-D (lapsed): the forms never came, and the case is closed; if they come
after all, it can be reopened.
You can now:
  reopen         take up a lapsed case whose forms came after all
  record-return  record that the post brought a letter back
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, hold, resume,
extend, record-posting, post-again, override, approve.
""",
        "ja": """
26-000001-D は「期限経過による終了」です。書式が返送されないまま期限が過ぎ、終了
しました。届けば再開できます。
いまできること:
  reopen         期限経過で終了した後に届いた書式を登録し、手続を再開します。
  record-return  手紙が戻ってきたことを記録します。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
hold、resume、extend、record-posting、post-again、override、approve。
""",
    },
    "voided": {
        "en": """
26-000001-D (voided): it was closed as a duplicate, as misdirected or as opened
by mistake.
There is nothing for you to do now.
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, record-return, post-again, override, approve.
""",
        "ja": """
26-000001-D は「無効」です。重複、宛先違いまたは受付の誤りとして、終了しました。
いまあなたにできることはありません。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、record-return、post-again、
override、approve。
""",
    },
    "on hold": {
        "en": """
26-000001-D (contacted): the forms are not in the post yet; the next move is
ours.
It is on hold until 2026-12-08 (awaiting information, by sato).
You can now:
  amend     change the address, contact, representative or rights, and say why
  withdraw  close the case because the subject takes the request back
  resume    let the deadlines run again, later by the working days on hold
Not yet:
  void
    - it is for people with this role: lead; staff list shows who has it.
Not while on hold: mail-forms, hold, extend.
Not from here: undeliverable, receive-forms, ask-again, verify-identity,
unverify, decide, fulfil, refuse, reopen, record-posting, record-return,
post-again, override, approve.
""",
        "ja": """
26-000001-D は「受付済み」です。書式はまだ投函していません。次に動くのは当社です。
2026-12-08 まで保留中です（情報待ち、sato）。
いまできること:
  amend     住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  withdraw  取下げを受けて終了します。
  resume    保留を解きます。保留した営業日数だけ期限が延びます。
まだできないこと:
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かります。
保留が解けるまでできないこと: mail-forms、hold、extend。
この状態では行わないこと: undeliverable、receive-forms、ask-again、
verify-identity、unverify、decide、fulfil、refuse、reopen、record-posting、
record-return、post-again、override、approve。
""",
    },
    "held by the system": {
        "en": """
26-000002-B (contacted): the forms are not in the post yet; the next move is
ours.
The system holds it for the lead (suspected fraud).
subjects of different family names share the return address (26-000001-D); it is
on hold for the lead.
the hold is set to 2026-12-08 and does not end by itself: the lead looks into it
and lifts it with ./admin.py resume.
You can now:
  amend     change the address, contact, representative or rights, and say why
  withdraw  close the case because the subject takes the request back
Not yet:
  void
    - it is for people with this role: lead; staff list shows who has it.
  resume
    - the system holds it (suspected fraud); only a lead can resume it.
Not while on hold: mail-forms, hold, extend.
Not from here: undeliverable, receive-forms, ask-again, verify-identity,
unverify, decide, fulfil, refuse, reopen, record-posting, record-return,
post-again, override, approve.
""",
        "ja": """
26-000002-B は「受付済み」です。書式はまだ投函していません。次に動くのは当社です。
責任者の確認まで、システムが保留しています（なりすましの疑い）。
同じ住所に、姓の異なる本人の請求があります（26-000001-D）。責任者の確認まで保留
します。
保留は 2026-12-08 までで、自動では終わりません。責任者が確かめて ./admin.py
resume で解除します。
いまできること:
  amend     住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  withdraw  取下げを受けて終了します。
まだできないこと:
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かります。
  resume
    - システムが保留しました（なりすましの疑い）。解けるのは責任者だけです。
保留が解けるまでできないこと: mail-forms、hold、extend。
この状態では行わないこと: undeliverable、receive-forms、ask-again、
verify-identity、unverify、decide、fulfil、refuse、reopen、record-posting、
record-return、post-again、override、approve。
""",
    },
}


@pytest.mark.parametrize(
    ("situation", "language"), [(situation, language) for situation in ANSWERS for language in ("en", "ja")]
)
def test_why_answers_like_a_colleague(
    script: Script, office: TestOffice, situation: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    case = brought_about(office, situation)

    said = script.by(ASKS.get(situation, CLERK), "why", case, "--lang", language)

    assert said.out == ANSWERS[situation][language].lstrip("\n")
    assert said.status == 0


def test_every_state_has_its_answer() -> None:
    from workflows.request.procedure import request

    assert set(request.states) <= set(ANSWERS)
