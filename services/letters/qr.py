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
    side = width + 2 * QUIET_ZONE
    path = "".join(
        [
            f"M{found.start() + QUIET_ZONE} {number}h{len(found[0])}v1h-{len(found[0])}z"
            for number in range(QUIET_ZONE, side - QUIET_ZONE)
            for found in _RUN.finditer(dark[(number - QUIET_ZONE) * width :][:width])
        ]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    )
