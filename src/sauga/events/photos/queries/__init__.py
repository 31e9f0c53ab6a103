"""What is read about photographs: badges, who must not be photographed, what is published."""
