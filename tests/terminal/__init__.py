"""The `zhaoshang` command as people and programs use it: real processes on a real file."""
