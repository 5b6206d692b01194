from . import complaint_action, complaint_complaint, crm_lead
