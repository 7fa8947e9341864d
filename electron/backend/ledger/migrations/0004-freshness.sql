-- Keeping up with a portal cheaply: what the last complete refresh saw, where the turns stand, what is news to the person.

CREATE TABLE freshness (
  portal_id TEXT PRIMARY KEY REFERENCES portal (id) ON DELETE CASCADE,
  -- The last refresh that read everything, and how many more payments the portal then counted than the ledger held
  -- (null where it counts none).
  whole_at TEXT,
  count_off INTEGER,
  -- The last look of any kind that reached the portal.
  looked_at TEXT,
  -- Paid payments are read again in turn, newest first: those below this id come next, null begins anew.
  paid_below INTEGER,
  turned_at TEXT,
  -- The same for the quiet looks' slices of unpaid ones.
  unpaid_below INTEGER,
  -- Moment of the portal's own clock since which changed deals and invoices are asked for.
  touched_from TEXT,
  max_order_id INTEGER NOT NULL DEFAULT 0,
  -- Whether the portal keeps a queue of events for us, and the mark of what was taken from it and not cleared yet.
  events_bound INTEGER NOT NULL DEFAULT 0,
  queue_mark TEXT
) STRICT;

-- Up to now every refresh read everything.
INSERT INTO freshness (portal_id, whole_at, looked_at, turned_at, max_order_id)
  SELECT id, last_refresh_at, last_refresh_at, last_refresh_at,
    (SELECT coalesce(max(order_id), 0) FROM payment WHERE portal_id = portal.id)
  FROM portal;

-- What a quiet look found changed, until the person looked at it.
ALTER TABLE payment ADD COLUMN news TEXT CHECK (news IN ('added', 'paid', 'unpaid', 'changed', 'gone'));
CREATE INDEX payment_news ON payment (portal_id, news) WHERE news IS NOT NULL;
