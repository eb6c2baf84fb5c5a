"""What `seats` declares to the rest of the house (`access.modules`)."""

from przystan.access.modules import Module

from .holder import Seats

MODULE = Module(at="seats/", guide="cases", ways={"seat": "seats:one"}, holders=(Seats(),))
