"""What `commands/output.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "output.faults": {
        "ja": "受け付けられません。次の点を直してください:",
        "en": "this cannot be accepted; what must be mended:",
    },
}
