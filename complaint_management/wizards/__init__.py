from . import complaint_action_wizard, complaint_reason_wizard
