-- Of a delivery by e-mail: who has it, and who was refused for good. The others are still to get it.
ALTER TABLE notice_delivery
  ADD COLUMN taken_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN refused_by text[] NOT NULL DEFAULT '{}';
