-- What the nodes have counted, of the whole service and since it began: each adds what it counted since it last did, so that
-- any API node answers for all of them, and nothing goes back when one restarts.
CREATE TABLE metric_total (
  metric text NOT NULL,
  -- Values in the order in which the metric declares them, with commas between.
  labels text NOT NULL,
  -- '' of a counter; of a histogram 'sum', or a bucket's upper bound.
  part   text NOT NULL,
  value  double precision NOT NULL CHECK (value >= 0),
  PRIMARY KEY (metric, labels, part)
) WITH (fillfactor = 50);

-- The newest addition of each process: one whose commit was not heard of is sent again, and counts once.
CREATE TABLE metric_addition (
  source   uuid PRIMARY KEY,
  number   bigint NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now()
);
