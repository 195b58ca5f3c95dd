"""What the pages show and hand out, each thing declared once: its filters, its drawing, its rows."""
