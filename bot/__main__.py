"""`python -m bot` is the `zhaoshang` command."""

from bot.cli import main

main()
