"""What pages call things: states, kinds, reasons; and the purposes of consent in the words of each age."""
