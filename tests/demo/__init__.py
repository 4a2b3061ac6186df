"""The demo city: its tables, what it says about 2011, how it loads."""
