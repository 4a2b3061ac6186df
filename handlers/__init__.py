"""One module per capability a user would name."""
