"""How a request was first heard of, where the way it began says it."""

from workflows.office.start import Way
from workflows.request.values import Channel

_OF = {Way.COUNTER: Channel.VISIT, Way.WEB: Channel.EMAIL, Way.EMAIL: Channel.EMAIL, Way.PHONE: Channel.PHONE}
"""Every other way that brings forms is in writing."""


def channel_of(way: str) -> Channel | None:
    """Return the channel of a way to begin; None for a first contact, which may come by any, and for no way at all."""
    if way == Way.CONTACT or way not in list(Way):
        return None
    return _OF.get(Way(way), Channel.POST)
