"""From curated tables to a checked, redacted, immutable release (docs/design.md §2 and §5)."""
