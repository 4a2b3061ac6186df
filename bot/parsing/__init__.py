"""Reads an utterance: normalise, find mentions, recognise, fill slots."""
