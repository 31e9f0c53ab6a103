"""What spans everything: figures, the ambassador's own page, the demo's story."""
