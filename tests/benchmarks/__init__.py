"""Speed, bytes, memory and load of the app beside an empty Streamlit page: ``make bench``."""
