"""Pure HTML of what pages print: cards, tables, lists, notices, legends. No part knows Streamlit."""
