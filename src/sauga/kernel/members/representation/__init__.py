"""Members who act for an organisation."""
