"""Pictures without a browser: SVG from figures, maps and figures in words, on one page layout."""
