"""Planning at the desk: who is on the team of an event, tasks with due dates, the budget, the report, and
workbooks in and out. It may use the programme, registration and activities."""
