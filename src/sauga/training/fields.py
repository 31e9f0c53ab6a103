"""How the fields of training are protected."""

from sauga.kernel.sealed import declare

declare("training.Stream", plain={"ref", "title", "state"})
