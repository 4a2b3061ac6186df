"""Roles: how a slot of an intent is found among the words of a piece."""
