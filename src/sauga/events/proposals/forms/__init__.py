"""The forms of the call for papers."""
