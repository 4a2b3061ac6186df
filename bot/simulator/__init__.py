"""A local Bot API server and the phone-like page that talks to it."""
