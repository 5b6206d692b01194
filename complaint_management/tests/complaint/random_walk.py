"""A machine that presses random buttons as random people, and what must hold afterwards.

Used by ``test_random_walk``. One walk is one complaint; each press runs in a savepoint of its
own, as a request would, so that a refused press can be compared with what stood before.
"""

from datetime import timedelta

from freezegun import freeze_time
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from odoo import fields
from odoo.exceptions import AccessError, UserError

from ...models.complaint.complaint_lifecycle import TRANSITIONS
from ...models.handling.complaint_action import OPEN_STATES, OUTLIVING_KINDS
from ...models.handling.complaint_action_verbs import ACTION_TRANSITIONS, STARTED_STATES

# Those who may do most come most often, so that walks get somewhere.
ROLES = (
    *("manager", "quality", "manager", "sales", "service", "quality", "manager"),
    *("leadership", "admin", "contributor", "sales2"),
)
ARGUMENTS = {
    "close": ("accepted",),
    "cancel": ("Entered twice",),
    "object": ("Not good enough",),
    "reopen": ("It happened again",),
}
ACTION_ARGUMENTS = {"object": ("No time",), "finish": ("Looked at it, done.",)}
CLOCK_ARGUMENTS = {"pause": ("The sample comes",), "extend": (8.0, 0.0, "The sample is late")}
START = "2026-03-02 09:00:00"
# “Same case” takes two complaints; tests/sameness looks after it.
ONE_CASE_VERBS = sorted(TRANSITIONS.keys() - {"same_case", "redraft"})
# Where walks begin: anywhere in the life of a complaint.
RESOLVED = ("register", "release", "settle", "resolve")
PATHS = (
    *((), ("register",), ("register", "release"), RESOLVED, (*RESOLVED, "object")),
    *((*RESOLVED, "close"), (*RESOLVED, "close", "reopen"), (*RESOLVED, "object", "release")),
)
DEMAND_VERBS = ("offer", "accept", "decline", "done", "cancel", "reopen")
KINDS = ("containment", "correction", "investigation", "corrective", "verification")
# Stamps of states that were passed: a complaint in one of these has the date.
STAMPED = {"resolved": "date_resolved", "closed": "date_closed", "cancelled": "date_closed"}


class Walk(RuleBasedStateMachine):
    """Random verbs by random roles on one complaint; ``case`` is the running test."""

    case = None

    def __init__(self):
        super().__init__()
        self.env = self.case.env
        self.savepoint = self.env.cr.savepoint()
        self.frozen = freeze_time(START)
        self.time = self.frozen.start()
        self.complaint = None
        self.said = {}

    def teardown(self):
        """Take back everything the walk did."""
        self.frozen.stop()
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # Presses
    # ------------------------------------------------------------
    @initialize(
        path=st.sampled_from(PATHS),
        review=st.booleans(),
        window=st.sampled_from((0.0, 4.0)),
    )
    def record(self, path, review, window):
        """A salesperson records a complaint with a request; some teams review, some may object."""
        case = self.case
        case.team.write({"requires_review": review, "objection_hours": window})
        self.complaint = case._complaint(
            user=case.user_sales,
            category_id=case.category_simple.id,
            team_id=case.team.id,
            demand_ids=[fields.Command.create({"kind": "explanation"})],
        ).sudo()
        self.said = {"description": self.complaint.description, "name": self.complaint.name}
        for verb in path:
            if verb == "settle":
                self.settle()
                continue
            self.write_plan("manager", "We sort the stock.")
            if verb in ("register", "release"):
                self.add_action("manager", "investigation")
            self.press(verb, "manager")

    @rule()
    def settle(self):
        """Everybody does his part: open actions are finished, the request is answered."""
        manager = self.case.user_manager
        for action in self.complaint.action_ids.filtered(lambda a: a.state in OPEN_STATES):
            self._attempt(lambda a=action: a.with_user(manager).action_finish("Done.", "effective"))
        demand = self.complaint.demand_ids[:1].with_user(manager)
        self._attempt(lambda: demand.write({"answer": "Here is why."}))
        self._attempt(demand.action_done)

    @rule(verb=st.sampled_from(ONE_CASE_VERBS), role=st.sampled_from(ROLES))
    def press(self, verb, role):
        """Any verb of the complaint."""
        self._try(
            self.complaint, role, f"action_{verb}", ARGUMENTS.get(verb, ()), TRANSITIONS[verb]
        )

    @rule(
        verb=st.sampled_from(sorted(ACTION_TRANSITIONS)),
        role=st.sampled_from((*ROLES, "purchasing")),
        index=st.integers(0, 5),
    )
    def press_action(self, verb, role, index):
        """Any verb of one of its actions."""
        actions = self.complaint.action_ids.sorted("id")
        if actions:
            action = actions[index % len(actions)]
            arguments = ACTION_ARGUMENTS.get(verb, ())
            self._try(action, role, f"action_{verb}", arguments, ACTION_TRANSITIONS[verb])

    @rule(
        verb=st.sampled_from(("pause", "resume", "extend")),
        role=st.sampled_from(ROLES),
        index=st.integers(0, 7),
    )
    def press_clock(self, verb, role, index):
        """Any verb of one of its clocks."""
        clocks = self.complaint.clock_ids.sorted("id")
        if clocks:
            clock = clocks[index % len(clocks)]
            person = clock.with_user(getattr(self.case, f"user_{role}"))
            before = (clock.state, clock.date_deadline)
            arguments = CLOCK_ARGUMENTS.get(verb, ())
            done = self._attempt(lambda: getattr(person, f"action_{verb}")(*arguments))
            assert done or (clock.state, clock.date_deadline) == before

    @rule(hours=st.sampled_from((1, 30, 200)))
    def wait(self, hours):
        """Time passes and the scheduled jobs run."""
        self.time.tick(timedelta(hours=hours))
        clocks = self.env["complaint.clock"]
        clocks._watch_batch(clocks.search(clocks._get_watch_domain()))
        rounds = self.env["complaint.round"]
        silent = rounds.search(self.env["complaint.complaint"]._get_silent_domain())
        silent.complaint_id._start_silently()
        self.env.flush_all()

    @rule(role=st.sampled_from(ROLES), kind=st.sampled_from(KINDS))
    def add_action(self, role, kind):
        """Somebody adds an action for purchasing."""
        user = getattr(self.case, f"user_{role}")
        actions = self.env["complaint.action"].with_user(user)
        self._attempt(
            lambda: actions.create(
                {
                    "complaint_id": self.complaint.id,
                    "name": "Ask the supplier",
                    "kind": kind,
                    "user_id": self.case.user_purchasing.id,
                    "deadline": fields.Date.today() + timedelta(days=3),
                }
            )
        )

    @rule(role=st.sampled_from(ROLES), text=st.sampled_from(("", "We sort the stock.")))
    def write_plan(self, role, text):
        """Somebody writes the handling plan."""
        user = getattr(self.case, f"user_{role}")
        self._attempt(lambda: self.complaint.with_user(user).write({"plan_summary": text}))

    @rule(role=st.sampled_from(ROLES), verb=st.sampled_from(DEMAND_VERBS), answer=st.booleans())
    def answer(self, role, verb, answer):
        """Somebody answers the customer's request."""
        demand = self.complaint.demand_ids[:1].with_user(getattr(self.case, f"user_{role}"))

        def attempt():
            if answer:
                demand.write({"answer": "Here is why.", "alternative": "Let us call you."})
            getattr(demand, f"action_{verb}")()

        self._attempt(attempt)

    @rule(role=st.sampled_from(ROLES))
    def rewrite(self, role):
        """Somebody rewrites or deletes what the customer said."""
        complaint = self.complaint.with_user(getattr(self.case, f"user_{role}"))
        registered = self.complaint.state not in ("draft", "submitted")
        done = self._attempt(lambda: complaint.write({"description": "Nothing was wrong."}))
        if done and not registered:
            self.said["description"] = "Nothing was wrong."
        if registered:
            assert not self._attempt(complaint.unlink), "a registered complaint was deleted"

    # ------------------------------------------------------------
    # Trying
    # ------------------------------------------------------------
    def _attempt(self, call):
        """:return: whether ``call`` was allowed; what was refused leaves nothing behind"""
        try:
            with self.env.cr.savepoint():
                call()
                self.env.flush_all()
        except (UserError, AccessError):
            self.env.invalidate_all()
            return False
        self.env.invalidate_all()
        return True

    def _try(self, record, role, method, arguments, transition):
        """Press one verb; it either moves along the table or changes nothing."""
        sources, target = transition
        before, version = record.state, self.complaint.version
        person = record.with_user(getattr(self.case, f"user_{role}"))
        done = self._attempt(lambda: getattr(person, method)(*arguments))
        after = record.state
        if not done:
            assert after == before, f"{method} was refused and moved {before} to {after}"
            assert self.complaint.version == version, f"{method} was refused and left a trace"
        elif after != before:
            assert before in sources, f"{method} left {before}"
        assert self.complaint.version >= version
        return target

    # ------------------------------------------------------------
    # What must hold after every press
    # ------------------------------------------------------------
    @invariant()
    def rounds_are_counted(self):
        """A registered case has its rounds one to n, of which the last is the current one."""
        if self.complaint is None:
            return
        numbers = sorted(self.complaint.round_ids.mapped("number"))
        assert numbers == list(range(1, self.complaint.round + 1)), numbers
        ended = self.complaint.round_ids.filtered("date_ended")
        earlier = self.complaint.round_ids.filtered(lambda r: r.number < self.complaint.round)
        assert earlier <= ended, "an earlier round never ended"

    @invariant()
    def stamps_match_the_state(self):
        """Verbs stamp what they reach; what was reached before stays or is empty again."""
        if self.complaint is None:
            return
        stamp = STAMPED.get(self.complaint.state)
        assert not stamp or self.complaint[stamp], f"{self.complaint.state} without {stamp}"
        if self.complaint.state in STARTED_STATES:
            assert self.complaint.date_registered and self.complaint.lead_user_id
        if self.complaint.state == "closed":
            assert self.complaint.outcome

    @invariant()
    def actions_have_their_shadows(self):
        """Open actions of a started case have a live activity; others have none."""
        if self.complaint is None:
            return
        started = self.complaint.state in STARTED_STATES
        for action in self.complaint.action_ids:
            wanted = started and action.state in OPEN_STATES
            assert bool(action.activity_id.active) == wanted, (action.state, self.complaint.state)
            if action.state == "done":
                assert action.completion_note and action.date_done
            if action.state in OPEN_STATES and self.complaint.state == "closed":
                assert action.kind in OUTLIVING_KINDS
            if self.complaint.state == "cancelled":
                assert action.state in ("done", "cancelled")

    @invariant()
    def one_set_of_clocks_runs(self):
        """Only the current round's clocks run, one of each kind; none in a case that is over."""
        if self.complaint is None:
            return
        clocks = self.complaint.clock_ids
        kinds = [(clock.round_id.id, clock.kind) for clock in clocks]
        assert len(kinds) == len(set(kinds)), "two clocks of one kind in a round"
        open_clocks = clocks.filtered(lambda c: not c.date_stopped)
        assert set(open_clocks.mapped("round_number")) <= {self.complaint.round}
        if self.complaint.state in ("closed", "cancelled"):
            assert not open_clocks, open_clocks.mapped("kind")
        for kind in ("response", "plan", "handling", "report"):
            clock = clocks.filtered(
                lambda c, k=kind: (
                    c.kind == k
                    and c.round_number == self.complaint.round
                    and c.state != "cancelled"
                )
            )
            assert self.complaint[f"{kind}_deadline"] == clock.date_deadline

    @invariant()
    def clocks_say_what_happened(self):
        """A pause is a pause, a stop is a stop, and no level of the ladder is told twice (T14)."""
        if self.complaint is None:
            return
        for clock in self.complaint.clock_ids:
            assert bool(clock.date_paused) == (clock.state == "paused"), clock.state
            assert clock.state not in ("met", "cancelled") or clock.date_stopped
            assert clock.hours_taken >= 0
            if clock.state == "met":
                assert clock.date_stopped <= clock.date_deadline
        told = self.env["complaint.escalation"].search(
            [("complaint_id", "=", self.complaint.id), ("clock_id", "!=", False)]
        )
        told = [(escalation.clock_id.id, escalation.level_id.id) for escalation in told]
        assert len(told) == len(set(told))

    @invariant()
    def what_was_said_stays(self):
        """Number and words are those of the registration (T20)."""
        if self.complaint is None:
            return
        for name, value in self.said.items():
            assert self.complaint[name] == value, name
