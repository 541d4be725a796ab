"""``celery -A worker``: the application workers, beat and Flower are started with."""

from beat_schedule import SCHEDULE
from tasks.app import app

app.conf.beat_schedule = SCHEDULE

__all__ = ["app"]
