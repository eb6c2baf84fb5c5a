"""The pages of institutions."""
