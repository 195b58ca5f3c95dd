"""What leaves the app as a file: tables with their dictionary."""
