"""Values as people read them: dates, lengths of time, numbers, names and telephone numbers."""
