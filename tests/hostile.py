"""Hostile text: what somebody may type, paste or put into an address. It stays text everywhere."""

CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><b>",
    "`${alert(1)}`",
    "javascript:alert(1)",
    "![x](https://example.org/x.png)",
    "\u202egpj.exe\u202c",
    "\u200b\u200d\u2060",
    "' OR 1=1 --",
    "%00../../etc/passwd",
    "{0.__class__}",
    "ភ្នំពេញ" * 200,
    "a" * 10_000,
    "\x00\x07",
)
"""Script, broken markup, template, link, image, reversed and invisible letters, SQL, paths, lengths."""
