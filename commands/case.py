"""``show``, ``why`` and ``history``: one case, looked at."""

from collections.abc import Iterator
from typing import Any

import click

from commands.context import DONE, REFUSED, Failure, call, said
from commands.office import asker, case_named, find_case, looking, writing
from commands.output import answer, coloured, columns, note
from commands.shape import Command, Option
from commands.wide import fold, pad, width
from workflows.engine.values import Reason
from workflows.request.procedure import request
from workflows.words import noun, say_all


@click.command(
    "show",
    cls=Command,
    words=(
        "一件のすべてを示します。\n氏名などは役割のある人だけに見え、見たことは記録されます。",
        (
            "Everything about one case, with its deadlines explained.\n"
            "Names and addresses are shown to staff with a role only, and each look is recorded."
        ),
    ),
    examples=("./admin.py show 26-000017-Y", "./admin.py show 26-000017-Y --json"),
)
@click.argument("case", metavar="CASE")
def show(case: str) -> None:
    """Show a case."""
    from commands import requeue
    from models import staff
    from services.engine import dead_letters
    from services.reports import cases as reports

    number = case_named(case)
    with writing() as (db, office):
        who = asker(db, office)
        row = find_case(db, number)
        told = reports.the_case(db, row, office, call().language)
        aside = dead_letters.of_case(db, number)
        told["set_aside"] = requeue.told(aside)
        told["people"] = reports.personal(db, row, office) if who.works_here else None
        for paper, people in zip(told["evidence"], (told["people"] or {}).pop("accepted_for", ()), strict=False):
            paper["accepted_for"] = people
        staff.log(db, office.now, "case_seen", who.name, {"case": number, "personal": who.works_here})
    answer(told, [*_page(told), *_aside(aside)])
    if not who.works_here:
        note(
            said(
                "役割がないため、氏名などは表示していません。",
                "you have no role here, so names and addresses are left out.",
            )
        )


@click.command(
    "why",
    cls=Command,
    words=(
        "いま何ができるか、できないことには何が足りないかを答えます。\nTRANSITION を付けると、その一つだけに答えます。",
        (
            "What is possible now and, for each thing that is not, what is missing.\n"
            "With TRANSITION it answers for that one alone."
        ),
    ),
    examples=("./admin.py why 26-000017-Y", "./admin.py why 26-000017-Y fulfil"),
)
@click.argument("case", metavar="CASE")
@click.argument("transition", metavar="[TRANSITION]", required=False)
def why(case: str, transition: str | None) -> None:
    """Say what is possible and what is missing."""
    from commands import requeue
    from services.engine import dead_letters
    from services.reports import cases as reports

    number = case_named(case)
    only = None if transition is None else _transition_named(transition)
    with looking() as (db, office):
        who = asker(db, office)
        row = find_case(db, number)
        found = reports.why(db, row, office, who.actor, only)
        aside = dead_letters.of_case(db, number)
    blocked: list[tuple[str, list[Reason]]] = found["blocked"]
    language = call().language
    document = {
        "case": number,
        "state": row.state,
        "possible": found["possible"],
        "blocked": [
            {"transition": name, "reasons": say_all(reasons, language), "codes": _codes(reasons)}
            for name, reasons in blocked
        ],
        "waits": say_all(found["waits"], language),
        "set_aside": requeue.told(aside),
        "dates": say_all(found["dates"], language),
    }
    answer(document, [*_reply(row, found, only), *_aside(aside)])


@click.command(
    "history",
    cls=Command,
    words=("だれが、いつ、何をしたかを示します。", "Who did what when, by which version of the definition."),
    examples=("./admin.py history 26-000017-Y", "./admin.py history 26-000017-Y --verify"),
)
@click.argument("case", metavar="CASE")
@click.option(
    "--verify",
    cls=Option,
    is_flag=True,
    words=("書き換えられていないかを確かめます。", "check that nothing was altered"),
)
def history(case: str, verify: bool) -> int:
    """Show the history of a case."""
    from services.reports import cases as reports

    number = case_named(case)
    with looking() as (db, office):
        row = find_case(db, number)
        rows = reports.history(db, row, office)
        broken = reports.broken_at(db, row) if verify else None
    if broken is not None:
        raise Failure(
            REFUSED,
            "chain_broken",
            said(
                f"{number} の履歴は {broken} 番の行から合いません。書き換えられたおそれがあります。",
                f"the history of {number} does not verify from row {broken} on: it may have been altered.",
            ),
            seq=broken,
        )
    answer(rows, _history_lines(rows, verified=verify))
    return DONE


def _aside(found: Any) -> Iterator[str]:
    """Say what of the case is set aside, and the line that brings it back."""
    from commands.requeue import set_aside_lines

    for sentence in set_aside_lines(found):
        yield from (coloured(line, "red") for line in fold(sentence, columns()))


# -- show -----------------------------------------------------------------------------------------------------------


def _page(told: dict[str, Any]) -> Iterator[str]:
    from services.reports.words import due_words

    language = call().language
    state = noun(f"state.{told['state']}", language)
    held = said("・保留中", ", on hold") if told["hold"] else ""
    late = coloured(said("・期限超過", ", overdue"), "red") if told["overdue"] else ""
    yield coloured(f"{told['case']}  {state}{held}", "bold") + late
    yield from _fields(_facts(told))
    if told["deadlines"]:
        yield coloured(said("期限", "Deadlines"), "bold")
        for deadline in told["deadlines"]:
            name = pad(due_words(deadline["name"], language), 16)
            when = pad((deadline["at"] or said("保留中は止まる", "stands still"))[:16].replace("T", " "), 16)
            head = f"  {when}  {name}  "
            over = said("【経過】", "PASSED: ") if deadline["passed"] else ""
            lines = fold(over + deadline["why"], max(columns() - width(head), 24))
            yield head + lines[0]
            yield from (" " * width(head) + line for line in lines[1:])
    yield from _evidence(told["evidence"])
    if told["letters"]:
        yield coloured(said("手紙", "Letters"), "bold")
        for letter in told["letters"]:
            copy = said(f"（写し{letter['copy']}）", f" (copy {letter['copy']})") if letter["copy"] > 1 else ""
            kind, where = noun(f"letter.{letter['kind']}", language), noun(f"letter_state.{letter['state']}", language)
            stopped = said("（この種類は止められています）", " (this kind is stopped)") if letter["stopped"] else ""
            yield f"  {letter['letter']}{copy}  {kind}: {where} {letter['posted_on'] or ''}".rstrip() + stopped
    yield from _people(told["people"])


def _evidence(papers: list[dict[str, Any]]) -> Iterator[str]:
    """Say of each paper whose it is, whether it counts, and what it was accepted for."""
    language = call().language
    if papers:
        yield coloured(said("書類", "Papers"), "bold")
    for paper in papers:
        if paper["sort"] == "authority":
            whose = said("代理権の証明", "right to represent")
        else:
            whose = noun(paper["holder"], language)
        if not paper["still_fits"]:
            how = coloured(said("いまの申し出とは合わない", "no longer fits what is stated"), "red")
        elif not paper["counts"]:
            how = said("数えない", "does not count")
        elif paper["address"] == "stated" and not paper["address_counts"]:
            how = coloured(said("有効（住所は変更前のもの）", "counts, but shows the address before"), "yellow")
        else:
            how = said("有効", "counts")
        yield f"  {paper['arrived_on']}  {noun(paper['type'], language)} ({whose}): {how}"
        for person in paper.get("accepted_for", ()):
            words = [person[key] for key in ("name", "address", "birth_date") if person[key]]
            if words:
                for number, line in enumerate(fold(said("、", ", ").join(words), max(columns() - 30, 24))):
                    lead = said("確認した相手：", "accepted for:") if number == 0 else ""
                    yield f"    {pad(lead, 14)}  {line}"


def _facts(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    from workflows.law import regime

    language = call().language
    yield (
        said("請求", "rights"),
        said("、", ", ").join(
            noun(f"right.{right}", language) + ("" if outcome is None else f": {noun(f'outcome.{outcome}', language)}")
            for right, outcome in told["rights"].items()
        ),
    )
    hold = told["hold"]
    if hold:
        reason = noun(f"hold.{hold['code']}", language)
        yield (
            said("保留", "hold"),
            said(
                f"{reason}、{hold['until']} まで（{hold['by']}）", f"{reason}, until {hold['until']} (by {hold['by']})"
            ),
        )
    if told["linked"]:
        yield said("関連する請求", "linked"), ", ".join(told["linked"])
    yield (
        said("受付", "received"),
        f"{told['received_at'][:16].replace('T', ' ')}  {noun('channel.' + told['channel'], language)}",
    )
    yield said("区分", "category"), noun(f"category.{told['category']}", language)
    yield said("法令", "law"), f"{regime(told['regime']).law[language]} ({told['regime']})"
    if told["representative"]:
        yield said("代理", "represented by"), noun(f"kind.{told['representative']}", language)
    if told["pages_held"]:
        yield said("ページ", "pages held"), f"{told['pages_held']}  (./admin.py papers {told['case']} --out DIR)"
    if told["copies_destroyed"]:
        yield said("廃棄した写し", "copies destroyed"), str(told["copies_destroyed"])
    people = [(said("確認", "verified"), told["verified_by"]), (said("決定", "decided"), told["decided_by"]),
              (said("承認", "released"), told["released_by"])]  # fmt: skip
    done = [f"{deed}: {name}" for deed, name in people if name]
    if done:
        yield said("だれが", "by"), said("、", ", ").join(done)
    yield said("担当", "owner"), told["owner"] or "-"


def _people(people: dict[str, Any] | None) -> Iterator[str]:
    if not people:
        return
    if people.get("erased"):
        yield said("個人情報は消去済みです。", "the personal data is erased.")
        return
    for party in ("subject", "representative"):
        if party in people:
            yield coloured(noun(party, call().language), "bold")
            yield from _fields(
                (said(*_PERSON.get(key, (key, key))), str(value)) for key, value in people[party].items()
            )
    if people.get("note"):
        yield coloured(said("メモ", "Note"), "bold")
        yield from (f"  {line}" for paragraph in people["note"].splitlines() for line in fold(paragraph, columns() - 2))


_PERSON = {
    "name": ("氏名", "name"), "kana": ("かな", "kana"), "postcode": ("郵便番号", "postcode"),
    "address": ("住所", "address"), "country": ("国", "country"), "phone": ("電話", "phone"),
    "email": ("メール", "e-mail"), "birth_date": ("生年月日", "born"), "kind": ("資格", "kind"),
}  # fmt: skip


def _fields(pairs: Any) -> Iterator[str]:
    for name, value in pairs:
        lines = fold(value, max(columns() - 18, 24))
        yield f"  {pad(name, 14)}  {lines[0]}"
        yield from (" " * 18 + line for line in lines[1:])


# -- why ------------------------------------------------------------------------------------------------------------


def _reply(row: Any, found: dict[str, Any], only: str | None) -> Iterator[str]:
    """Answer as a colleague would: how it stands, what you can do, what is missing for the rest, what has no point."""
    from services.reports.cases import pointless, waits_for_the_hold

    possible: list[str] = found["possible"]
    blocked: list[tuple[str, list[Reason]]] = found["blocked"]
    if only is None:
        waits = [*say_all(found["dates"], call().language), *say_all(found["waits"], call().language)]
        yield from (line for sentence in (*_standing(row), *waits) for line in fold(sentence, columns()))
        if possible:
            yield said("いまできること:", "You can now:")
            yield from _named(possible)
        else:
            yield said("いまあなたにできることはありません。", "There is nothing for you to do now.")
    elif possible:
        yield said(f"{row.number}: {possible[0]} はいま実行できます。", f"{row.number}: {possible[0]} is possible now.")
    elsewhere = [name for name, reasons in blocked if pointless(reasons)] if only is None else []
    held = [name for name, reasons in blocked if waits_for_the_hold(reasons)] if only is None else []
    near = [(name, reasons) for name, reasons in blocked if name not in elsewhere and name not in held]
    if near and only is None:
        yield said("まだできないこと:", "Not yet:")
    for sentences, names in _grouped(near).items():
        yield f"  {coloured(', '.join(names), 'yellow')}"
        for sentence in sentences:
            lines = fold(sentence, columns() - 6)
            yield f"    - {lines[0]}"
            yield from (f"      {line}" for line in lines[1:])
    if held:
        yield from fold(
            said(f"保留が解けるまでできないこと: {'、'.join(held)}。", f"Not while on hold: {', '.join(held)}."),
            columns(),
        )
    if elsewhere:
        yield from fold(
            said(f"この状態では行わないこと: {'、'.join(elsewhere)}。", f"Not from here: {', '.join(elsewhere)}."),
            columns(),
        )


_STANDS = {
    "contacted": ("書式はまだ投函していません。次に動くのは当社です。",
                  "the forms are not in the post yet; the next move is ours."),
    "forms_mailed": ("書式を投函し、返送を待っています。", "the forms are in the post; the next move is theirs."),
    "forms_returned": ("届いた書式と本人確認書類を確かめるところです。",
                       "the forms came back; we check them and the identity."),
    "id_verified": ("次に行うのは、決定と回答です。", "the identity is proven; we owe the answer."),
    "fulfilled": ("回答を承認し、終了しました。", "the answer is released, and the case is closed."),
    "refused": ("請求に応じない旨の回答を承認し、終了しました。", "the refusal is released, and the case is closed."),
    "withdrawn": ("本人が請求を取り下げ、終了しました。", "the request was taken back, and the case is closed."),
    "lapsed": ("書式が返送されないまま期限が過ぎ、終了しました。届けば再開できます。",
               "the forms never came, and the case is closed; if they come after all, it can be reopened."),
    "voided": ("重複、宛先違いまたは受付の誤りとして、終了しました。",
               "it was closed as a duplicate, as misdirected or as opened by mistake."),
}  # fmt: skip


def _standing(row: Any) -> Iterator[str]:
    """Say how the case stands, whose move it is, and who holds it together with which others."""
    from services.reports.worklist import hold_of

    state = noun(f"state.{row.state}", call().language)
    ja, en = _STANDS.get(row.state, ("", ""))
    yield said(f"{row.number} は「{state}」です。{ja}", f"{row.number} ({state}): {en}")
    hold = hold_of(row.hold)
    if hold is None:
        return
    reason = noun(f"hold.{hold['code']}", call().language)
    if hold["by"] != "system":
        yield said(
            f"{hold['until']} まで保留中です（{reason}、{hold['by']}）。",
            f"It is on hold until {hold['until']} ({reason}, by {hold['by']}).",
        )
        return
    ja = f"。関係する請求：{'、'.join(hold['with'])}" if hold["with"] else ""
    en = f", with {', '.join(hold['with'])}" if hold["with"] else ""
    yield said(
        f"責任者の確認まで、システムが保留しています（{reason}{ja}）。",
        f"The system holds it for the lead ({reason}{en}).",
    )


def _grouped(blocked: list[tuple[str, list[Reason]]]) -> dict[tuple[str, ...], list[str]]:
    """Return which steps the same sentences keep back, so that none is said twice."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, reasons in blocked:
        found.setdefault(tuple(say_all(reasons, call().language)), []).append(name)
    return found


def _named(commands: list[str]) -> Iterator[str]:
    from commands.table import TABLE

    room = max(len(name) for name in commands)
    for name in commands:
        lines = fold(said(TABLE[name].ja, TABLE[name].en), columns() - room - 4)
        yield f"  {coloured(pad(name, room), 'green')}  {lines[0]}"
        yield from (" " * (room + 4) + line for line in lines[1:])


def _codes(reasons: list[Reason]) -> list[str]:
    return list(dict.fromkeys(reason.code for reason in reasons))


def _transition_named(text: str) -> str:
    known = {t.command: name for name, t in request.transitions.items() if t.by_staff and not t.opens}
    name = known.get(text.replace("_", "-"))
    if name is None:
        raise click.BadParameter(
            said(
                f"{text} という手続はありません。次のいずれかです: {'、'.join(known)}。",
                f"there is no transition {text}; one of {', '.join(known)}.",
            ),
            param_hint="TRANSITION",
        )
    return name


# -- history --------------------------------------------------------------------------------------------------------


def _history_lines(rows: list[dict[str, Any]], *, verified: bool) -> Iterator[str]:
    from commands.wide import table

    language = call().language
    shown = [
        [
            str(row["seq"]),
            row["at"][:16].replace("T", " "),
            noun(f"transition.{row['transition']}", language),
            noun(f"state.{row['target']}", language),
            row["actor"],
        ]
        for row in rows
    ]
    heads = said("番号 日時 手続 状態 だれが", "no. when what state who").split()
    yield from table(heads, shown, columns())
    if verified:
        yield coloured(said("改ざんはありません。", "nothing was altered."), "green")
