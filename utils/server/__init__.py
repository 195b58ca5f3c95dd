"""The web server: starts the app, hands out files, guards answers, answers whether it is healthy."""
