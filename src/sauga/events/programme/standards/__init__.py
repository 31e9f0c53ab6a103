"""The programme in formats that programs read."""
