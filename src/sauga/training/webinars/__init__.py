"""Webinars: what is broadcast at an event, questions without names, presence of those who want a
confirmation, the page of the speaker. The event itself is that of `sauga.events`.
"""
