"""What is said about a wrong command line, in both languages."""

import click

from commands.context import call


def wording(error: click.UsageError, program: str) -> str:
    """Return what is wrong and where to read how it is right."""
    path = error.ctx.command_path if error.ctx is not None else program
    where = path if "/" in path else f"./{path}"
    if call().language != "ja":
        return f"{error.format_message()}\nSee: {where} --help"
    return f"{_japanese(error)}\n説明: {where} --help"


def _japanese(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"{error.command_name} というコマンドはありません。{_near(error.possibilities)}"
    if isinstance(error, click.NoSuchOption):
        return f"{error.option_name} というオプションはありません。{_near(error.possibilities)}"
    parameter = error.param if isinstance(error, click.BadParameter) else None
    name = parameter.human_readable_name if parameter is not None else ""
    name = parameter.opts[0] if isinstance(parameter, click.Option) else name.upper()
    if isinstance(error, click.MissingParameter):
        return f"{name} が指定されていません。"
    if isinstance(error, click.BadParameter):
        kind = parameter.type if parameter is not None else None
        if isinstance(kind, click.Choice):
            return f"{name} は次のいずれかにしてください: {'、'.join(map(str, kind.choices))}。"
        return f"{name} の値が正しくありません: {error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} には値が必要です。"
    return f"コマンドラインが正しくありません: {error.format_message()}"


def _near(names: object) -> str:
    found = list(names) if isinstance(names, (list, tuple)) else []
    return f"{'、'.join(map(str, found))} のことでしょうか。" if found else ""
