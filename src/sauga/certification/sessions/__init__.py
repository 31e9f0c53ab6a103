"""Sessions: schools ask for one, ambassadors nearby are asked, the host confirms what took place."""
