"""Work on the queue of jobs: reminders, exports, imports.

`przystan demo` and `przystan serve` start one themselves; more can run beside, on other machines too.
"""

import argparse
from gettext import gettext as _

from przystan.project import logs, ownership
from przystan.project.trouble import Exit

from . import centre, numbers


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=numbers.some, default=2, help=_("how many jobs at once (default 2)"))


def run(options: argparse.Namespace) -> int:
    logs.begin(logs.JSON)
    with centre.opened(patient=True):
        centre.require_migrated()
        ownership.require_bound()
        from django.utils import translation
        from procrastinate.contrib.django import app

        from przystan.access import workers
        from przystan.access.jobs import working

        translation.deactivate()  # jobs speak to whoever asked for them, not to who started the worker
        with working("access.resume"):
            workers.take_up()
        centre.close_connections()
        with app.replace_connector(app.connector.get_worker_connector()) as worker, workers.present() as presence:
            worker.run_worker(concurrency=options.jobs, worker_middleware=[presence.shown])
    return Exit.FINE
