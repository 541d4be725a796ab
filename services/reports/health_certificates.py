"""How long the certificates are good of the servers that the office talks to under TLS: then it talks no more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.reports.health_check import Check
from workflows.engine.values import Reason

SOON, NOW = timedelta(days=30), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Seen:
    """A server's certificate: where it was shown, when it ends; ``fault`` says why that was not seen."""

    where: str
    host: str
    # The word by which openssl's s_client begins TLS there; none: at once.
    starttls: str = ""
    ends: datetime | None = None
    fault: str = ""


def certificates(seen: Mapping[str, Seen], now: datetime) -> Iterator[Check]:
    """Say of each server's certificate how long it is good; *now* is the machine's time."""
    for name, one in seen.items():
        params: dict[str, Any] = {"where": one.where, "host": one.host, "starttls": one.starttls}
        if one.ends is None:
            detail = Reason("health.certificate_unseen", {**params, "fault": one.fault})
            yield Check(f"certificate_{name}", ok=True, detail=detail, note=True)
            continue
        left = one.ends - now
        params |= {"day": one.ends.date().isoformat(), "days": left // timedelta(days=1)}
        code = "ended" if left <= timedelta(0) else "ends" if left <= SOON else "good"
        yield Check(
            f"certificate_{name}", ok=left > NOW, detail=Reason(f"health.certificate_{code}", params),
            note=NOW < left <= SOON,
        )  # fmt: skip
