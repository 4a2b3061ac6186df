"""The front end: everything between Telegram and a command."""
