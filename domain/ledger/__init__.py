"""The workbook in, the workbook out."""
