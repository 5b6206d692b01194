* Deadlines for first response, plan, handling and report in working hours, with pause and extension.
- Changed plans are sent again, once for one save; visits, roll-out to departments, a supervisor's grid, the leadership's instruction, checks of effect and follow-ups with an answer.
- Who is told of what, and how (pop-up, to-do, inbox, e-mail, one digest a day) is a table to edit; letters to the customer for every stage.
- Categories say what to ask, which evidence to collect and how far to investigate; severity is proposed from a table of points; samples have a custody log.
- Calls and restating are logged in one press; promises to the customer are kept or broken by themselves; what is late climbs an editable ladder.
- Each thing said to be wrong has its own finding; validity follows the findings, confirmed quantities and remaining stock are recorded, causes are proven by linked evidence.
- Cases are dispatched to the salesperson of the region, leads transferred with their work, backups stand in by themselves; who is complained about sees nothing of his case.
- What was registered stays as it was said; typing errors are corrected with a reason; every round is kept; silent customers are reminded twice, then the case closes.
