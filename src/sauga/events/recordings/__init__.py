"""Recordings of sessions: attached with captions after an event, handed on to the repository as a draft where
every speaker agreed, shown with the event once the repository has published them, stopped everywhere when a
consent is withdrawn.
"""
