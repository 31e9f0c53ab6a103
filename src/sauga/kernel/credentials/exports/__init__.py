"""A credential to keep: signed JSON, a picture, paper."""
