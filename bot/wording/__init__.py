"""Turns a reply's key and values into text, buttons and documents."""
