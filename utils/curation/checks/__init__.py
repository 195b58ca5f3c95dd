"""The rules of the record, by subject. ``rows`` judges one row; the others compare rows and tables.

Every rule yields findings: where (a :class:`~utils.curation.checks.violation.Spot`) and what is wrong
(a :class:`~utils.curation.checks.violation.Flaw`). :func:`utils.curation.check.check` runs them all.
"""
