"""Youth Panel: young people aged 12 to 18 who say what they think, vote, and are answered.

Controlled by the Awareness Centre. Who a member is, is sealed in the zone `panel`; inside the panel there are
pseudonyms. No private messages, no public profiles, no followers, no numbers of votes while a ballot is open.
"""
