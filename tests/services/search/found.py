"""Files as departments send them, and answers that name them."""

from typing import Any

from services.search import finds
from tests.office import VERIFIER, TestOffice
from tests.services.search.conftest import SALES
from workflows.engine.values import Actor, Role
from workflows.search.payloads import Answer, Ask
from workflows.search.values import Act, Found

LOOKER = Actor(VERIFIER, frozenset({Role.VERIFIER}))
TABLE = "氏名,電話,備考\r\n見本 花子,03-0000-0000,本人\r\n他人 太郎,03-1111-1111,第三者\r\n".encode()


def a_pdf(*pages: str) -> bytes:
    """Return a PDF of A4 with one page for each of these Latin texts, which stand there as text, 24 points high."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for place, text in enumerate(pages):
        place_of = f"/Contents {5 + 2 * place} 0 R"
        drawn = f"BT /F1 24 Tf 100 700 Td ({text}) Tj ET"
        fonts = "<< /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {fonts} {place_of} >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def asked(office: TestOffice, case: str, department: str = "sales", act: Act = Act.LOOK) -> str:
    """Ask a department for a case; return the search's number."""
    return office.must(None, "ask", Ask(case=case, department=department, what="契約の記録", act=act)).case


def answered(office: TestOffice, search: str, *files: tuple[str, bytes], by: str = SALES, **more: Any) -> list[str]:
    """Answer with these files; return their numbers."""
    with office.writing() as db:
        at = office.at(db)
        given = [finds.looked_into(name, content) for name, content in files]
        numbers = finds.take_in(db, office.case(search), given, by, at)
    office.must(search, "answer", Answer(found=Found.FOUND, finds=tuple(numbers), **more), by)
    return numbers


def found(office: TestOffice, case: str, *files: tuple[str, bytes]) -> list[str]:
    """Let a department find these files for a case; return their numbers."""
    return answered(office, asked(office, case), *files)
