-- Whose figures the pace of a portal's requests goes by: found out (automatic), one of the two documented, or a person's.

ALTER TABLE portal ADD COLUMN limits TEXT NOT NULL DEFAULT 'automatic' CHECK (limits IN ('automatic', 'ordinary', 'largest', 'own'));
-- Found out by reads; null until then.
ALTER TABLE portal ADD COLUMN learnt_bucket_size INTEGER;
ALTER TABLE portal ADD COLUMN learnt_drain_per_second REAL;
ALTER TABLE portal ADD COLUMN learnt_at TEXT;

UPDATE portal SET limits = 'own' WHERE bucket_size <> 50 OR drain_per_second <> 2;
