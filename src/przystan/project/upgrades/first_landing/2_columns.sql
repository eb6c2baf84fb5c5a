-- Columns, indexes and guards that the first landing did not have, or had otherwise.

-- Rows of the audit log get a number instead of an id; links come with `upgrades.links`, which then closes them.
DROP INDEX audit_object;
ALTER TABLE access_auditentry
    ADD COLUMN seq bigint,
    ADD COLUMN tier smallint NOT NULL DEFAULT 0 CONSTRAINT access_auditentry_tier_check CHECK (tier >= 0),
    ADD COLUMN request varchar(32) NOT NULL DEFAULT '',
    ADD COLUMN key_id varchar(12) NOT NULL DEFAULT '',
    ADD COLUMN prev bytea NOT NULL DEFAULT '',
    ADD COLUMN mac bytea NOT NULL DEFAULT '';
UPDATE access_auditentry a SET seq = n.seq
FROM (SELECT id, row_number() OVER (ORDER BY id) AS seq FROM access_auditentry) n WHERE n.id = a.id;
ALTER TABLE access_auditentry
    DROP COLUMN id,
    ADD PRIMARY KEY (seq),
    ALTER COLUMN tier DROP DEFAULT,
    ALTER COLUMN request DROP DEFAULT,
    ALTER COLUMN key_id DROP DEFAULT,
    ALTER COLUMN prev DROP DEFAULT,
    ALTER COLUMN mac DROP DEFAULT;
CREATE INDEX audit_object ON access_auditentry (model, object_ref, seq DESC);
CREATE INDEX audit_actor ON access_auditentry (actor_id, seq DESC);

ALTER TABLE access_user ADD COLUMN must_change_password boolean NOT NULL DEFAULT false;
ALTER TABLE access_user ALTER COLUMN must_change_password DROP DEFAULT;

-- Roles that were given before hold: nobody was asked.
ALTER TABLE team_membership
    ADD COLUMN asked_by_id bigint NULL
        CONSTRAINT team_membership_asked_by_id_0f74b58a_fk_access_user_id
        REFERENCES access_user (id) DEFERRABLE INITIALLY DEFERRED,
    ADD COLUMN confirmed_by_id bigint NULL
        CONSTRAINT team_membership_confirmed_by_id_c03acc89_fk_access_user_id
        REFERENCES access_user (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX team_membership_asked_by_id_0f74b58a ON team_membership (asked_by_id);
CREATE INDEX team_membership_confirmed_by_id_c03acc89 ON team_membership (confirmed_by_id);
ALTER TABLE team_membership ADD CONSTRAINT role_by_two_people CHECK (
    confirmed_by_id IS NULL
    OR (asked_by_id IS NOT NULL
        AND NOT (confirmed_by_id = asked_by_id AND confirmed_by_id IS NOT NULL AND asked_by_id IS NOT NULL)
        AND NOT (confirmed_by_id = user_id AND confirmed_by_id IS NOT NULL)));

ALTER TABLE people_person
    ADD COLUMN protected boolean NOT NULL DEFAULT false,
    ADD COLUMN alias varchar(20) NOT NULL DEFAULT '',
    ADD COLUMN identity bytea NOT NULL DEFAULT '',
    ADD COLUMN restricted_on date,
    ADD COLUMN erased_at timestamp with time zone;
ALTER TABLE people_person
    ALTER COLUMN protected DROP DEFAULT,
    ALTER COLUMN alias DROP DEFAULT,
    ALTER COLUMN identity DROP DEFAULT;
CREATE UNIQUE INDEX person_alias_once ON people_person (alias) WHERE NOT (alias = '');

-- Sealed from 0.1.0 on. The words wait here until `upgrades.sealing` has sealed the last of them.
CREATE TABLE upgrade_text (
    model varchar(60) NOT NULL,
    row bigint NOT NULL,
    field varchar(60) NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (model, row, field)
);
INSERT INTO upgrade_text
    SELECT 'people.channel', id, 'shared_with', shared_with FROM people_channel WHERE shared_with <> ''
    UNION ALL SELECT 'people.titleheld', id, 'document', document FROM people_titleheld WHERE document <> ''
    UNION ALL SELECT 'support.support', id, 'correction_reason', correction_reason FROM support_support
    WHERE correction_reason <> '';

-- References of hexadecimal digits, which are letters of `kernel.refs` too.
DROP INDEX channel_digits, channel_email;
ALTER TABLE people_channel
    ALTER COLUMN shared_with TYPE bytea USING '',
    ADD COLUMN ref varchar(12) UNIQUE,
    ADD COLUMN finder varchar(200) GENERATED ALWAYS AS (
        CASE WHEN kind = 'email' THEN lower(value) ELSE reverse(digits) END) STORED;
UPDATE people_channel SET ref = left(replace(gen_random_uuid()::text, '-', ''), 12);
ALTER TABLE people_channel ALTER COLUMN ref SET NOT NULL;
CREATE INDEX people_channel_ref_b1973b4c_like ON people_channel (ref varchar_pattern_ops);
CREATE INDEX channel_finder ON people_channel (finder);

ALTER TABLE people_titleheld
    ALTER COLUMN document TYPE bytea USING '',
    ADD COLUMN ref varchar(12) UNIQUE;
UPDATE people_titleheld SET ref = left(replace(gen_random_uuid()::text, '-', ''), 12);
ALTER TABLE people_titleheld ALTER COLUMN ref SET NOT NULL;
CREATE INDEX people_titleheld_ref_f76cb6b4_like ON people_titleheld (ref varchar_pattern_ops);

DROP INDEX support_counted;
ALTER TABLE support_support
    ALTER COLUMN correction_reason TYPE bytea USING '',
    ADD COLUMN protected boolean NOT NULL DEFAULT false,
    ADD COLUMN version integer NOT NULL DEFAULT 1 CONSTRAINT support_support_version_check CHECK (version >= 0);
ALTER TABLE support_support ALTER COLUMN protected DROP DEFAULT;
ALTER TABLE support_supportperson ADD COLUMN protected boolean NOT NULL DEFAULT false;
ALTER TABLE support_supportperson ALTER COLUMN protected DROP DEFAULT;
CREATE INDEX support_counted ON support_support (id)
    INCLUDE (organisation_id, protected, service_id, point_id, sign, day, booked_on, minutes, headcount);

CREATE OR REPLACE FUNCTION funding_guard_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry support_support%ROWTYPE;
BEGIN
    -- Words about somebody who is erased go, in closed periods too; who paid stays.
    IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO entry FROM support_support WHERE id = COALESCE(NEW.support_id, OLD.support_id);
    IF support_is_closed(entry.organisation_id, entry.booked_on) THEN
        RAISE EXCEPTION 'the period of support % is closed', entry.ref
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'support_period_closed';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
