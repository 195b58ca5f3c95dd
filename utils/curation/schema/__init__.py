"""The schema of the record: ``data/schema/*.yaml``, which people edit, and the contract compiled from it."""
