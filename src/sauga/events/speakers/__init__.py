"""Speakers themselves: their page, their personal link, slides, portraits, and what they agree to."""
