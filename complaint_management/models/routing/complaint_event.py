"""The moments of a complaint at which somebody may be told (R21, R24, R26, R64).

Whom and how is data (``complaint.notice``); whoever makes such a moment calls
``complaint.complaint._announce(event)``. Another addon appends to ``EVENTS`` and calls it too.
"""

EVENTS = [
    ("arrived", "Complaint came in"),
    ("registered", "New complaint"),
    ("critical", "Critical complaint"),
    ("submitted", "Submitted for review"),
    ("dispatched", "Dispatched to a team"),
    ("lead_changed", "Lead changed"),
    ("plan_released", "Plan released"),
    ("plan_changed", "Plan changed"),
    ("action_assigned", "New action"),
    ("action_moved", "Date of an action moved"),
    ("action_done", "Action done"),
    ("action_objected", "Action objected to"),
    ("instruction", "Instruction by the management"),
    ("approval_requested", "Approval asked for"),
    ("approval_decided", "Approval given or refused"),
    ("sample_requested", "Sample requested"),
    ("warning", "Deadline comes near"),
    ("escalation", "Deadline missed"),
    ("promise_broken", "Promise not kept"),
    ("customer_objected", "Customer objected"),
    ("customer_answered", "Customer answered"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
    ("measure_refuted", "Measure does not work"),
    ("repetition", "Complaints repeat themselves"),
]

# Whom a notice may name besides the functions of the team (``FUNCTIONS``).
ROLES = [
    ("addressed", "Those whom it addresses"),
    ("salesperson", "Salesperson"),
    ("lead", "Lead"),
    ("owner", "Owners of open actions"),
    ("registrar", "Whoever recorded it"),
    ("leader", "Team leader"),
    ("members", "Team members"),
    ("followers", "Followers of the team"),
]

# How somebody may be told; ``_tell_by_<way>`` does it.
WAYS = ("activity", "toast", "inbox", "mail", "digest")
# One of these is enough: what is in the digest is not also sent at once.
HELD_BACK_BY_DIGEST = ("toast", "inbox", "mail")
