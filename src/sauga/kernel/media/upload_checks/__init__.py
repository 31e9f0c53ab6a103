"""What an uploaded file is: its kind and its structure, examined before anything is stored."""
