"""What `commands/drawing.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "drawing.open": {
        "ja": "{page} をブラウザーで開いて、隠す場所を描いてください（{minutes} 分以内、開けるのは一度だけ）:\n"
        "  {address}\n"
        "離れた場所から使うときは、手元で先に: ssh -L {port}:127.0.0.1:{port} この機械",
        "en": "Open {page} in a browser and draw what must not be kept (within {minutes} minutes; it opens once):\n"
        "  {address}\n"
        "From afar, first on your own machine: ssh -L {port}:127.0.0.1:{port} THIS-MACHINE",
    },
    "drawing.cancelled": {
        "ja": "{page}: 中止しました。仕分け待ちのままです。",
        "en": "{page}: cancelled; it stays in the tray.",
    },
    "drawing.never_opened": {
        "ja": "{page}: {minutes} 分のあいだ開かれませんでした。仕分け待ちのままです。もう一度実行するか、"
        "tray show --grid と --mask を使ってください。",
        "en": "{page}: nobody opened it within {minutes} minutes; it stays in the tray. Run it again, or use tray show "
        "--grid and --mask.",
    },
    "drawing.too_late": {
        "ja": "{page}: {minutes} 分のあいだに終わりませんでした。仕分け待ちのままです。もう一度実行してください。",
        "en": "{page}: nothing came back within {minutes} minutes; it stays in the tray. Run it again.",
    },
}
