"""Django's PostgreSQL backend with a guard before every statement (`access.scope.guard`)."""
