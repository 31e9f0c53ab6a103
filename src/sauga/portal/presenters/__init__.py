"""The portal in words: the publish gate, and the guided choice “Something happened”."""
