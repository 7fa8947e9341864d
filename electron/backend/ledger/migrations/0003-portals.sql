-- What waits in every portal, asked at once: just the lines that may still have to be decided, by their account.
CREATE INDEX line_undecided ON line (account, currency)
  WHERE live = 1 AND ignored_reason IS NULL AND allotted_minor <> amount_minor;
