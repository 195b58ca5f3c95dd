"""Builds ``data/geo`` and the browser's base map from registry packages.

Nothing here is needed while the app runs: the built files are committed.
"""
