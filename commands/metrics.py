"""``metrics``: what monitors read of the office, in the text format of Prometheus."""

from time import monotonic
from typing import TYPE_CHECKING, Any

from commands.context import DONE, UNREACHABLE, call, tongue
from commands.office import looking
from commands.output import answer
from commands.shape import command

if TYPE_CHECKING:
    from services.reports.metrics import Sample


@command("metrics", words="metrics.help.metrics")
def metrics() -> int:
    """Write the numbers; without a database those that are known without it."""
    from services.reports import metrics_page
    from settings import settings
    from tasks.publish import lengths, ping
    from tasks.queues import QUEUES

    began = monotonic()
    url = settings().broker_url
    fault = ping(url)
    lying = lengths(url, QUEUES) if fault is None else {}
    found = _samples(settings(), fault, lying, began)
    page = metrics_page.document(found, tongue()) if call().json else {}
    answer(page, metrics_page.exposition(found, tongue()))
    reached = next(one.value for one in found if one.name == "madoguchi_database_up")
    return DONE if reached else UNREACHABLE


def _samples(settings: Any, fault: str | None, lying: dict[str, int], began: float) -> "list[Sample]":
    from sqlalchemy.exc import SQLAlchemyError

    from commands.trouble import explain
    from services.reports.health import checks
    from services.reports.metrics import samples

    def told(db: Any, office: Any, *, busy: bool = False) -> "list[Sample]":
        found = checks(db, office, settings, fault, busy=busy)
        return samples(
            db, office, checks=found, broker_up=fault is None, lengths=lying, took=lambda: monotonic() - began
        )

    try:
        with looking() as (db, office):
            return told(db, office)
    except SQLAlchemyError as error:
        failure = explain(error)
        if failure.code == "no_office":
            raise failure from error
        return told(None, None, busy=failure.code == "database_busy")
