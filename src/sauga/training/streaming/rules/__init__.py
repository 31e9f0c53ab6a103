"""What is decided about broadcasts without a database: ffmpeg's arguments, playlists, captions, messages."""
