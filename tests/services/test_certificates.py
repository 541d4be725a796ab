"""Certificates of the servers an office talks to: told in time, red before they end, green once they are renewed."""

import os
import random
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from aiosmtpd.controller import Controller

from lab.postgres import Postgres, binaries
from services.reports.health import Check, checks
from settings import Settings, load
from tasks.certificates import seen
from tests.services import tls
from tests.services.post_boxes import Boxes, free_port
from workflows.words import say


def told(settings: Settings) -> dict[str, Check]:
    found = checks(None, None, settings, None, seen=seen(settings, 60))
    return {one.name: one for one in found if one.name.startswith("certificate_")}


def house(home: Path, **urls: str) -> Settings:
    return load({"MADOGUCHI_HOME": str(home), **{f"MADOGUCHI_{name}_URL": url for name, url in urls.items()}})


def test_a_certificate_is_told_30_days_before_its_end_and_red_7_before_and_green_once_it_is_renewed(
    home: Path,
) -> None:
    shown = tls.context(tls.certificate(home, 31.5))
    colours = []
    with tls.serving(shown) as port:
        settings = house(
            home, BROKER=f"rediss://127.0.0.1:{port}/0", SMTP=f"smtps://127.0.0.1:{port}/?from=a@b.example"
        )
        for days in (31.5, 29.5, 7.5, 6.5, -1, 90):
            shown.load_cert_chain(tls.certificate(home, days))
            found = told(settings)
            assert {one.detail.code for one in found.values()} == {found["certificate_mail"].detail.code}
            one = found["certificate_broker"]
            colours.append("red" if not one.ok else "yellow" if one.note else "green")
            assert bool(one.run) == (colours[-1] != "green")
            if days == 6.5:
                assert say(one.detail, "en").startswith(f"127.0.0.1:{port}: ends in 6 days, on ")
                ran = subprocess.run(one.run, shell=True, check=False, capture_output=True, text=True)  # noqa: S602
                assert shutil.which("openssl") is None or "notAfter=" in ran.stdout, ran.stderr

    assert colours == ["green", "yellow", "yellow", "red", "red", "green"]


@contextmanager
def posting(home: Path) -> Iterator[int]:
    port = free_port()
    shown = tls.context(tls.certificate(home, 3))
    controller = Controller(Boxes(), hostname="127.0.0.2", port=port, tls_context=shown)
    controller.start()
    yield port
    controller.stop()


def test_a_mail_server_that_begins_in_the_clear_is_asked_to_encrypt_first(home: Path) -> None:
    with posting(home) as port:
        settings = house(home, SMTP=f"smtp://127.0.0.2:{port}/?from=a@b.example")
        check = told(settings)["certificate_mail"]

    assert (check.ok, check.detail.code, check.detail.params["days"]) == (False, "health.certificate_ends", 2)
    assert check.run.startswith(f"openssl s_client -connect 127.0.0.2:{port} -starttls smtp ")


@pytest.fixture
def tls_postgres() -> Iterator[tuple[Postgres, str]]:
    """A PostgreSQL that listens on an address of this machine's loopback, ready to be given a certificate."""
    if b"libssl" not in subprocess.run(["ldd", binaries() / "postgres"], check=False, capture_output=True).stdout:
        pytest.skip("this PostgreSQL was built without TLS")
    address = ".".join(["127", *(str(random.randint(2, 250)) for _ in range(3))])
    with Postgres(fsync=False, more={"listen_addresses": address}) as server:
        yield server, address


def test_postgresql_shows_its_certificate_before_anybody_logs_in(
    tls_postgres: tuple[Postgres, str], home: Path
) -> None:
    server, address = tls_postgres
    folder = Path(unquote(urlsplit(server.url).query.partition("host=")[2]))
    colours = []
    for days in (400, 20, 2, 400):
        file = shutil.copy(tls.certificate(home, days), folder / "server.pem")
        os.chown(file, folder.stat().st_uid, folder.stat().st_gid)
        with server.maintenance() as connection:
            for name, value in (("ssl_cert_file", file), ("ssl_key_file", file), ("ssl", "on")):
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
        server.restart()
        settings = house(home, DATABASE=f"postgresql://nobody@{address}/office?sslmode=verify-full")
        one = told(settings)["certificate_database"]
        colours.append("red" if not one.ok else "yellow" if one.note else "green")

    assert colours == ["green", "yellow", "red", "green"]
    assert told(house(home, DATABASE=f"postgresql://nobody@{address}/office")) == {}


def test_where_no_server_is_talked_to_under_tls_nothing_is_asked(home: Path) -> None:
    nothing = house(home, BROKER="redis://127.0.0.1:1/0", SMTP="smtp://127.0.0.1:1/?from=a@b.example")
    before = threading.active_count()

    assert (told(house(home)), told(nothing), threading.active_count()) == ({}, {}, before)


def test_a_server_that_does_not_answer_holds_nobody_up(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        settings = house(home, BROKER=f"rediss://127.0.0.1:{port}/0", SMTP="smtps://127.0.0.1:1/?from=a@b.example")
        found = seen(settings, 2)  # the mute one would take it for ever

    assert (found["broker"].ends, found["mail"].ends) == (None, None)
    assert found["broker"].fault == "TimeoutError"
    assert found["mail"].fault == "ConnectionRefusedError"
    unseen = checks(None, None, settings, None, seen=found)
    assert [(one.ok, one.note) for one in unseen if one.name.startswith("certificate_")] == [(True, True)] * 2
