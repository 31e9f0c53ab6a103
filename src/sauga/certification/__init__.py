"""Certification of Safer Internet Ambassadors: a versioned programme, applications, the board of two,
certifications and their renewal, the public register, and sessions that schools ask for and confirm.

Controller: the Awareness Centre. It holds no extract of any register of convictions, no child's name, and no
address in plain text.
"""
