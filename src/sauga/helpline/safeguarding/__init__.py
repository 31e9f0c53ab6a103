"""A child in danger: concerns, disclosure by two people, cases, referrals to other services and handover of
addresses to the hotline.
"""
