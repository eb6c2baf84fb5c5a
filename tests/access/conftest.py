from .audited import audited_database, centre

__all__ = ["audited_database", "centre"]
