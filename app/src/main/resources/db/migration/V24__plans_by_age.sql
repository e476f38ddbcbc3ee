-- Plans are removed by their age, as kept results are.
CREATE INDEX kept_plan_age ON kept_plan (planned_at);
