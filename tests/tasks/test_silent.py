"""What beat rings for is silent while it finds nothing; everything else says what it said before."""

import logging

import pytest

from beat_schedule import SCHEDULE
from tasks.app import app
from tasks.silent import WhatWasDone

app.loader.import_default_modules()


def test_exactly_what_beat_rings_for_is_silent() -> None:
    silent = {name for name, task in app.tasks.items() if not task.send_events}

    assert silent == {entry["task"] for entry in SCHEDULE.values()}


@pytest.mark.parametrize(
    ("said", "level", "through"),
    [
        ({"name": "timers.sweep", "id": "1"}, logging.INFO, False),
        ({"name": "timers.sweep", "id": "1", "return_value": "0"}, logging.INFO, False),
        ({"name": "heartbeats.beat", "id": "1", "return_value": "None"}, logging.INFO, False),
        ({"name": "timers.sweep", "id": "1", "return_value": "3"}, logging.INFO, True),
        ({"name": "timers.sweep", "id": "1", "exc": "KeyError"}, logging.ERROR, True),
        ({"name": "letters.make", "id": "1"}, logging.INFO, True),
        ({"name": "letters.make", "id": "1", "return_value": "None"}, logging.INFO, True),
        ({"name": "unknown", "id": "1"}, logging.INFO, True),
        (None, logging.INFO, True),
    ],
)
def test_a_line_is_written_where_something_was_done(said: dict[str, str] | None, level: int, through: bool) -> None:
    record = logging.LogRecord("celery.app.trace", level, __file__, 1, "Task", (), None)
    if said is not None:
        record.data = said

    assert WhatWasDone(app.tasks).filter(record) is through
