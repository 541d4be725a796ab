"""The number of an identity document as it is compared: as the paper writes it, not as somebody read it off a copy.

A copy does not tell O from 0 nor I from 1; the kind of paper does: each writes letters and digits at fixed places.

- Driver's licence and driving record certificate: twelve
  digits, and who gives up the one for the other keeps the number. The two are one kind.
- Passport of Japan (ICAO 9303-4): two letters and seven digits. Others write as they like.
- Residence card and special permanent resident certificate: two letters, eight digits, two
  letters; numbered apart from each other, so they are two kinds.

Where a number has another shape, O counts as 0 and I as 1 everywhere: a number read in two ways must not become two.
"""

import re
import unicodedata

_KINDS = {"drivers_licence": "driving", "driving_record_certificate": "driving"}
_SHAPES = {
    "driving": "0" * 12,
    "passport": "AA" + "0" * 7,
    "residence_card": "AA" + "0" * 8 + "AA",
    "special_permanent_resident_certificate": "AA" + "0" * 8 + "AA",
}
"""Kind -> its places: A is a letter, 0 a digit."""

# What looks like a Latin letter or a digit and is none, and the circle that Japanese writes for nought.
_ALIKE = str.maketrans("АВЕКМНОРСТХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ〇○◯", "ABEKMHOPCTXISJABEZHIKMNOPTYX000")
_AS_DIGIT = str.maketrans("OQILSBZ", "0011582")
_AS_LETTER = str.maketrans("01582", "OISBZ")
_EITHER = str.maketrans("OI", "01")
# 第…号 and No. stand before and after the number on papers, and are none of it.
_AROUND = re.compile(r"^\s*(?:第|NO[.:\s]+|番号[:\s]*)\s*|\s*号\s*$")


def kind(document_type: str) -> str:
    """Return what documents are numbered together with one of that type."""
    return _KINDS.get(document_type, document_type)


def compared(document_type: str, number: str) -> str:
    """Return the number as it is compared with others of its kind; an empty text where nothing of it is a number."""
    text = _AROUND.sub("", unicodedata.normalize("NFKC", number).upper()).translate(_ALIKE)
    plain = re.sub("[^0-9A-Z]", "", text)
    shape = _SHAPES.get(kind(document_type), "")
    if len(plain) == len(shape):
        pairs = zip(plain, shape, strict=True)
        placed = "".join(sign.translate(_AS_DIGIT if place == "0" else _AS_LETTER) for sign, place in pairs)
        if all(sign.isdigit() is (place == "0") for sign, place in zip(placed, shape, strict=True)):
            return placed
    return plain.translate(_EITHER)
