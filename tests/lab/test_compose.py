"""The compose drill does what the operators' page prints, on images of the names that the files use."""

import re

import yaml

from lab.compose import bases, office, stack, upgrade
from settings import PROJECT


def test_the_drill_runs_what_the_operators_page_prints() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    person = office.PERSONAL_URL.format(login="kudo")

    for line in (office.FOUNDING, office.CREATEUSER, stack.REPLACING, upgrade.MIGRATING):
        assert " ".join(line) in page
    assert f"-e PGPASSWORD -e MADOGUCHI_DATABASE_URL_FILE= \\\n  -e MADOGUCHI_DATABASE_URL={person} " in page
    for service in upgrade.SERVICES:
        assert re.search(rf"{' '.join(stack.REPLACING)}.* {service}\b", page), service


def test_stand_ins_have_the_names_that_the_files_use() -> None:
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]

    found = bases.images()

    assert found["database"] == services["database"]["image"]
    assert found["broker"] == services["broker"]["image"]
    assert f"ARG PYTHON={found['python']}\n" in (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    for kind in found.keys() - {"python"}:
        assert (bases.FOLDER / f"Dockerfile.{kind}").exists()
