"""How Django itself writes dates in this language."""

DATE_FORMAT = "j E Y"
