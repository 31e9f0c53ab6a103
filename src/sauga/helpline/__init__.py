"""The helpline: free, anonymous help to children by chat, letter and phone, given by volunteers.

Controller: the helpline (Childline, 116 111). Never held here: a visitor's address, number or device, sound,
imagery, or a word of a child that is readable at rest. Other services learn nothing from here but what
`referrals` and `figures` pass on.
"""
