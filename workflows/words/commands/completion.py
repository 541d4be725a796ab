"""What ``completion`` says of itself."""

SENTENCES: dict[str, dict[str, str]] = {
    "completion.help": {
        "ja": "シェルの補完スクリプトを表示します。コマンド、オプション、選べる値をTabキーで補えます。",
        "en": "Print the script by which your shell completes commands, options and their values.",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "completion.help": (
        '# ~/.bashrc:                      eval "$(./admin.py completion bash)"',
        '# ~/.zshrc, after compinit:       eval "$(./admin.py completion zsh)"',
        "./admin.py completion fish > ~/.config/fish/completions/admin.py.fish",
    ),
}
