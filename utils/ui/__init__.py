"""The shared Streamlit pieces: figure card, source line, filters, charts with their table twin, map."""
