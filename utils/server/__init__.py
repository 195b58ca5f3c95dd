"""The web server: starts the app, hands out files, guards answers, tells whether it is healthy."""
