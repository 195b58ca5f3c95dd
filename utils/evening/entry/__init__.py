"""Where volunteers enter gifts and promises: the page and its HTTP API."""
