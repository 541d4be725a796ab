"""Why a deadline is due on its day, in Japanese and English.

A sentence here is made of parts, and so is its code: ``due_working_days+closed_many+held_one`` is the first part, the
list of closed days and the remark on a hold. All combinations that `workflows.engine.deadlines.explain` and `moved` can
give are put together once, below.
"""

from collections.abc import Iterable, Sequence
from itertools import product

PARTS: dict[str, dict[str, str]] = {
    "due_working_day": {
        "ja": "{start}の翌日から数えて1営業日目は{plain}です",
        "en": "1 working day from {start} is {plain}",
    },
    "due_working_days": {
        "ja": "{start}の翌日から数えて{count}営業日目は{plain}です",
        "en": "{count} working days from {start} is {plain}",
    },
    "closed_one": {
        "ja": "（{closed_last}は休業日）",
        "en": ": {closed_last} is a holiday",
    },
    "closed_many": {
        "ja": "（{closed}、{closed_last}は休業日）",
        "en": ": {closed} and {closed_last} are holidays",
    },
    "held_one": {
        "ja": "。保留の1営業日を除くと{due}になります",
        "en": "; with 1 working day on hold {due}",
    },
    "held_many": {
        "ja": "。保留の{held}営業日を除くと{due}になります",
        "en": "; with {held} working days on hold {due}",
    },
    "more_one": {
        "ja": "（{more_last}も休業日）",
        "en": " ({more_last} is a holiday too)",
    },
    "more_many": {
        "ja": "（{more}、{more_last}も休業日）",
        "en": " ({more} and {more_last} are holidays too)",
    },
    "standing": {
        "ja": "。ただし{since}から保留中のため、再開するまで日数は進みません",
        "en": "; on hold since {since}, the count stands still until the case is resumed",
    },
    "forecast_one": {
        "ja": "。春分・秋分の日（{forecast_last}）は公表前のため予測です",
        "en": "; the equinox on {forecast_last} is not announced yet and only a forecast",
    },
    "forecast_many": {
        "ja": "。春分・秋分の日（{forecast}、{forecast_last}）は公表前のため予測です",
        "en": "; the equinoxes on {forecast} and {forecast_last} are not announced yet and only forecasts",
    },
    "given": {
        "ja": "。{reminded}に投函した再度のご案内から{grace}営業日を待ち、{given}になります",
        "en": "; the reminder posted on {reminded} gives {grace} working days, until {given}",
    },
    "told": {
        "ja": "。投函した手紙に{told}とお知らせしたため、それより早くなりません",
        "en": "; a posted letter says {told}, and that never moves earlier",
    },
    "theirs": {
        "ja": "。{last}は終日、その日に届く郵便まで有効で、期限が来るのは翌営業日{opens}の始業時です",
        "en": "; all of {last} and the mail of that day are theirs, so it is due when the office opens on {opens}",
    },
    "unposted": {
        "ja": "。ただし再度のご案内（{letter}）の投函が記録されるまで、期限は来ません",
        "en": "; not before the posting of the reminder {letter} is recorded",
    },
    "due_calendar_day": {
        "ja": "{start}の翌日から数えて{count}日目は{due}です。保留や休業日があっても延びません",
        "en": "calendar day {count} after {start} is {due}; neither holds nor closed days put it off",
    },
    "due_month": {
        "ja": "{start}から1か月の期間は{last}に満了します（規則（EEC, Euratom）No 1182/71 第3条）",
        "en": "one month from {start} ends with {last} (Regulation (EEC, Euratom) No 1182/71, article 3)",
    },
    "due_months": {
        "ja": "{start}から{count}か月の期間は{last}に満了します（規則（EEC, Euratom）No 1182/71 第3条）",
        "en": "{count} months from {start} end with {last} (Regulation (EEC, Euratom) No 1182/71, article 3)",
    },
    "moved_on": {
        "ja": "。{nominal}が休日、土曜日または日曜日に当たるため、次の平日に延びます",
        "en": ": {nominal} is a public holiday, a Saturday or a Sunday, and the end moves to the next working day",
    },
    # A law's time (workflows.engine.spans): from what, how long, until when, what does not count, by which article.
    "law_start": {"ja": "{start}（{since}）から", "en": ""},
    "law_one_day": {"ja": "1日の期間は", "en": "one day from {start} ({since})"},
    "law_one_working_day": {"ja": "1営業日の期間は", "en": "one working day from {start} ({since})"},
    "law_one_month": {"ja": "1か月の期間は", "en": "one month from {start} ({since})"},
    "law_days": {"ja": "{count}日", "en": "{count} days"},
    "law_working_days": {"ja": "{count}営業日", "en": "{count} working days"},
    "law_months": {"ja": "{count}か月", "en": "{count} months"},
    "law_plus_days": {"ja": "とさらに{more}日", "en": " and {more} more days"},
    "law_plus_working_days": {"ja": "とさらに{more}営業日", "en": " and {more} more working days"},
    "law_plus_months": {"ja": "とさらに{more}か月", "en": " and {more} more months"},
    "law_ends": {"ja": "{last}に満了します", "en": " ends with {last}"},
    "law_end": {"ja": "の期間は{last}に満了します", "en": " from {start} ({since}) end with {last}"},
    "law_named": {"ja": "回答の日として{last}をお知らせしています", "en": "{last} was told as the day of the answer"},
    "law_still_one": {"ja": "{still}から進んでいません", "en": " stands still since {still}"},
    "law_still": {
        "ja": "の期間は{still}から進んでいません",
        "en": " from {start} ({since}) stand still since {still}",
    },
    "law_stopped_one": {"ja": "。算入しない1日（{stops}）を除いています", "en": "; 1 day does not count ({stops})"},
    "law_stopped_many": {
        "ja": "。算入しない{stopped}日（{stops}）を除いています",
        "en": "; {stopped} days do not count ({stops})",
    },
    "law_sue": {"ja": "。{due}から本人は訴えを提起できます", "en": "; from {due} the individual may sue"},
    "law_warns": {
        "ja": "。この日に、法定の期日が近いことを責任者に知らせます",
        "en": ": on that day the lead is told that the law's date is near",
    },
    "law_never_later": {
        "ja": "。保留や休業日があっても延びません",
        "en": "; neither holds nor closed days put it off",
    },
    "law_cited": {"ja": "（{law}）", "en": " ({law})"},
    "law_cited_rule": {"ja": "（{law}、{rule}）", "en": " ({law}; {rule})"},
    "due_moved": {
        "ja": "期限が{was}から{now}に変わりました",
        "en": "moved from {was} to {now}",
    },
    "now_closed_one": {
        "ja": "。{now_closed_last}が休業日になりました",
        "en": "; {now_closed_last} is now closed",
    },
    "now_closed_many": {
        "ja": "。{now_closed}、{now_closed_last}が休業日になりました",
        "en": "; {now_closed} and {now_closed_last} are now closed",
    },
    "now_open_one": {
        "ja": "。{now_open_last}が営業日になりました",
        "en": "; {now_open_last} is now a working day",
    },
    "now_open_many": {
        "ja": "。{now_open}、{now_open_last}が営業日になりました",
        "en": "; {now_open} and {now_open_last} are now working days",
    },
    "due_moved_hours": {
        "ja": "始業時刻の変更により、期限が{was}から{now}に変わりました",
        "en": "moved from {was} to {now}: the opening hour has changed",
    },
}

NO = ""
"""The part may be left out."""
CLOSED = (NO, "closed_one", "closed_many")
MORE = (NO, "more_one", "more_many")
FORECAST = (NO, "forecast_one", "forecast_many")


def _composed(*choices: Sequence[str]) -> Iterable[tuple[str, dict[str, str]]]:
    """Yield each combination of one part per choice, with its code and its sentence in both languages."""
    for combination in product(*choices):
        parts = [part for part in combination if part]
        ja = "".join(PARTS[part]["ja"] for part in parts)
        en = "".join(PARTS[part]["en"] for part in parts)
        # The English explanation is quoted within other sentences and ends without a stop; the Japanese stands alone.
        yield "+".join(parts), {"ja": ja + "。", "en": en}


PROMISED = ((NO, "given"), (NO, "told"), (NO, "theirs"))
WORKING_DAYS = ("due_working_day", "due_working_days")
LAW_ONE = ("law_one_day", "law_one_working_day", "law_one_month")
LAW_MANY = ("law_days", "law_working_days", "law_months")
LAW_MORE = (NO, "law_plus_days", "law_plus_working_days", "law_plus_months")
STOPPED = (NO, "law_stopped_one", "law_stopped_many")
CITED = ("law_cited", "law_cited_rule")
LAW_END = ((NO, "moved_on"), FORECAST, (NO, "law_sue", "law_warns"), (NO, "law_never_later"), CITED)
SENTENCES: dict[str, dict[str, str]] = dict(
    (
        *_composed(WORKING_DAYS, CLOSED, (NO, "standing"), FORECAST, (NO, "unposted")),
        *_composed(WORKING_DAYS, CLOSED, FORECAST, *PROMISED),
        *_composed(WORKING_DAYS, CLOSED, ("held_one", "held_many"), MORE, FORECAST, (NO, "unposted")),
        *_composed(WORKING_DAYS, CLOSED, ("held_one", "held_many"), MORE, FORECAST, *PROMISED),
        *_composed(("due_calendar_day",), *PROMISED),
        *_composed(("due_calendar_day",), (NO, "unposted")),
        *_composed(("due_moved_hours",)),
        *_composed(("due_month", "due_months"), (NO, "moved_on"), FORECAST),
        *_composed(("law_start",), LAW_ONE, ("law_ends",), STOPPED, *LAW_END),
        *_composed(("law_start",), LAW_MANY, LAW_MORE, ("law_end",), STOPPED, *LAW_END),
        *_composed(("law_named",), CITED),
        *_composed(("law_start",), LAW_ONE, ("law_still_one",), ("law_cited",)),
        *_composed(("law_start",), LAW_MANY, LAW_MORE, ("law_still",), ("law_cited",)),
        *_composed(("due_moved",), (NO, "now_closed_one", "now_closed_many"), (NO, "now_open_one", "now_open_many")),
    )
)
