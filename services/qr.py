"""The codes on paper as pictures: QR codes of error correction level H, as vector graphics."""

from functools import lru_cache

QUIET_ZONE = 4
"""White modules around the code (ISO/IEC 18004 asks for four)."""


@lru_cache(maxsize=256)
def picture(says: str) -> str:
    """Return the QR code that says *says* as SVG, its quiet zone included. Level H: 30 % of it may be spoilt."""
    import segno

    code = segno.make(says, error="h", micro=False, boost_error=False)
    rows = [bytes(row) for row in code.matrix]
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
    runs: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((index, 1))
    return runs
