"""Tables too large to hold: read, checked, redacted and written in pieces, within a fixed memory.

A table is such a one when the contract says ``streamed``. It gives the same problems and the same
values as :mod:`utils.curation.read` and :mod:`utils.curation.check` would, told up to a number of
each kind.
"""
