"""The moments of a complaint at which somebody may be told (R21, R24, R26, R64).

Whom and how is data (``complaint.notice``); whoever makes such a moment calls
``complaint.complaint._announce(event)``. Another addon appends to ``EVENTS`` and calls it too.
"""

EVENTS = [
    ("registered", "Registered"),
    ("critical", "Critical complaint"),
    ("submitted", "Submitted for review"),
    ("dispatched", "Dispatched to a team"),
    ("lead_changed", "Lead changed"),
    ("plan_released", "Plan released"),
    ("plan_changed", "Plan changed"),
    ("action_done", "Action done"),
    ("action_objected", "Action objected to"),
    ("instruction", "Instruction by the management"),
    ("sample_requested", "Sample requested"),
    ("warning", "Deadline comes near"),
    ("escalation", "Deadline missed"),
    ("promise_broken", "Promise not kept"),
    ("customer_objected", "Customer objected"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
]
