"""Tables too large to hold in memory: loaded, checked, redacted and written by one engine.

A table is such a one when the contract says ``streamed``. It gives the same problems and the same values as
:mod:`utils.curation.read` and :mod:`utils.curation.check` would, listed up to a number of each kind. The
engine is imported only where a large table has rows.
"""
