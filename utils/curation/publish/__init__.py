"""Publishing: a candidate goes through a list of steps, and readers see it only when all have passed.

:mod:`build_steps` are those in a process under limits, where the record is read: check, redact, scan, write,
scan again. :mod:`steps` are those outside: build, inspect, place, switch, announce, prune. Both are lists of
functions of one :class:`utils.curation.publish.candidate.Candidate`; :mod:`commands` runs them.
"""
