"""Live broadcasts: ingest, encoder, segments, player."""
