"""Loaded into a worker beside the product: its children would wait for days for a parent that does not read."""

from billiard import pool

pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = 10**7
