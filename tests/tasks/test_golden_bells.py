"""Messages that an earlier release left in the broker are let in and mean what they meant."""

import base64
import json

import pytest

from tasks.app import app
from tasks.door import judged, shapes
from tests.golden import every_form, golden

MEANT = [
    ("request.receive_forms", {"order": 7}),
    ("letters.make", {"effect": 12}),
    ("letters.make_lot", {"effects": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}),
    ("letters.make_lot", {"effects": [11]}),
    ("bulk.carry_out", {"run": "1A2B3C4D-9", "first": 3, "last": 14}),
]


@pytest.mark.parametrize("number", every_form())
def test_every_message_of_an_earlier_release_is_let_in_and_says_what_it_said(number: int) -> None:
    app.loader.import_default_modules()
    known = shapes(app.tasks)
    bells = golden(number).bells

    let_in = [judged(json.dumps(bell["message"]), bell["queue"], known) for bell in bells]

    assert len(let_in) == len(MEANT)
    for message, (task, ids) in zip(let_in, MEANT, strict=True):
        args, kwargs, _ = json.loads(base64.b64decode(message["body"]))
        assert message["headers"]["task"] == task
        assert (args, {name: value for name, value in kwargs.items() if not name.startswith("case")}) == ([], ids)
