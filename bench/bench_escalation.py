"""Escalating after an outage: 10,000 deadlines, each three days late, in one run of the job.

Played by ``odoo shell`` (``make bench ONLY=escalation``): ``env`` is there. Prints milliseconds a
deadline and queries a batch; the budget is 5 ms of our own beyond mails and as many queries for
every batch. Then the job runs in a process of its own that is killed in the middle; what it left
is resumed and compared with what ought to be there: nothing twice, nothing lost.

Smaller: ``COMPLAINT_BENCH_SIZE=1000 make bench ONLY=escalation``.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tools import split_every

from odoo.addons.complaint_management.models.complaint.complaint_state_guard import TRUSTED

SIZE = int(os.environ.get("COMPLAINT_BENCH_SIZE", 10_000))
KILLED_SIZE = SIZE // 5
LEVELS = 4
BUDGET_MS = 5.0
Complaints = env["complaint.complaint"]  # ruff: ignore[undefined-name]
Clocks = env["complaint.clock"]  # ruff: ignore[undefined-name]
env = env  # ruff: ignore[undefined-name]


# ------------------------------------------------------------
# The house: a team with all functions, then late cases
# ------------------------------------------------------------
def make_users():
    """:return: dict function → somebody who plays it"""
    functions = dict(env["complaint.team.function"]._fields["function"].selection)
    group = env.ref("complaint_management.group_complaint_manager")
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": label,
                    "login": f"bench_{key}",
                    "email": f"{key}@bench.example.com",
                    "group_ids": [Command.set(group.ids)],
                }
                for key, label in functions.items()
            ]
        )
    )
    return dict(zip(functions, users, strict=True))


def make_team(users):
    """:return: ``complaint.team``"""
    return env["complaint.team"].create(
        {
            "name": "Bench",
            "sequence": -1,
            "user_id": users["sales_manager"].id,
            "resource_calendar_id": env.company.resource_calendar_id.id,
            "function_ids": [
                Command.create(
                    {
                        "function": key,
                        "user_id": user.id,
                        "backup_user_id": users["coordinator"].id,
                    }
                )
                for key, user in users.items()
            ],
        }
    )


def make_late_cases(count, team, users):
    """Import open cases whose handling is late.

    :return: ``complaint.clock``
    """
    now = datetime.now().replace(microsecond=0)
    category = env.ref("complaint_management.category_quality")
    partner = env["res.partner"].create({"name": "Bench customer"})
    clocks = Clocks.browse()
    for chunk in split_every(500, range(count)):
        complaints = Complaints.create(
            [
                {
                    "description": f"Late {number}",
                    "partner_id": partner.id,
                    "category_id": category.id,
                    "team_id": team.id,
                    "user_id": users["logistics"].id,
                    "lead_user_id": users["quality"].id,
                    "severity": "major",
                    "state": "registered",
                    "date_received": now - timedelta(days=20),
                    "date_registered": now - timedelta(days=20),
                }
                for number in chunk
            ]
        )
        rounds = {record.complaint_id: record for record in complaints.round_ids}
        clocks += Clocks.with_context(complaint_transition=TRUSTED).create(
            [prepare_clock_vals(complaint, rounds[complaint], now) for complaint in complaints]
        )
        env.cr.commit()  # ruff: ignore[invalid-commit]
    return clocks.with_env(env)


def prepare_clock_vals(complaint, record, now):
    """Values of a deadline seven days ago: all its levels are due."""
    return {
        "complaint_id": complaint.id,
        "round_id": record.id,
        "kind": "handling",
        "date_start": now - timedelta(days=20),
        "date_deadline": now - timedelta(days=7),
        "date_warning": now - timedelta(days=9),
        "date_next_step": now - timedelta(days=9),
        "allowed_hours": 40.0,
        "warn_percent": 80,
    }


# ------------------------------------------------------------
# Measuring
# ------------------------------------------------------------
@contextmanager
def counting_batches(counts):
    """Append to ``counts`` the queries of each batch of the job."""
    original = type(Clocks)._watch_batch

    def watch(model, batch):
        env.flush_all()
        before = env.cr.sql_log_count
        original(model, batch)
        env.flush_all()
        counts.append((len(batch), env.cr.sql_log_count - before))

    with patch.object(type(Clocks), "_watch_batch", watch):
        yield


def run(title, clocks, mails):
    """Run the job and print what it cost.

    :return: milliseconds of our own a deadline; waiting for the database depends on the machine
    """
    counts = []
    env.invalidate_all()
    env.cr.sql_log_count = 0
    start, worked = time.perf_counter(), time.process_time()
    with counting_batches(counts):
        if mails:
            Clocks._cron_watch_clocks()
        else:
            with patch.object(type(Complaints), "_tell_by_mail", lambda *args: None):
                Clocks._cron_watch_clocks()
    cost = (time.process_time() - worked) * 1000 / len(clocks)
    waited = (time.perf_counter() - start) * 1000 / len(clocks)
    full = sorted({queries for size, queries in counts[1:] if size == counts[0][0]})
    print(
        f"{title}: {len(clocks)} deadlines, {waited:.2f} ms each, of which {cost:.2f} of our own; "
        f"{len(counts)} batches of {counts[0][0]}, {counts[0][1]} queries in the first, then {full}"
    )
    check(clocks, title)
    return cost


def count_by(model, field, clocks, **kwargs):
    """:return: dict deadline → number of records of ``model``"""
    model = env[model].with_context(active_test=False)
    return dict(model._read_group([(field, "in", clocks.ids)], [field], ["__count"]))


def check(clocks, title):
    """Print what is lost or there twice; end with an error then."""
    env.invalidate_all()
    reached = count_by("complaint.escalation", "clock_id", clocks)
    todos = env["mail.activity"]._read_group(
        [("complaint_clock_id", "in", clocks.ids)],
        ["complaint_clock_id"],
        ["__count", "user_id:count_distinct"],
    )
    people = {len(clock.escalation_ids.user_ids) for clock in clocks}
    lost = sum(max(LEVELS - reached.get(clock, 0), 0) for clock in clocks)
    twice = sum(max(reached.get(clock, 0) - LEVELS, 0) for clock in clocks)
    twice_todos = sum(count - distinct for _clock, count, distinct in todos)
    told = {distinct for _clock, _count, distinct in todos}
    print(
        f"{title}: {lost} levels lost, {twice} twice; {twice_todos} to-dos twice; "
        f"{sorted(people)} people a deadline, {sorted(told)} with a to-do"
    )
    if lost or twice or twice_todos or told != people or len(todos) != len(clocks):
        sys.exit(f"{title}: wrong")


# ------------------------------------------------------------
# Killed and resumed
# ------------------------------------------------------------
KILLED = """
env["complaint.clock"]._cron_watch_clocks(batch_size=50)
"""


def kill_in_the_middle(clocks):
    """Run the job in its own process and kill that when a third is done."""
    env.cr.commit()  # ruff: ignore[invalid-commit]
    command = [sys.executable, "-m", "odoo", "shell", "-d", env.cr.dbname, "--no-http"]
    command.append("--log-level=error")
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    child.stdin.write(KILLED)
    child.stdin.close()
    done = 0
    while child.poll() is None and done < len(clocks) * LEVELS // 3:
        time.sleep(0.02)
        env.cr.rollback()
        env.cr.execute(
            "SELECT count(*) FROM complaint_escalation WHERE clock_id = ANY(%s)", [clocks.ids]
        )
        (done,) = env.cr.fetchone()
    alive = child.poll() is None
    os.kill(child.pid, signal.SIGKILL) if alive else None
    child.wait()
    env.cr.rollback()
    env.cr.execute(
        "SELECT count(*) FROM complaint_escalation WHERE clock_id = ANY(%s)", [clocks.ids]
    )
    (done,) = env.cr.fetchone()
    print(f"killed (signal 9) while running: {alive}; {done // LEVELS} of {len(clocks)} were done")
    if not alive or not 0 < done < len(clocks) * LEVELS:
        sys.exit("The job was not killed in the middle: choose a larger size")


env = env(context={**env.context, "tracking_disable": True, "mail_create_nolog": True})
Complaints, Clocks = env["complaint.complaint"], env["complaint.clock"]
holders = make_users()
house = make_team(holders)
late = make_late_cases(SIZE, house, holders)
cost_without = run("without mails", late, mails=False)
late = make_late_cases(KILLED_SIZE, house, holders)
kill_in_the_middle(late)
run("resumed, with mails", late, mails=True)
if cost_without > BUDGET_MS:
    sys.exit(f"{cost_without:.2f} ms a deadline are more than {BUDGET_MS} ms")
