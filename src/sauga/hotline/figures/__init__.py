"""Figures: takedown times, quality, RRT's and INHOPE's counts, statutory reports; the measures that the
hotline publishes."""
