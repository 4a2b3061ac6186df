"""Utterances with what they mean, and the small ledger they are said about."""
