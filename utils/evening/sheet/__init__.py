"""The reconciliation sheet that two people sign: its content, PDF, workbook and page."""
