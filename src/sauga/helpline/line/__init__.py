"""What the line itself is: opening hours, texts, settings, and the rules of triage and redaction that
every channel uses.

Edited by the service administrator.
"""
