"""Letters: received, drafted by one counsellor, approved by another, answered; and what the child sees
with its receipt.
"""
