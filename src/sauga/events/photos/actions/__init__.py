"""Every write about photographs."""
