"""Links mentions to the names of the ledger: accept, ask or reject."""
