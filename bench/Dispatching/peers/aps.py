# Debian's python3-apscheduler as a peer of scripts/bench dispatcher; what it knows stands in npm.mjs.
import subprocess
import sys
import time
from datetime import datetime, timezone

import apscheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

what, *rest = sys.argv[1:]
if what == "version":
    print(apscheduler.__version__)
elif what == "tick":
    names = ["second", "minute", "hour", "day", "month", "day_of_week"]
    scheduler = BackgroundScheduler(timezone="UTC")
    trigger = CronTrigger(timezone="UTC", **dict(zip(names, rest[0].split())))
    scheduler.add_job(lambda: subprocess.run(["sh", "-c", rest[1]]), trigger)
    scheduler.start()
    time.sleep(1e6)
elif what == "year":
    line, zone, start, end = rest[0], rest[1], int(rest[2]), int(rest[3])
    trigger = CronTrigger.from_crontab(line, timezone=zone)
    last, now = None, datetime.fromtimestamp(start + 1, timezone.utc)
    while True:
        due = trigger.get_next_fire_time(last, now)
        if due is None or due.timestamp() >= end:
            break
        if last is not None and due <= last:
            # The scheduler's own loop asks until it gets a later time: it hangs here.
            print(f"asked for what comes after {last} it says {due}, and so on", file=sys.stderr)
            break
        print(int(due.timestamp()))
        last = now = due
