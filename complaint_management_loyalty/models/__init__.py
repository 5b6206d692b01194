from . import complaint_action, complaint_complaint, res_company
