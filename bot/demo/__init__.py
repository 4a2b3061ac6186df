"""The demo city: a whole invented ledger, generated from a recipe and loaded like any workbook."""
