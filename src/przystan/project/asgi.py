"""What the web server loads in each of its processes."""

import gc
import multiprocessing
import os
import resource
import signal

import django

MOST_OPEN = 65_536  # connections and files; many may be idle, which must keep nobody out

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
django.setup(set_prefix=False)

from przystan.project.serving import Application  # noqa: E402
from przystan.project.serving.warming import warm  # noqa: E402
from przystan.project.supervision.programs import die_with_parent  # noqa: E402

die_with_parent(signal.SIGKILL)  # or a process of a killed web server would serve on, beside the new one
if (parent := multiprocessing.parent_process()) and parent.pid != os.getppid():
    os._exit(1)  # it was killed before we could ask
_, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
most = MOST_OPEN if allowed == resource.RLIM_INFINITY else min(allowed, MOST_OPEN)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, allowed))

application = Application()
warm()
# What is loaded by now stays: walking it again and again for rubbish took half the time of the slowest pages.
gc.collect()
gc.freeze()
