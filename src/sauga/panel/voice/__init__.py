"""Space, voice, audience and influence: cycles, meetings, topics, proposals, comments, posts, answers."""
