"""Newsletter: people subscribe with an e-mail address and confirm it; editors compose issues from published
pages; issues are sent in batches, without anything that tells who reads what.

Controller: the Awareness Centre. It must never hold an address in plain text, nor who opened what.
"""
