"""Every write about speakers that the programme does not have: links, slides, portraits, absences."""
