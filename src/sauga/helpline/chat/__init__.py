"""Chat: the conversation as child and counsellor see it, the queue between them, and the stream that keeps
both up to date.
"""
