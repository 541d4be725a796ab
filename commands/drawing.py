"""Masks drawn by a person: a page on the loopback, its address shown in the terminal, and what came back."""

import sys
from typing import TYPE_CHECKING

from commands.context import REFUSED, fails, said, tongue
from commands.office import writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.office.staff import Asker
    from services.returns.pages import Area


def drawn_in_tray(number: str, who: "Asker") -> "list[Area]":
    """Return the areas a person drew on a page of the tray; ends the call where nobody did."""
    from services.returns import tray

    def look() -> bytes:
        with writing() as (db, office):
            return tray.look(db, number, who.actor, office, drawing=True)

    return drawn(number, look)


def drawn(number: str, look: "Callable[[], bytes]") -> "list[Area]":
    """Return the areas a person drew on a page; *look* returns its picture and records that it was looked at.

    Ends the call where nobody drew. The address is shown, never handed to a browser: on a command line others would see
    its secret.
    """
    from commands.easel import SECONDS, Easel, TooLate

    with Easel(number, look, tongue()) as easel:
        minutes = round(SECONDS / 60)
        told = said("drawing.open", page=number, address=easel.address, minutes=minutes, port=easel.port)
        sys.stderr.write(f"{told}\n")  # with --quiet too: without it nobody could go on
        sys.stderr.flush()
        try:
            answer = easel.answer()
        except TooLate as late:
            code = "drawing.too_late" if late.seen else "drawing.never_opened"
            raise fails(REFUSED, "not_drawn", code, page=number, minutes=minutes) from None
    if answer.areas is None:
        raise fails(REFUSED, "not_drawn", "drawing.cancelled", page=number)
    return list(answer.areas)
