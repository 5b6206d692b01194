from . import (
    complaint_same_case_keys,
    complaint_same_case_signs,
    complaint_same_case,
    complaint_duplicates,
    complaint_same_case_people,
    complaint_same_case_evidence,
    complaint_same_case_left,
    complaint_same_case_merge,
    complaint_same_case_ending,
    complaint_same_case_verb,
    complaint_duplicate_page,
    complaint_duplicate_mail,
)
