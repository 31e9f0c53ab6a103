"""Pages and data in other formats: calendars, feeds, structured data, PDF and CSV."""
