"""Who is there when: templates, shifts, duty, and what follows from it: whether a channel is open, and how
many people it needs.
"""
