"""The content item: one place on the internet, its sealed address, and each time it was online.

Everything else is about items.
"""
