"""Viewing sites: libraries that show a webinar in their hall, from the invitation to the head count, and the
coordinator's wall of all of them.
"""
