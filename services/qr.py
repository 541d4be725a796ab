"""The codes on paper as pictures: QR codes of error correction level H, as vector graphics."""

import re

QUIET_ZONE = 4
"""White modules around the code (ISO/IEC 18004 asks for four)."""

_DARK = bytes(level < 128 for level in range(256))
_RUN = re.compile(rb"\x01+")


def picture(says: str) -> str:
    """Return the QR code that says *says* as SVG, its quiet zone included. Level H: 30 % of it may be spoilt."""
    import zxingcpp

    code = zxingcpp.create_barcode(says, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    drawn = code.to_image(scale=1, add_quiet_zones=False)
    width = drawn.shape[1]
    dark = bytes(memoryview(drawn)).translate(_DARK)  # type: ignore[arg-type]  # it is a buffer, which its stub does not say
    rows = [dark[start : start + width] for start in range(0, len(dark), width)]
    side = len(rows) + 2 * QUIET_ZONE
    path = "".join(
        f"M{first + QUIET_ZONE} {number + QUIET_ZONE}h{length}v1h-{length}z"
        for number, row in enumerate(rows)
        for first, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Return start and length of each run of dark modules."""
    return [(found.start(), found.end() - found.start()) for found in _RUN.finditer(row)]
