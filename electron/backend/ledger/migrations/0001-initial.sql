-- The ledger's first shape. Money is integer minor units, moments are ISO 8601 in UTC, days are YYYY-MM-DD.

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE portal (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  host TEXT NOT NULL UNIQUE,
  member_id TEXT,
  demo INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'ok',
  moved_to TEXT,
  writing_allowed INTEGER NOT NULL DEFAULT 0,
  check_json TEXT,
  bucket_size INTEGER NOT NULL DEFAULT 50,
  drain_per_second REAL NOT NULL DEFAULT 2,
  server_limit_seconds INTEGER NOT NULL DEFAULT 60,
  coverage TEXT NOT NULL DEFAULT 'none',
  last_refresh_at TEXT,
  connected_at TEXT NOT NULL
) STRICT;

-- What opens a portal. The secret itself lives in the vault under this id.
CREATE TABLE credential (
  id TEXT PRIMARY KEY,
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('webhook', 'oauth')),
  user_id TEXT NOT NULL DEFAULT '',
  user_name TEXT NOT NULL DEFAULT '',
  base_url TEXT NOT NULL,
  oauth_host TEXT,
  connected_at TEXT NOT NULL
) STRICT;
CREATE INDEX credential_portal ON credential (portal_id);

CREATE TABLE own_company (
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  accounts_json TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (portal_id, id)
) STRICT;

CREATE TABLE payer (
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('company', 'contact')),
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  tax_ids_json TEXT NOT NULL DEFAULT '[]',
  accounts_json TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (portal_id, key)
) STRICT;

CREATE TABLE payment (
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  account_number TEXT NOT NULL,
  paid INTEGER NOT NULL,
  paid_at TEXT,
  -- The calendar day of paid_at in the zone of the portal.
  paid_day TEXT,
  sum_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  pay_system_id INTEGER NOT NULL,
  pay_system_name TEXT NOT NULL DEFAULT '',
  bank_transfer INTEGER NOT NULL DEFAULT 1,
  receipts INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER,
  order_number TEXT NOT NULL DEFAULT '',
  owner_kind TEXT CHECK (owner_kind IN ('deal', 'invoice')),
  owner_id INTEGER,
  owner_title TEXT NOT NULL DEFAULT '',
  owner_number TEXT NOT NULL DEFAULT '',
  payer_key TEXT,
  payer_name TEXT NOT NULL DEFAULT '',
  payer_tax_id TEXT NOT NULL DEFAULT '',
  own_company_id INTEGER,
  own_company_name TEXT NOT NULL DEFAULT '',
  bill_day TEXT,
  voucher_number TEXT NOT NULL DEFAULT '',
  voucher_day TEXT,
  is_return INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  read_at TEXT NOT NULL,
  seen_in TEXT,
  search TEXT NOT NULL DEFAULT '',
  -- Derived from allotments and statements by tables/standing.ts, never set by hand.
  matched_minor INTEGER NOT NULL DEFAULT 0,
  refunded_minor INTEGER NOT NULL DEFAULT 0,
  bank_day TEXT,
  document_number TEXT NOT NULL DEFAULT '',
  standing TEXT NOT NULL DEFAULT 'open',
  PRIMARY KEY (portal_id, id)
) STRICT;
CREATE INDEX payment_number ON payment (portal_id, account_number);
CREATE INDEX payment_standing ON payment (portal_id, standing, id);
CREATE INDEX payment_paid ON payment (portal_id, gone, paid);
CREATE INDEX payment_id ON payment (id, portal_id);
CREATE INDEX payment_bill ON payment (portal_id, bill_day, id);
CREATE INDEX payment_payer ON payment (portal_id, payer_key);
CREATE INDEX payment_sum ON payment (portal_id, sum_minor, id);

-- Every field the portal gave, as it gave it.
CREATE TABLE payment_fields (
  portal_id TEXT NOT NULL,
  id INTEGER NOT NULL,
  fields_json TEXT NOT NULL,
  PRIMARY KEY (portal_id, id),
  FOREIGN KEY (portal_id, id) REFERENCES payment (portal_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE bank_account (
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT '',
  portal_id TEXT REFERENCES portal (id) ON DELETE SET NULL,
  own_company_id INTEGER,
  bound_at TEXT,
  PRIMARY KEY (account, currency)
) STRICT;

CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  mapping_json TEXT,
  imported_at TEXT NOT NULL,
  -- 0 while the import runs: its rows are invisible until it is whole.
  complete INTEGER NOT NULL DEFAULT 0,
  cleared INTEGER NOT NULL DEFAULT 0,
  lines INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  problems INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX file_sha ON file (sha256);

CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT '',
  from_day TEXT,
  to_day TEXT,
  opening_minor INTEGER,
  closing_minor INTEGER,
  off_minor INTEGER,
  lines INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX statement_file ON statement (file_id);
CREATE INDEX statement_account ON statement (account, currency);

CREATE TABLE line (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  idx INTEGER NOT NULL,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  bank_day TEXT NOT NULL,
  value_day TEXT,
  amount_minor INTEGER NOT NULL,
  party_name TEXT NOT NULL,
  party_tax_id TEXT NOT NULL,
  party_account TEXT NOT NULL,
  party_bank_code TEXT NOT NULL,
  purpose TEXT NOT NULL,
  purpose_glued TEXT,
  document_number TEXT NOT NULL,
  document_day TEXT,
  bank_reference TEXT NOT NULL,
  reversal INTEGER NOT NULL,
  booked INTEGER NOT NULL,
  place_line INTEGER NOT NULL,
  place_from INTEGER NOT NULL,
  place_to INTEGER NOT NULL,
  -- Content hash and which of equal lines of one account and day it is; together a line's identity.
  identity TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  live INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  search TEXT NOT NULL,
  ignored_reason TEXT,
  note TEXT NOT NULL DEFAULT '',
  held_until TEXT,
  held INTEGER NOT NULL DEFAULT 0,
  -- Derived: what is allotted, and the best proposal's zone.
  allotted_minor INTEGER NOT NULL DEFAULT 0,
  zone TEXT NOT NULL DEFAULT 'none',
  confidence REAL NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX line_identity ON line (identity, occurrence);
CREATE INDEX line_file ON line (file_id, idx);
CREATE INDEX line_day ON line (live, bank_day, id);
CREATE INDEX line_account ON line (account, currency, bank_day);

CREATE TABLE line_issue (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  place_line INTEGER NOT NULL,
  place_from INTEGER NOT NULL,
  place_to INTEGER NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  weight TEXT NOT NULL
) STRICT;
CREATE INDEX line_issue_file ON line_issue (file_id, place_from);

CREATE TABLE proposal (
  id INTEGER PRIMARY KEY,
  line_id INTEGER NOT NULL REFERENCES line (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  zone TEXT NOT NULL,
  confidence REAL NOT NULL,
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  rest_minor INTEGER NOT NULL,
  reasons_json TEXT NOT NULL
) STRICT;
CREATE INDEX proposal_line ON proposal (line_id, rank);
CREATE INDEX proposal_portal ON proposal (portal_id);

CREATE TABLE proposal_allotment (
  proposal_id INTEGER NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
  portal_id TEXT NOT NULL,
  payment_id INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (proposal_id, payment_id)
) STRICT;
CREATE INDEX proposal_allotment_payment ON proposal_allotment (portal_id, payment_id);

CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  actor_json TEXT NOT NULL,
  body_json TEXT NOT NULL,
  undone_at TEXT
) STRICT;

-- Accepted: so much of this line belongs to this payment. Taken back by undone_at, never deleted while its line stands.
CREATE TABLE allotment (
  id INTEGER PRIMARY KEY,
  decision_id INTEGER NOT NULL REFERENCES decision (id),
  line_id INTEGER NOT NULL REFERENCES line (id) ON DELETE CASCADE,
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  payment_id INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
  reasons_json TEXT NOT NULL,
  undone_at TEXT
) STRICT;
CREATE INDEX allotment_line ON allotment (line_id) WHERE undone_at IS NULL;
CREATE INDEX allotment_payment ON allotment (portal_id, payment_id) WHERE undone_at IS NULL;
CREATE INDEX allotment_decision ON allotment (decision_id);

CREATE TABLE rejection (
  line_id INTEGER NOT NULL REFERENCES line (id) ON DELETE CASCADE,
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  payment_id INTEGER NOT NULL,
  decision_id INTEGER NOT NULL REFERENCES decision (id),
  PRIMARY KEY (line_id, portal_id, payment_id)
) STRICT;

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  portal_id TEXT NOT NULL REFERENCES portal (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  digest TEXT NOT NULL,
  request_json TEXT NOT NULL,
  plan_json TEXT NOT NULL,
  job_id TEXT
) STRICT;

CREATE TABLE plan_item (
  plan_id TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  payment_id INTEGER NOT NULL,
  refusal TEXT,
  item_json TEXT NOT NULL,
  PRIMARY KEY (plan_id, seq)
) STRICT;

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  portal_id TEXT REFERENCES portal (id) ON DELETE SET NULL,
  actor_json TEXT NOT NULL,
  request_json TEXT NOT NULL,
  snapshot_json TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX job_started ON job (started_at);

CREATE TABLE operation_item (
  job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  portal_id TEXT NOT NULL,
  payment_id INTEGER NOT NULL,
  account_number TEXT NOT NULL,
  payer_name TEXT NOT NULL,
  sum_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  -- What the person confirmed: seen state, wanted state, fields of the second step.
  intent_json TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  -- The step that is under way or ended last: 'status' or 'details'.
  step TEXT NOT NULL DEFAULT 'status',
  details TEXT NOT NULL DEFAULT 'none',
  before_json TEXT,
  after_json TEXT,
  settled_by TEXT,
  fault_json TEXT,
  sent_at TEXT,
  at TEXT,
  PRIMARY KEY (job_id, seq)
) STRICT;
CREATE INDEX operation_item_payment ON operation_item (portal_id, payment_id);
CREATE INDEX operation_item_state ON operation_item (state) WHERE state IN ('waiting', 'checking', 'sent', 'unknown');

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  actor_json TEXT NOT NULL,
  portal_id TEXT,
  job_id TEXT,
  payment_id INTEGER,
  body_json TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_payment ON journal (portal_id, payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX journal_job ON journal (job_id) WHERE job_id IS NOT NULL;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
