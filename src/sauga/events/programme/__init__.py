"""The programme: events, series, venues with rooms, tracks, sessions and speakers; public pages, calendars,
feeds and files of the schedule.
"""
