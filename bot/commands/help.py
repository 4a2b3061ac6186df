"""Help pages that say also the library's own words in Chinese."""

from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from bot.catalog import load_catalog
from bot.commands.voice import Voice

VOICE = Voice(load_catalog())
rich_utils.ARGUMENTS_PANEL_TITLE = VOICE.help("arguments")
rich_utils.OPTIONS_PANEL_TITLE = VOICE.help("options")
rich_utils.COMMANDS_PANEL_TITLE = VOICE.help("commands")


class Command(TyperCommand):
    """A command."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help` with what it does."""
        return _said(super().get_help_option(ctx))


class Group(TyperGroup):
    """A command with commands of its own."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help` with what it does."""
        return _said(super().get_help_option(ctx))


def _said(option: Any) -> Any:
    if option is not None:
        option.help = VOICE.help("help")
    return option
