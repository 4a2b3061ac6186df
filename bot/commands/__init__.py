"""What each `zhaoshang` command does."""
