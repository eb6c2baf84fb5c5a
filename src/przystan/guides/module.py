"""What `guides` declares to the rest of the house (`access.modules`)."""

from przystan.access.modules import Module

MODULE = Module(at="guide/", guide="index", ways={"guide": "guides:page"})
