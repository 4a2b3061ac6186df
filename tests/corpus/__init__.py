"""Labelled utterances and how well they are read."""
