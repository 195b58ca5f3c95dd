"""The evening's gifts (SQL): entries that are added, countered and confirmed, never changed."""
