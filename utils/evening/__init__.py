"""The evening in the hall: entry on phones, the wall, the sheet at its end."""
