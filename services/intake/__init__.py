"""The border: what people hand in becomes payloads here, or faults that name everything wrong with it.

`parse` turns plain data into a payload; `load_file` reads YAML and JSON; `load_sheet` a CSV,
`read_contacts` the rows of an import.
Behind this border every value has its type and its bounds, and the rules need not look again.
"""

from services.intake.contacts import Contact, read_contacts
from services.intake.faults import BadInput, Fault
from services.intake.files import FileData, load_file
from services.intake.payloads import parse
from services.intake.sheet import Sheet, load_sheet

__all__ = ["BadInput", "Contact", "Fault", "FileData", "Sheet", "load_file", "load_sheet", "parse", "read_contacts"]
