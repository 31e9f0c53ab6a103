"""Activities of Safer Internet Day: a school, library or company registers one in two minutes and gets
materials, a poster and, after reporting how many took part, a certificate; the map of municipalities;
moderation and the year's figures at the desk.
"""
