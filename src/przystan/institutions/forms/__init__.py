"""Forms of institutions."""
