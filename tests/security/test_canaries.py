"""What was told of people stands where it may and nowhere else, and nowhere after the end: at one real desk, with mail.

The whole demo is scanned by ``make canaries`` (docs/canaries.md); here a few of its stories are: one that comes back
through the scanner, one that is answered by departments, one whose answer goes out on a disc.
"""

import base64
import gzip
import io
import json
import os
import quopri
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from lab.canaries.places import MAY, OF_THE_HOME, place_of
from lab.canaries.watching import Watch
from settings import PROJECT

NAME, KANA, PHONE = "鸚鵡 金糸雀", "オウム カナリヤ", "03-0000-9876"

SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "JSON": lambda text: json.dumps({"name": text}).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps([text])).encode(),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "Shift JIS": lambda text: text.encode("shift_jis"),
    "ISO-2022-JP": lambda text: f"To: {text}.".encode("iso2022_jp"),
    "URL": lambda text: quote(text).encode(),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
    "base64": lambda text: b"x " + base64.b64encode(json.dumps([[], {"note": text}, "filled up"]).encode()),
    "base64 of text": lambda text: base64.b64encode(f"told: {text}, and more".encode()),
    "gzip": lambda text: gzip.compress(text.encode()),
    "entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "no blanks": lambda text: "".join(text.split()).encode(),
}


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("spelt", SPELLINGS)
@pytest.mark.parametrize("text", [NAME, KANA, PHONE])
def test_a_text_is_found_whatever_its_spelling(text: str, spelt: str) -> None:
    watch = Watch([NAME, KANA, PHONE])
    content = SPELLINGS[spelt](text)

    assert watch.within(content) == {text}
    assert watch.within(zipped("notes.txt", content)) == {text}


@pytest.mark.parametrize(
    "other", ["おうむ かなりや", "ｵｳﾑ ｶﾅﾘﾔ", "０３ー００００ー９８７６".replace("ー", "-"), "0300009876"]
)
def test_kana_and_widths_make_no_difference(other: str) -> None:
    assert Watch([KANA, PHONE]).within(other.encode())


def test_what_is_not_there_is_not_found() -> None:
    watch = Watch([NAME, KANA, PHONE])

    assert watch.within(zipped("notes.txt", "鸚鵡と金糸雀、03-0000-9875".encode())) == set()
    assert watch.within(os.urandom(100_000)) == set()


def test_a_file_nobody_thought_of_is_one_that_may_tell_of_nobody() -> None:
    assert place_of("var/spool/26/000/26-000001-D-01.pdf") in MAY
    assert {place_of(name) for name in ("var/new/x", "core", "var/spools/x")} == {"the rest of the home"}
    assert not {"database", "logs", "broker", "backup", "mail"} & MAY.keys()
    assert place_of("var/madoguchi.sqlite3-wal") == OF_THE_HOME["var/madoguchi.sqlite3"]


@pytest.mark.timeout(1800)
@pytest.mark.requirement("S35")
def test_people_stand_where_they_may_alone_and_nowhere_after_the_end(home: Path) -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "lab.canaries", "--only", "01", "88", "91"],
        cwd=PROJECT, env={**os.environ, "MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en"},
        capture_output=True, text=True, timeout=1700, check=False,
    )  # fmt: skip

    assert demo.returncode == 0, demo.stdout[-3000:] + demo.stderr[-3000:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in demo.stdout.splitlines()[8:]]
    told = {row[0]: row[1:] for row in rows if len(row) == 5}
    assert told["database"][0] == "no"
    assert told["database"][2:] == ["0", "0"]
    assert int(told["letters"][2]) > 3
    assert told["letters"][3] == "0"
    assert told["the backup from before the end, restored elsewhere"][3] == "0"
