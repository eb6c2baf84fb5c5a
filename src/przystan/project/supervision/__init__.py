"""What `serve` and `demo` are made of, kept alive: each part that ends by itself is started again.

The parts are programs (the pages, the worker) and the embedded database. How they are is written on a board, from
which the web processes answer `/healthz` and tell who leads (`project.health`).
"""
