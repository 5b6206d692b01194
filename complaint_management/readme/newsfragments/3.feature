* Deadlines for first response, plan, handling and report in working hours, with pause and extension.
- Changed plans are sent again, once for one save; visits, roll-out to departments, a supervisor's grid, the leadership's instruction, checks of effect and follow-ups with an answer.
