"""Volunteers: trainings, background checks, supervision, debriefs, and whether one may take a shift.

For their coordinator.
"""
