-- Statements of every kind: parts of a file, supposed duplicates that a person judges, batches whose single payments
-- stand in another file, tables that are known again, a watched folder.

-- The sheet of a workbook or the member of an archive.
ALTER TABLE line ADD COLUMN place_part TEXT;
ALTER TABLE line_issue ADD COLUMN place_part TEXT;

-- The line of another file whose money it is (duplicate) or may be (doubtful). Kept after a verdict 'separate', so that
-- the person can change their mind; emptied when that file is forgotten.
ALTER TABLE line ADD COLUMN twin_id INTEGER;
ALTER TABLE line ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
ALTER TABLE line ADD COLUMN judged TEXT CHECK (judged IN ('same', 'separate'));
-- 1 while the payments it was booked for stand as lines of their own; derived from batch_link.
ALTER TABLE line ADD COLUMN detailed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE line ADD COLUMN batch_role TEXT CHECK (batch_role IN ('whole', 'detail'));
-- Whether its sum is money of its own; what is not is neither matched nor counted.
ALTER TABLE line ADD COLUMN counted INTEGER GENERATED ALWAYS AS (duplicate = 0 AND doubtful = 0 AND detailed = 0) VIRTUAL;

UPDATE line SET twin_id = (
  SELECT min(other.id) FROM line AS other
  WHERE other.identity = line.identity AND other.occurrence = line.occurrence AND other.file_id <> line.file_id
    AND other.live = 1 AND other.duplicate = 0)
WHERE duplicate = 1;

DROP INDEX line_account;
CREATE INDEX line_bucket ON line (account, currency, bank_day, amount_minor);
CREATE INDEX line_twin ON line (twin_id) WHERE twin_id IS NOT NULL;
CREATE INDEX line_uncounted ON line (file_id, account, currency, duplicate, doubtful) WHERE counted = 0;

CREATE TABLE batch_reference (
  line_id INTEGER NOT NULL REFERENCES line (id) ON DELETE CASCADE,
  reference TEXT NOT NULL,
  -- The line's batch_role, so that those of one side are found without reading all of the other.
  role TEXT NOT NULL,
  PRIMARY KEY (line_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_reference_text ON batch_reference (reference, role, line_id);

-- A detail counts as booked on the day of its whole; what it was before stands here, for the day the two part again.
CREATE TABLE batch_link (
  detail_id INTEGER PRIMARY KEY REFERENCES line (id) ON DELETE CASCADE,
  whole_id INTEGER NOT NULL REFERENCES line (id) ON DELETE CASCADE,
  bank_day TEXT NOT NULL,
  booked INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_link_whole ON batch_link (whole_id);

ALTER TABLE file ADD COLUMN encoding_by TEXT NOT NULL DEFAULT 'scored';
-- All issues; beyond a limit their rows are not kept.
ALTER TABLE file ADD COLUMN issues INTEGER NOT NULL DEFAULT 0;
UPDATE file SET issues = (SELECT count(*) FROM line_issue WHERE file_id = file.id);

-- Sums of the booked lines: what came in, and what went out (positive), for writing the balance proof out.
ALTER TABLE statement ADD COLUMN in_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE statement ADD COLUMN out_minor INTEGER NOT NULL DEFAULT 0;
UPDATE statement SET
  in_minor = (SELECT coalesce(sum(max(amount_minor, 0)), 0) FROM line WHERE line.file_id = statement.file_id
    AND line.account = statement.account AND line.currency = statement.currency AND booked = 1),
  out_minor = (SELECT coalesce(sum(max(-amount_minor, 0)), 0) FROM line WHERE line.file_id = statement.file_id
    AND line.account = statement.account AND line.currency = statement.currency AND booked = 1);

CREATE TABLE remembered_table (
  id INTEGER PRIMARY KEY,
  -- The header's words, folded, by which a table is known again.
  key TEXT NOT NULL UNIQUE,
  header_json TEXT NOT NULL,
  mapping_json TEXT NOT NULL,
  file_name TEXT NOT NULL,
  used_at TEXT NOT NULL
) STRICT;

CREATE TABLE watched_file (
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  seen_at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('before', 'arriving', 'imported', 'waiting', 'refused')),
  file_id INTEGER REFERENCES file (id) ON DELETE SET NULL,
  lines INTEGER NOT NULL DEFAULT 0,
  fault_json TEXT,
  PRIMARY KEY (folder, name)
) STRICT;
CREATE INDEX watched_file_seen ON watched_file (folder, seen_at);
CREATE INDEX watched_file_file ON watched_file (file_id) WHERE file_id IS NOT NULL;
