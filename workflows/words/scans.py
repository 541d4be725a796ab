"""Why a file of scans, or a page of it, was not read, and what would work (the codes of services.returns.room)."""

SENTENCES: dict[str, dict[str, str]] = {
    "scan.damaged": {
        "ja": "ファイルが壊れているか、途中で切れています。もう一度スキャンするか、送り主のファイルを開いて "
        "PDF で保存し直してください。",
        "en": "the file is damaged or cut off; scan the sheets again, or open it elsewhere and save it as a PDF anew.",
    },
    "scan.empty": {
        "ja": "ファイルが空（0 バイト）です。コピーが終わっているか確かめて、もう一度スキャンしてください。",
        "en": "the file is empty (0 bytes); see that copying it is finished, or scan the sheets again.",
    },
    "scan.encrypted": {
        "ja": "パスワード付きの PDF は読み込めません。パスワードを外した PDF にするか、紙に印刷してスキャンし"
        "てください。",
        "en": "a PDF with a password cannot be read; save it without one, or print it and scan the paper.",
    },
    "scan.no_walls": {
        "ja": "このコンピューターでは、ファイルを隔離して開く仕組み（seccomp またはネットワークの名前空間）が"
        "使えないため、読み込みません。Linux（x86_64 または aarch64）で、docs/operations.md の「Scans」のとお"
        "りに動かしてください。",
        "en": "this machine offers no walls to open foreign files behind (neither seccomp nor a network "
        "namespace), so none is opened; use Linux on x86_64 or aarch64 and see docs/operations.md, Scans.",
    },
    "scan.not_a_file": {
        "ja": "普通のファイルではありません（フォルダー、リンク、装置など）。スキャンした PDF か画像そのものを"
        "指定してください。",
        "en": "this is no ordinary file (a folder, a link, a device); name the scanned PDF or picture itself.",
    },
    "scan.not_a_picture": {
        "ja": "読み込めるのは PDF、PNG、JPEG、TIFF、WebP です。これらの形式で保存し直してください（SVG、文書、"
        "圧縮ファイルは読み込みません）。",
        "en": "only PDF, PNG, JPEG, TIFF and WebP are read; save it as one of these (no SVG, document or "
        "archive is opened).",
    },
    "scan.not_readable": {
        "ja": "ファイルを開けません。名前と場所、読み取りの権限を確かめてください。",
        "en": "the file cannot be opened; check its name, its folder, and that you may read it.",
    },
    "scan.too_large": {
        "ja": "ファイルが 64 MB を超えています。束を分けるか、200 dpi でスキャンし直してください。",
        "en": "the file is larger than 64 MB; split the stack, or scan it at 200 dpi.",
    },
    "scan.too_many_pages": {
        "ja": "1,000 ページを超えています。束を分けてください。",
        "en": "there are more than 1,000 pages in it; split the stack.",
    },
    "scan.too_many_pixels": {
        "ja": "画像またはページの寸法が大きすぎます。A3 までの紙を 200 dpi でスキャンし直してください。",
        "en": "a picture or page of it is far too large; scan it again at 200 dpi, sheets up to A3.",
    },
    "scan.too_much_memory": {
        "ja": "開くのに 256 MB を超えるメモリが必要なため中止しました。200 dpi、グレーでスキャンし直してください。",
        "en": "opening it would take more than 256 MB of memory; scan it again at 200 dpi in grey.",
    },
    "scan.too_slow": {
        "ja": "読み込みに時間がかかりすぎるため中止しました。束を分けるか、200 dpi でスキャンし直してください。",
        "en": "reading it took too long and was stopped; split the stack, or scan it again at 200 dpi.",
    },
}
