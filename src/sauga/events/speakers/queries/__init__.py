"""What is read about speakers, and who may have their address."""
