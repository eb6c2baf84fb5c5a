-- Columns that were folded into first migrations after the second landing. Some of them may be there already.

ALTER TABLE exchange_importbatch ADD COLUMN IF NOT EXISTS checked_at timestamp with time zone;
ALTER TABLE funding_limit
    ADD COLUMN IF NOT EXISTS valid_from date,
    ADD COLUMN IF NOT EXISTS valid_to date,
    DROP CONSTRAINT IF EXISTS funding_limit_dates_in_order;
ALTER TABLE funding_limit ADD CONSTRAINT funding_limit_dates_in_order CHECK (
    valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to);
