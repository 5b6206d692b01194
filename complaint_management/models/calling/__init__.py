from . import (
    complaint_call,
    complaint_call_ring,
)
