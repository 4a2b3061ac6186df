"""The name index: exact, alias, sound and slip; accept, ask or leave the words."""
