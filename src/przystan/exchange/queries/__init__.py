"""Reads of an import: what words mean here, what a row would become, whom it may be about."""
