from . import (
    complaint_call,
)
