from . import complaint_action_wizard
