"""Help pages that say also the library's own words in Chinese."""

from importlib import import_module
from typing import Any

from typer.core import TyperCommand, TyperGroup

from bot.catalog import load_catalog
from bot.commands.voice import Voice

VOICE = Voice(load_catalog())


class Command(TyperCommand):
    """A command."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help` with what it does."""
        return _said(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _title_panels()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A command with commands of its own."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help` with what it does."""
        return _said(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        _title_panels()
        super().format_help(ctx, formatter)


def _said(option: Any) -> Any:
    if option is not None:
        option.help = VOICE.help("help")
    return option


def _title_panels() -> None:
    pages: Any = import_module("typer.rich_utils")  # loaded for a page alone: it takes 0.1 s
    pages.ARGUMENTS_PANEL_TITLE = VOICE.help("arguments")
    pages.OPTIONS_PANEL_TITLE = VOICE.help("options")
    pages.COMMANDS_PANEL_TITLE = VOICE.help("commands")
