* Deadlines for first response, plan, handling and report in working hours, with pause and extension.
- Changed plans are sent again, once for one save; visits, roll-out to departments, a supervisor's grid, the leadership's instruction, checks of effect and follow-ups with an answer.
- Who is told of what, and how (pop-up, to-do, inbox, e-mail, one digest a day) is a table to edit; letters to the customer for every stage.
