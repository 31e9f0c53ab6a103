"""Photographs and recordings: who must not be photographed, numbered badges, and what is published of an
event with the consent of everybody it shows.
"""
