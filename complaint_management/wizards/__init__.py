from . import (
    complaint_people_wizard,
    complaint_action_wizard,
    complaint_call_wizard,
    complaint_chat_wizard,
    complaint_clock_wizard,
    complaint_correction_choice,
    complaint_correction_wizard,
    complaint_delay_wizard,
    complaint_instruction_wizard,
    complaint_reason_wizard,
    complaint_rollout_wizard,
    complaint_sample_wizard,
)
