-- Migration 0040
-- Written by `python -m lab.schema`, never by hand.
CREATE TABLE "absence" (
    "name" text NOT NULL,
    "first" date NOT NULL,
    "last" date,
    "substitute" text NOT NULL,
    "by" text NOT NULL
)
;
CREATE TABLE "adopted_procedure" (
    "number" integer NOT NULL,
    "first" date NOT NULL,
    "regime" text NOT NULL,
    "digest" text NOT NULL,
    "text" text NOT NULL,
    "adopted_at" timestamp with time zone NOT NULL,
    "adopted_by" text NOT NULL
)
;
CREATE TABLE "alembic_version" (
    "version_num" character varying(32) NOT NULL
)
;
CREATE TABLE "booking" (
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL,
    "entry" integer NOT NULL,
    "label" text NOT NULL,
    "kind" text NOT NULL,
    "means" text NOT NULL,
    "amount" integer NOT NULL,
    "currency" text NOT NULL,
    "on_day" date NOT NULL,
    "at" timestamp with time zone NOT NULL,
    "actor" text NOT NULL
)
;
CREATE TABLE "calendar_day" (
    "day" date NOT NULL,
    "sort" text NOT NULL,
    "name" text NOT NULL,
    "added_by" text NOT NULL,
    "added_at" timestamp with time zone NOT NULL
)
;
CREATE TABLE "case" (
    "id" serial NOT NULL,
    "number" text NOT NULL,
    "definition" text NOT NULL,
    "version" integer NOT NULL,
    "state" text NOT NULL,
    "open" boolean NOT NULL,
    "seq" integer NOT NULL,
    "entered_seq" integer NOT NULL,
    "entered_on" date NOT NULL,
    "head" text NOT NULL,
    "opened_at" timestamp with time zone NOT NULL,
    "opened_on" date NOT NULL,
    "closed_at" timestamp with time zone,
    "hold" json,
    "held" json NOT NULL,
    "verified_by" text,
    "decided_by" text,
    "released_by" text,
    "sole" boolean NOT NULL,
    "letters" integer NOT NULL,
    "owner" text,
    "due_at" timestamp with time zone,
    "next" text,
    "matter" bytea,
    "erased_at" timestamp with time zone,
    "log_seq" integer DEFAULT 0 NOT NULL,
    "log_hash" text DEFAULT ''::text NOT NULL,
    "head_at" bigint DEFAULT '0'::bigint NOT NULL,
    "facts" json DEFAULT '{}'::json NOT NULL,
    "chased" integer DEFAULT 0 NOT NULL,
    "rights" text DEFAULT ''::text NOT NULL,
    "todo" text,
    "todo_by" timestamp with time zone,
    "legal_at" timestamp with time zone,
    "press_at" timestamp with time zone,
    "pressing" boolean DEFAULT false NOT NULL,
    "scanned_at" timestamp with time zone,
    "hold_until" date,
    "letters_from" integer DEFAULT 0 NOT NULL
)
;
CREATE TABLE "checkpoint" (
    "id" integer NOT NULL,
    "number" integer NOT NULL,
    "digest" text NOT NULL,
    "at" timestamp with time zone NOT NULL,
    "mark" bigint NOT NULL
)
;
CREATE TABLE "command" (
    "id" serial NOT NULL,
    "key" text NOT NULL,
    "case_number" text NOT NULL,
    "transition" text NOT NULL,
    "sealed" bytea NOT NULL,
    "fingerprint" text NOT NULL,
    "actor" text NOT NULL,
    "staff" text NOT NULL,
    "placed_at" timestamp with time zone NOT NULL,
    "office_at" timestamp with time zone NOT NULL,
    "attempts" integer NOT NULL,
    "claimed_at" timestamp with time zone,
    "outcome" text,
    "answered_at" timestamp with time zone,
    "state" text,
    "seq" integer,
    "reasons" json,
    "login" text,
    "requeued" integer DEFAULT 0 NOT NULL,
    "tries" integer DEFAULT 0 NOT NULL,
    "troubled_at" timestamp with time zone,
    "not_before" timestamp with time zone,
    "trouble" text,
    "swept" boolean DEFAULT false NOT NULL
)
;
CREATE TABLE "counted" (
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL,
    "heads" json NOT NULL,
    "entries" json NOT NULL
)
;
CREATE TABLE "counter" (
    "name" text NOT NULL,
    "value" integer NOT NULL
)
;
CREATE TABLE "definition" (
    "name" text NOT NULL,
    "version" integer NOT NULL,
    "fingerprint" text NOT NULL,
    "shape" json NOT NULL,
    "recorded_at" timestamp with time zone NOT NULL
)
;
CREATE TABLE "disc" (
    "id" serial NOT NULL,
    "letter" text NOT NULL,
    "case_id" integer NOT NULL,
    "files" integer NOT NULL,
    "passphrase" bytea,
    "path" text,
    "sha256" text,
    "bytes" bigint,
    "made_at" timestamp with time zone,
    "written" integer DEFAULT 0 NOT NULL
)
;
CREATE TABLE "dropped" (
    "day" date NOT NULL,
    "kind" text NOT NULL,
    "number" integer NOT NULL,
    "last_at" timestamp with time zone NOT NULL
)
;
CREATE TABLE "effect" (
    "id" serial NOT NULL,
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL,
    "ord" integer NOT NULL,
    "case_number" text NOT NULL,
    "kind" text NOT NULL,
    "subject" text NOT NULL,
    "copy" integer NOT NULL,
    "sealed" bytea,
    "ordered_at" timestamp with time zone NOT NULL,
    "state" text NOT NULL,
    "attempts" integer NOT NULL,
    "claimed_at" timestamp with time zone,
    "done_at" timestamp with time zone,
    "fault" text,
    "tries" integer DEFAULT 0 NOT NULL,
    "requeued" integer DEFAULT 0 NOT NULL,
    "troubled_at" timestamp with time zone,
    "not_before" timestamp with time zone,
    "notified_at" timestamp with time zone,
    "ring_at" timestamp with time zone
)
;
CREATE TABLE "erasure" (
    "case_id" integer NOT NULL,
    "asked_at" timestamp with time zone NOT NULL,
    "asked_by" text NOT NULL,
    "why" text NOT NULL,
    "done_at" timestamp with time zone
)
;
CREATE TABLE "evidence" (
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL,
    "ord" integer NOT NULL,
    "round" integer NOT NULL,
    "sort" text NOT NULL,
    "holder" text,
    "type" text NOT NULL,
    "photo" boolean,
    "issued_on" date,
    "expires_on" date,
    "address" text,
    "name_matches" boolean,
    "seal_matches" boolean,
    "masking" text,
    "signed" boolean,
    "number_hash" text,
    "arrived_on" date NOT NULL,
    "checked_by" text NOT NULL,
    "rights" json,
    "judged" json DEFAULT '{}'::json NOT NULL,
    "undone_seq" integer,
    "looked_at" text,
    "original" boolean,
    "degree" integer
)
;
CREATE TABLE "find" (
    "id" serial NOT NULL,
    "number" text NOT NULL,
    "case_id" integer NOT NULL,
    "seq" integer,
    "kind" text NOT NULL,
    "pages" integer NOT NULL,
    "bytes" bigint NOT NULL,
    "sha256" text NOT NULL,
    "sealed_sha256" text NOT NULL,
    "path" text NOT NULL,
    "name" bytea,
    "taken_by" text NOT NULL,
    "taken_at" timestamp with time zone NOT NULL,
    "destroyed_at" timestamp with time zone,
    "treatment" json
)
;
CREATE TABLE "form_code" (
    "id" serial NOT NULL,
    "case_id" integer NOT NULL,
    "round" integer NOT NULL,
    "seq" integer NOT NULL,
    "letter" text NOT NULL,
    "hash" text NOT NULL,
    "state" text NOT NULL,
    "expires_on" date,
    "ended_at" timestamp with time zone
)
;
CREATE TABLE "founding" (
    "id" integer NOT NULL,
    "founded_at" timestamp with time zone NOT NULL,
    "founded_by" text NOT NULL,
    "lead" text NOT NULL,
    "demo" boolean NOT NULL,
    "clock" text NOT NULL,
    "sole" boolean NOT NULL,
    "residency" text NOT NULL,
    "keys" text
)
;
CREATE TABLE "heartbeat" (
    "queue" text NOT NULL,
    "worker" text NOT NULL,
    "at" timestamp with time zone NOT NULL,
    "ahead" integer DEFAULT 0 NOT NULL
)
;
CREATE TABLE "history" (
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL,
    "form" text NOT NULL,
    "at" bigint NOT NULL,
    "transition" text NOT NULL,
    "source" text,
    "target" text NOT NULL,
    "actor" text NOT NULL,
    "cause" text NOT NULL,
    "definition" text NOT NULL,
    "version" integer NOT NULL,
    "revision" text NOT NULL,
    "details" json NOT NULL,
    "commitment" text,
    "prev_hash" text NOT NULL,
    "hash" text NOT NULL
)
;
CREATE TABLE "incident" (
    "id" serial NOT NULL,
    "at" timestamp with time zone NOT NULL,
    "kind" text NOT NULL,
    "case_number" text,
    "subject" text NOT NULL,
    "fault" text NOT NULL,
    "closed_at" timestamp with time zone,
    "closed_by" text
)
;
CREATE TABLE "inquiry" (
    "id" serial NOT NULL,
    "number" text NOT NULL,
    "received_at" timestamp with time zone NOT NULL,
    "recorded_at" timestamp with time zone NOT NULL,
    "recorded_by" text NOT NULL,
    "channel" text NOT NULL,
    "language" text NOT NULL,
    "state" text NOT NULL,
    "case_number" text,
    "sealed" bytea
)
;
CREATE TABLE "inquiry_word" (
    "word" bigint NOT NULL,
    "inquiry_id" integer NOT NULL,
    "party" smallint NOT NULL
)
;
CREATE TABLE "legal_hold" (
    "case_id" integer NOT NULL,
    "why" text NOT NULL,
    "until" date NOT NULL,
    "held_by" text NOT NULL,
    "held_at" timestamp with time zone NOT NULL,
    "told_on" date
)
;
CREATE TABLE "letter" (
    "id" serial NOT NULL,
    "number" text NOT NULL,
    "copy" integer NOT NULL,
    "ordinal" integer NOT NULL,
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL,
    "kind" text NOT NULL,
    "language" text NOT NULL,
    "round" integer,
    "state" text NOT NULL,
    "ordered_at" timestamp with time zone NOT NULL,
    "made_at" timestamp with time zone,
    "pages" integer,
    "sha256" text,
    "path" text,
    "printed_at" timestamp with time zone,
    "batch" text,
    "posted_on" date,
    "mail_class" text,
    "tracking" text,
    "returned_on" date,
    "return_reason" text,
    "voided_at" timestamp with time zone,
    "reply_by" date,
    "envelope" json,
    "void_seq" integer
)
;
CREATE TABLE "letter_kind" (
    "kind" text NOT NULL,
    "stopped" boolean NOT NULL,
    "reason" text NOT NULL,
    "changed_at" timestamp with time zone NOT NULL,
    "changed_by" text NOT NULL
)
;
CREATE TABLE "log_head" (
    "id" integer NOT NULL,
    "seq" integer NOT NULL,
    "hash" text NOT NULL
)
;
CREATE TABLE "mail" (
    "id" serial NOT NULL,
    "key" text NOT NULL,
    "kind" text NOT NULL,
    "circle" text,
    "name" text NOT NULL,
    "ordered_at" timestamp with time zone NOT NULL,
    "office_at" timestamp with time zone NOT NULL,
    "says" json NOT NULL,
    "state" text NOT NULL,
    "attempts" integer NOT NULL,
    "claimed_at" timestamp with time zone,
    "not_before" timestamp with time zone,
    "ended_at" timestamp with time zone,
    "fault" text
)
;
CREATE TABLE "moving" (
    "id" integer NOT NULL,
    "move" text NOT NULL,
    "state" text NOT NULL,
    "place" text NOT NULL,
    "since" timestamp with time zone NOT NULL,
    "done" json NOT NULL
)
;
CREATE TABLE "notice" (
    "id" serial NOT NULL,
    "case_id" integer,
    "case_number" text,
    "seq" integer,
    "role" text NOT NULL,
    "code" text NOT NULL,
    "params" json NOT NULL,
    "at" timestamp with time zone NOT NULL,
    "read_at" timestamp with time zone,
    "read_by" text,
    "mailed_at" timestamp with time zone
)
;
CREATE TABLE "office_clock" (
    "id" serial NOT NULL,
    "offset" bigint NOT NULL
)
;
CREATE TABLE "office_event" (
    "seq" integer NOT NULL,
    "at" bigint NOT NULL,
    "what" text NOT NULL,
    "actor" text NOT NULL,
    "details" json NOT NULL,
    "prev_hash" text NOT NULL,
    "hash" text NOT NULL
)
;
CREATE TABLE "person" (
    "case_id" integer NOT NULL,
    "party" text NOT NULL,
    "sealed" bytea,
    "name_hash" text,
    "family_hash" text,
    "address_hash" text,
    "changes" integer NOT NULL,
    "birth_hash" text,
    "phone_hash" text,
    "email_hash" text,
    "spelling" integer,
    "reading_hash" text,
    "house_hash" text
)
;
CREATE TABLE "person_word" (
    "word" bigint NOT NULL,
    "case_id" integer NOT NULL,
    "party" smallint NOT NULL
)
;
CREATE TABLE "retry" (
    "case_id" integer NOT NULL,
    "work" text NOT NULL,
    "since" timestamp with time zone NOT NULL,
    "not_before" timestamp with time zone NOT NULL,
    "tries" integer NOT NULL,
    "dead" boolean NOT NULL,
    "seq" integer NOT NULL,
    "event" integer,
    "fault" text NOT NULL
)
;
CREATE TABLE "scan_page" (
    "id" serial NOT NULL,
    "number" text NOT NULL,
    "case_id" integer NOT NULL,
    "sort" text NOT NULL,
    "round" integer,
    "code_id" integer,
    "form" text,
    "letter" text,
    "page" integer,
    "pages" integer,
    "holder" text,
    "type" text,
    "masking" text,
    "arrived_at" timestamp with time zone NOT NULL,
    "scanned_at" timestamp with time zone NOT NULL,
    "by" text NOT NULL,
    "file_hash" text,
    "file_page" integer,
    "tray" text,
    "state" text NOT NULL,
    "sha256" text,
    "sealed_sha256" text,
    "path" text,
    "destroyed_at" timestamp with time zone,
    "cleared_at" timestamp with time zone,
    "registered" boolean DEFAULT false NOT NULL
)
;
CREATE TABLE "search" (
    "case_id" integer NOT NULL,
    "parent_id" integer NOT NULL,
    "department" text NOT NULL
)
;
CREATE TABLE "service_login" (
    "name" text NOT NULL,
    "kind" text NOT NULL,
    "since" timestamp with time zone NOT NULL
)
;
CREATE TABLE "serving" (
    "id" integer NOT NULL,
    "machine" text NOT NULL,
    "name" text NOT NULL,
    "seen_at" timestamp with time zone NOT NULL
)
;
CREATE TABLE "staff" (
    "name" text NOT NULL,
    "roles" json NOT NULL,
    "active" boolean NOT NULL,
    "added_at" timestamp with time zone NOT NULL,
    "added_by" text NOT NULL,
    "department" text,
    "email" text,
    "language" text
)
;
CREATE TABLE "tally" (
    "procedure" text NOT NULL,
    "head" text NOT NULL,
    "unit" text NOT NULL,
    "span" text NOT NULL,
    "value" text NOT NULL,
    "sums" json NOT NULL
)
;
CREATE TABLE "tally_head" (
    "id" integer NOT NULL,
    "rounds" integer NOT NULL,
    "form" integer NOT NULL
)
;
CREATE TABLE "timer" (
    "case_id" integer NOT NULL,
    "entry_seq" integer NOT NULL,
    "name" text NOT NULL,
    "fire_no" integer NOT NULL,
    "due_at" timestamp with time zone NOT NULL,
    "scope" text NOT NULL,
    "letter" text,
    "legal" boolean NOT NULL,
    "put_off_until" timestamp with time zone,
    "asked" integer DEFAULT 0 NOT NULL
)
;
CREATE TABLE "tray" (
    "id" serial NOT NULL,
    "number" text NOT NULL,
    "state" text NOT NULL,
    "why" text NOT NULL,
    "arrived_at" timestamp with time zone NOT NULL,
    "scanned_at" timestamp with time zone NOT NULL,
    "by" text NOT NULL,
    "file_hash" text NOT NULL,
    "file_page" integer NOT NULL,
    "thumbnail" bytea,
    "sha256" text,
    "sealed_sha256" text,
    "path" text,
    "told_at" timestamp with time zone,
    "ended_at" timestamp with time zone,
    "ended_by" text,
    "reason" text,
    "cleared_at" timestamp with time zone
)
;
CREATE TABLE "tray_case" (
    "tray" text NOT NULL,
    "case_id" integer NOT NULL
)
;
CREATE TABLE "uncounted" (
    "case_id" integer NOT NULL,
    "seq" integer NOT NULL
)
;
ALTER TABLE "case" ADD CONSTRAINT "ck_case_four_eyes" CHECK ((state <> ALL (ARRAY['fulfilled'::text, 'refused'::text])) OR sole OR released_by <> decided_by AND (verified_by IS NULL OR released_by <> verified_by))
;
ALTER TABLE "case" ADD CONSTRAINT "ck_case_fulfilled_has_people" CHECK (state <> 'fulfilled'::text OR verified_by IS NOT NULL AND decided_by IS NOT NULL AND released_by IS NOT NULL)
;
ALTER TABLE "case" ADD CONSTRAINT "ck_case_refused_has_people" CHECK (state <> 'refused'::text OR decided_by IS NOT NULL AND released_by IS NOT NULL)
;
ALTER TABLE "case" ADD CONSTRAINT "ck_case_released_is_closed" CHECK ((state = ANY (ARRAY['fulfilled'::text, 'refused'::text])) OR released_by IS NULL)
;
ALTER TABLE "case" ADD CONSTRAINT "pk_case" PRIMARY KEY (id)
;
ALTER TABLE "case" ADD CONSTRAINT "uq_case_number" UNIQUE (number)
;
ALTER TABLE absence ADD CONSTRAINT "pk_absence" PRIMARY KEY (name)
;
ALTER TABLE adopted_procedure ADD CONSTRAINT "pk_adopted_procedure" PRIMARY KEY (number)
;
ALTER TABLE alembic_version ADD CONSTRAINT "alembic_version_pkc" PRIMARY KEY (version_num)
;
ALTER TABLE booking ADD CONSTRAINT "ck_booking_amount_is_some" CHECK (amount <> 0)
;
ALTER TABLE booking ADD CONSTRAINT "pk_booking" PRIMARY KEY (case_id, seq, entry, label)
;
ALTER TABLE calendar_day ADD CONSTRAINT "pk_calendar_day" PRIMARY KEY (day)
;
ALTER TABLE checkpoint ADD CONSTRAINT "pk_checkpoint" PRIMARY KEY (id)
;
ALTER TABLE command ADD CONSTRAINT "pk_command" PRIMARY KEY (id)
;
ALTER TABLE command ADD CONSTRAINT "uq_command_key" UNIQUE (key)
;
ALTER TABLE counted ADD CONSTRAINT "pk_counted" PRIMARY KEY (case_id)
;
ALTER TABLE counter ADD CONSTRAINT "pk_counter" PRIMARY KEY (name)
;
ALTER TABLE definition ADD CONSTRAINT "pk_definition" PRIMARY KEY (name, version)
;
ALTER TABLE disc ADD CONSTRAINT "pk_disc" PRIMARY KEY (id)
;
ALTER TABLE disc ADD CONSTRAINT "uq_disc_letter" UNIQUE (letter)
;
ALTER TABLE dropped ADD CONSTRAINT "pk_dropped" PRIMARY KEY (day, kind)
;
ALTER TABLE effect ADD CONSTRAINT "pk_effect" PRIMARY KEY (id)
;
ALTER TABLE effect ADD CONSTRAINT "uq_effect_case_id_seq_ord" UNIQUE (case_id, seq, ord)
;
ALTER TABLE erasure ADD CONSTRAINT "pk_erasure" PRIMARY KEY (case_id)
;
ALTER TABLE evidence ADD CONSTRAINT "pk_evidence" PRIMARY KEY (case_id, seq, ord)
;
ALTER TABLE find ADD CONSTRAINT "pk_find" PRIMARY KEY (id)
;
ALTER TABLE find ADD CONSTRAINT "uq_find_number" UNIQUE (number)
;
ALTER TABLE form_code ADD CONSTRAINT "pk_form_code" PRIMARY KEY (id)
;
ALTER TABLE form_code ADD CONSTRAINT "uq_form_code_case_id_seq" UNIQUE (case_id, seq)
;
ALTER TABLE form_code ADD CONSTRAINT "uq_form_code_hash" UNIQUE (hash)
;
ALTER TABLE founding ADD CONSTRAINT "ck_founding_clock_known" CHECK (clock = ANY (ARRAY['system'::text, 'shifted'::text]))
;
ALTER TABLE founding ADD CONSTRAINT "ck_founding_one_office" CHECK (id = 1)
;
ALTER TABLE founding ADD CONSTRAINT "pk_founding" PRIMARY KEY (id)
;
ALTER TABLE heartbeat ADD CONSTRAINT "pk_heartbeat" PRIMARY KEY (queue, worker)
;
ALTER TABLE history ADD CONSTRAINT "pk_history" PRIMARY KEY (case_id, seq)
;
ALTER TABLE history ADD CONSTRAINT "uq_history_case_id_cause" UNIQUE (case_id, cause)
;
ALTER TABLE incident ADD CONSTRAINT "pk_incident" PRIMARY KEY (id)
;
ALTER TABLE inquiry ADD CONSTRAINT "pk_inquiry" PRIMARY KEY (id)
;
ALTER TABLE inquiry ADD CONSTRAINT "uq_inquiry_number" UNIQUE (number)
;
ALTER TABLE inquiry_word ADD CONSTRAINT "pk_inquiry_word" PRIMARY KEY (word, inquiry_id, party)
;
ALTER TABLE legal_hold ADD CONSTRAINT "pk_legal_hold" PRIMARY KEY (case_id)
;
ALTER TABLE letter ADD CONSTRAINT "ck_letter_made_has_a_file" CHECK ((state = ANY (ARRAY['ordered'::text, 'void'::text])) OR sha256 IS NOT NULL AND path IS NOT NULL)
;
ALTER TABLE letter ADD CONSTRAINT "pk_letter" PRIMARY KEY (id)
;
ALTER TABLE letter ADD CONSTRAINT "uq_letter_number_copy" UNIQUE (number, copy)
;
ALTER TABLE letter_kind ADD CONSTRAINT "pk_letter_kind" PRIMARY KEY (kind)
;
ALTER TABLE log_head ADD CONSTRAINT "pk_log_head" PRIMARY KEY (id)
;
ALTER TABLE mail ADD CONSTRAINT "pk_mail" PRIMARY KEY (id)
;
ALTER TABLE mail ADD CONSTRAINT "uq_mail_key" UNIQUE (key)
;
ALTER TABLE moving ADD CONSTRAINT "ck_moving_one_move" CHECK (id = 1)
;
ALTER TABLE moving ADD CONSTRAINT "ck_moving_state_known" CHECK (state = ANY (ARRAY['leaving'::text, 'left'::text, 'arriving'::text, 'undoing'::text]))
;
ALTER TABLE moving ADD CONSTRAINT "pk_moving" PRIMARY KEY (id)
;
ALTER TABLE notice ADD CONSTRAINT "pk_notice" PRIMARY KEY (id)
;
ALTER TABLE office_clock ADD CONSTRAINT "pk_office_clock" PRIMARY KEY (id)
;
ALTER TABLE office_event ADD CONSTRAINT "pk_office_event" PRIMARY KEY (seq)
;
ALTER TABLE person ADD CONSTRAINT "pk_person" PRIMARY KEY (case_id, party)
;
ALTER TABLE person_word ADD CONSTRAINT "pk_person_word" PRIMARY KEY (word, case_id, party)
;
ALTER TABLE retry ADD CONSTRAINT "pk_retry" PRIMARY KEY (case_id, work)
;
ALTER TABLE scan_page ADD CONSTRAINT "ck_scan_page_kept_has_a_file" CHECK (state <> 'kept'::text OR sha256 IS NOT NULL AND sealed_sha256 IS NOT NULL AND path IS NOT NULL)
;
ALTER TABLE scan_page ADD CONSTRAINT "pk_scan_page" PRIMARY KEY (id)
;
ALTER TABLE scan_page ADD CONSTRAINT "uq_scan_page_file_hash_file_page" UNIQUE (file_hash, file_page)
;
ALTER TABLE scan_page ADD CONSTRAINT "uq_scan_page_number" UNIQUE (number)
;
ALTER TABLE scan_page ADD CONSTRAINT "uq_scan_page_tray" UNIQUE (tray)
;
ALTER TABLE search ADD CONSTRAINT "pk_search" PRIMARY KEY (case_id)
;
ALTER TABLE service_login ADD CONSTRAINT "pk_service_login" PRIMARY KEY (name, kind)
;
ALTER TABLE serving ADD CONSTRAINT "pk_serving" PRIMARY KEY (id)
;
ALTER TABLE staff ADD CONSTRAINT "pk_staff" PRIMARY KEY (name)
;
ALTER TABLE tally ADD CONSTRAINT "pk_tally" PRIMARY KEY (procedure, head, unit, span, value)
;
ALTER TABLE tally_head ADD CONSTRAINT "ck_tally_head_one_row" CHECK (id = 1)
;
ALTER TABLE tally_head ADD CONSTRAINT "pk_tally_head" PRIMARY KEY (id)
;
ALTER TABLE timer ADD CONSTRAINT "pk_timer" PRIMARY KEY (case_id, entry_seq, name, fire_no)
;
ALTER TABLE tray ADD CONSTRAINT "ck_tray_ended_shows_nothing" CHECK ((state <> ALL (ARRAY['assigned'::text, 'destroyed'::text])) OR thumbnail IS NULL)
;
ALTER TABLE tray ADD CONSTRAINT "ck_tray_waiting_has_a_file" CHECK (state <> 'waiting'::text OR sha256 IS NOT NULL AND sealed_sha256 IS NOT NULL AND path IS NOT NULL AND thumbnail IS NOT NULL)
;
ALTER TABLE tray ADD CONSTRAINT "pk_tray" PRIMARY KEY (id)
;
ALTER TABLE tray ADD CONSTRAINT "uq_tray_file_hash_file_page" UNIQUE (file_hash, file_page)
;
ALTER TABLE tray ADD CONSTRAINT "uq_tray_number" UNIQUE (number)
;
ALTER TABLE tray_case ADD CONSTRAINT "pk_tray_case" PRIMARY KEY (tray, case_id)
;
ALTER TABLE uncounted ADD CONSTRAINT "pk_uncounted" PRIMARY KEY (case_id, seq)
;
ALTER TABLE booking ADD CONSTRAINT "fk_booking_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE counted ADD CONSTRAINT "fk_counted_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE disc ADD CONSTRAINT "fk_disc_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE effect ADD CONSTRAINT "fk_effect_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE erasure ADD CONSTRAINT "fk_erasure_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE evidence ADD CONSTRAINT "fk_evidence_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE find ADD CONSTRAINT "fk_find_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE form_code ADD CONSTRAINT "fk_form_code_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE history ADD CONSTRAINT "fk_history_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE legal_hold ADD CONSTRAINT "fk_legal_hold_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE letter ADD CONSTRAINT "fk_letter_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE person ADD CONSTRAINT "fk_person_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE retry ADD CONSTRAINT "fk_retry_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE scan_page ADD CONSTRAINT "fk_scan_page_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE scan_page ADD CONSTRAINT "fk_scan_page_code_id_form_code" FOREIGN KEY (code_id) REFERENCES form_code(id)
;
ALTER TABLE search ADD CONSTRAINT "fk_search_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE search ADD CONSTRAINT "fk_search_parent_id_case" FOREIGN KEY (parent_id) REFERENCES "case"(id)
;
ALTER TABLE timer ADD CONSTRAINT "fk_timer_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE tray_case ADD CONSTRAINT "fk_tray_case_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
ALTER TABLE uncounted ADD CONSTRAINT "fk_uncounted_case_id_case" FOREIGN KEY (case_id) REFERENCES "case"(id)
;
CREATE INDEX ix_absence_substitute ON absence USING btree (substitute)
;
CREATE INDEX ix_booking_on_day ON booking USING btree (on_day)
;
CREATE INDEX ix_case_hold_until ON "case" USING btree (hold_until, id) WHERE hold_until IS NOT NULL
;
CREATE INDEX ix_case_kept ON "case" USING btree (closed_at, id) WHERE NOT open AND erased_at IS NULL
;
CREATE INDEX ix_case_legal ON "case" USING btree (legal_at, id) WHERE legal_at IS NOT NULL
;
CREATE INDEX ix_case_lying ON "case" USING btree (id) WHERE scanned_at IS NOT NULL
;
CREATE INDEX ix_case_open_chased ON "case" USING btree (pressing, press_at, id) WHERE open AND chased > 0
;
CREATE INDEX ix_case_open_correction ON "case" USING btree (pressing, press_at, id) WHERE open AND rights ~~ '%,correction,%'::text
;
CREATE INDEX ix_case_open_disclosure ON "case" USING btree (pressing, press_at, id) WHERE open AND rights ~~ '%,disclosure,%'::text
;
CREATE INDEX ix_case_open_halt_provision ON "case" USING btree (pressing, press_at, id) WHERE open AND rights ~~ '%,halt_provision,%'::text
;
CREATE INDEX ix_case_open_halt_use ON "case" USING btree (pressing, press_at, id) WHERE open AND rights ~~ '%,halt_use,%'::text
;
CREATE INDEX ix_case_open_owner ON "case" USING btree (owner, pressing, press_at, id) WHERE open
;
CREATE INDEX ix_case_open_provision_records ON "case" USING btree (pressing, press_at, id) WHERE open AND rights ~~ '%,provision_records,%'::text
;
CREATE INDEX ix_case_open_purpose_notice ON "case" USING btree (pressing, press_at, id) WHERE open AND rights ~~ '%,purpose_notice,%'::text
;
CREATE INDEX ix_case_open_urgent ON "case" USING btree (pressing, press_at, id) WHERE open
;
CREATE INDEX ix_case_open_version ON "case" USING btree (definition, version, id) WHERE open
;
CREATE INDEX ix_case_state_id ON "case" USING btree (state, id)
;
CREATE INDEX ix_case_state_urgent ON "case" USING btree (state, open, pressing, press_at, id)
;
CREATE INDEX ix_case_todo ON "case" USING btree (todo, pressing, press_at, id) WHERE todo IS NOT NULL
;
CREATE INDEX ix_case_todo_owner ON "case" USING btree (owner, todo, pressing, press_at, id) WHERE todo IS NOT NULL
;
CREATE INDEX ix_command_case_number ON command USING btree (case_number)
;
CREATE INDEX ix_command_own ON command USING btree (placed_at, id) WHERE outcome IS NULL AND NOT swept
;
CREATE INDEX ix_command_set_aside ON command USING btree (id) WHERE outcome = 'set_aside'::text
;
CREATE INDEX ix_command_troubled ON command USING btree (troubled_at) WHERE outcome IS NULL AND troubled_at IS NOT NULL
;
CREATE INDEX ix_command_waiting ON command USING btree (placed_at, id) WHERE outcome IS NULL
;
CREATE INDEX ix_disc_case_id ON disc USING btree (case_id)
;
CREATE INDEX ix_effect_set_aside ON effect USING btree (id) WHERE state = 'set_aside'::text
;
CREATE INDEX ix_effect_troubled ON effect USING btree (troubled_at) WHERE state = 'waiting'::text AND troubled_at IS NOT NULL
;
CREATE INDEX ix_effect_waiting ON effect USING btree (ordered_at, id) WHERE state = 'waiting'::text
;
CREATE INDEX ix_erasure_undone ON erasure USING btree (case_id) WHERE done_at IS NULL
;
CREATE INDEX ix_evidence_number_hash ON evidence USING btree (number_hash)
;
CREATE INDEX ix_find_case_id ON find USING btree (case_id)
;
CREATE INDEX ix_history_at ON history USING btree (at)
;
CREATE INDEX ix_incident_open ON incident USING btree (id) WHERE closed_at IS NULL
;
CREATE INDEX ix_inquiry_kept ON inquiry USING btree (recorded_at, id) WHERE state = 'answered'::text AND sealed IS NOT NULL
;
CREATE INDEX ix_inquiry_word_inquiry_id ON inquiry_word USING btree (inquiry_id)
;
CREATE INDEX ix_letter_batch ON letter USING btree (batch)
;
CREATE INDEX ix_letter_case_id ON letter USING btree (case_id)
;
CREATE INDEX ix_letter_in_house ON letter USING btree (made_at, state, kind) WHERE state = ANY (ARRAY['ordered'::text, 'made'::text, 'printed'::text])
;
CREATE INDEX ix_letter_odd ON letter USING btree (id) WHERE state = 'ordered'::text AND (made_at IS NOT NULL OR printed_at IS NOT NULL OR posted_on IS NOT NULL) OR state = 'made'::text AND (made_at IS NULL OR printed_at IS NOT NULL OR posted_on IS NOT NULL) OR state = 'printed'::text AND (made_at IS NULL OR printed_at IS NULL OR posted_on IS NOT NULL) OR (state = ANY (ARRAY['posted'::text, 'returned'::text])) AND (made_at IS NULL OR printed_at IS NULL OR posted_on IS NULL) OR state = 'void'::text AND printed_at IS NOT NULL AND made_at IS NULL OR state = 'void'::text AND posted_on IS NOT NULL AND printed_at IS NULL
;
CREATE INDEX ix_letter_unposted ON letter USING btree (id) WHERE state = ANY (ARRAY['ordered'::text, 'made'::text, 'printed'::text])
;
CREATE INDEX ix_mail_circle ON mail USING btree (circle, ordered_at)
;
CREATE INDEX ix_mail_ordered ON mail USING btree (ordered_at, id)
;
CREATE INDEX ix_mail_refused ON mail USING btree (id) WHERE state = 'refused'::text
;
CREATE INDEX ix_mail_waiting ON mail USING btree (ordered_at, id) WHERE state = 'waiting'::text
;
CREATE INDEX ix_notice_at ON notice USING btree (at, id)
;
CREATE INDEX ix_notice_line ON notice USING btree (case_number, code, read_at)
;
CREATE INDEX ix_notice_unmailed ON notice USING btree (at, id) WHERE mailed_at IS NULL AND (role = ANY (ARRAY['lead'::text, 'holder'::text]))
;
CREATE INDEX ix_notice_unread ON notice USING btree (at, id) WHERE read_at IS NULL
;
CREATE INDEX ix_notice_unread_line ON notice USING btree (role, code, case_number, at) WHERE read_at IS NULL
;
CREATE INDEX ix_office_event_what ON office_event USING btree (what, seq)
;
CREATE INDEX ix_person_address_hash ON person USING btree (address_hash, case_id)
;
CREATE INDEX ix_person_name_hash ON person USING btree (name_hash)
;
CREATE INDEX ix_person_reading_hash ON person USING btree (reading_hash) WHERE reading_hash IS NOT NULL
;
CREATE INDEX ix_person_word_case_id ON person_word USING btree (case_id)
;
CREATE INDEX ix_scan_page_arriving ON scan_page USING btree (id) WHERE state = 'arriving'::text
;
CREATE INDEX ix_scan_page_case_id ON scan_page USING btree (case_id)
;
CREATE INDEX ix_scan_page_code_id ON scan_page USING btree (code_id)
;
CREATE INDEX ix_scan_page_copies ON scan_page USING btree (case_id) WHERE sort = 'document'::text AND state = 'kept'::text
;
CREATE INDEX ix_scan_page_ended ON scan_page USING btree (id) WHERE state = 'destroyed'::text AND cleared_at IS NULL
;
CREATE INDEX ix_scan_page_unregistered ON scan_page USING btree (case_id, scanned_at) WHERE sort = 'form'::text AND state = 'kept'::text AND NOT registered
;
CREATE INDEX ix_search_department ON search USING btree (department)
;
CREATE INDEX ix_search_parent_id ON search USING btree (parent_id)
;
CREATE INDEX ix_timer_due ON timer USING btree (due_at, name)
;
CREATE INDEX ix_timer_legal ON timer USING btree (due_at) WHERE legal
;
CREATE INDEX ix_timer_papers ON timer USING btree (entry_seq, case_id) WHERE name = ANY (ARRAY['papers_evidence'::text, 'papers_forms'::text])
;
CREATE INDEX ix_tray_case_case_id ON tray_case USING btree (case_id)
;
CREATE INDEX ix_tray_open ON tray USING btree (id) WHERE cleared_at IS NULL
;
CREATE OR REPLACE FUNCTION adopted_procedure_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RAISE EXCEPTION 'adopted_procedure is append-only'; END $function$
;
CREATE OR REPLACE FUNCTION adopted_procedure_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION booking_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RAISE EXCEPTION 'booking is append-only'; END $function$
;
CREATE OR REPLACE FUNCTION booking_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY[]::text[]) <> (to_jsonb(OLD) - ARRAY[]::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION calendar_day_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION case_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION USING MESSAGE = 'a row of ' || TG_TABLE_NAME || ' never goes', ERRCODE = 'check_violation';
  END IF;
  IF NEW.sole AND NOT EXISTS (SELECT 1 FROM founding WHERE sole) THEN
    RAISE EXCEPTION 'only an office founded for one person releases its own decisions' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id IS DISTINCT FROM OLD.id OR NEW.number IS DISTINCT FROM OLD.number OR NEW.seq < OLD.seq OR NEW.log_seq < OLD.log_seq THEN
      RAISE EXCEPTION 'a case keeps its number and its history only grows' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NOT ((NEW.verified_by IS NULL OR NEW.verified_by = session_user OR NEW.verified_by IS NOT DISTINCT FROM OLD.verified_by) AND (NEW.decided_by IS NULL OR NEW.decided_by = session_user OR NEW.decided_by IS NOT DISTINCT FROM OLD.decided_by) AND (NEW.released_by IS NULL OR NEW.released_by = session_user OR NEW.released_by IS NOT DISTINCT FROM OLD.released_by)) AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login verifies, decides and releases for itself alone'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION case_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY['owner', 'due_at', 'next', 'todo', 'todo_by', 'legal_at', 'press_at', 'pressing', 'scanned_at', 'version', 'seq', 'head', 'head_at', 'log_seq', 'log_hash']::text[]) <> (to_jsonb(OLD) - ARRAY['owner', 'due_at', 'next', 'todo', 'todo_by', 'legal_at', 'press_at', 'pressing', 'scanned_at', 'version', 'seq', 'head', 'head_at', 'log_seq', 'log_hash']::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION command_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION USING MESSAGE = 'a row of ' || TG_TABLE_NAME || ' never goes', ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id IS DISTINCT FROM OLD.id OR NEW.key IS DISTINCT FROM OLD.key OR NEW.case_number IS DISTINCT FROM OLD.case_number OR NEW.transition IS DISTINCT FROM OLD.transition OR NEW.sealed IS DISTINCT FROM OLD.sealed OR NEW.fingerprint IS DISTINCT FROM OLD.fingerprint OR NEW.actor IS DISTINCT FROM OLD.actor OR NEW.staff IS DISTINCT FROM OLD.staff OR NEW.login IS DISTINCT FROM OLD.login OR NEW.placed_at IS DISTINCT FROM OLD.placed_at OR NEW.office_at IS DISTINCT FROM OLD.office_at OR NOT ((NOT (NEW.outcome IS DISTINCT FROM OLD.outcome OR NEW.answered_at IS DISTINCT FROM OLD.answered_at OR NEW.state IS DISTINCT FROM OLD.state OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.reasons::text IS DISTINCT FROM OLD.reasons::text OR NEW.requeued IS DISTINCT FROM OLD.requeued)) OR (OLD.outcome IS NULL AND coalesce(NEW.outcome, '') IN ('done', 'refused', 'set_aside') AND NEW.answered_at IS NOT NULL AND NEW.requeued = OLD.requeued) OR (coalesce(OLD.outcome, '') = 'set_aside' AND NEW.outcome IS NULL AND NEW.answered_at IS NULL AND NEW.state IS NULL AND NEW.seq IS NULL AND NEW.reasons IS NULL AND NEW.requeued = OLD.requeued + 1)) THEN
      RAISE EXCEPTION 'an order is never rewritten and answered once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.outcome IS NOT NULL OR NEW.answered_at IS NOT NULL OR NEW.state IS NOT NULL OR NEW.seq IS NOT NULL OR NEW.reasons IS NOT NULL OR NEW.claimed_at IS NOT NULL OR NEW.attempts <> 0 OR NEW.requeued <> 0 THEN
    RAISE EXCEPTION 'an order is accepted without an answer' USING ERRCODE = 'check_violation';
  END IF;
  NEW.login := session_user;
  IF (NEW.staff <> session_user OR NEW.actor <> session_user)
     AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login orders for itself alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION counter_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'TRUNCATE' OR (substr(OLD.name, 1, 5) = 'case/' OR substr(OLD.name, 1, 8) = 'inquiry/' OR substr(OLD.name, 1, 5) = 'scan/' OR substr(OLD.name, 1, 5) = 'tray/' OR substr(OLD.name, 1, 6) = 'batch/' OR substr(OLD.name, 1, 5) = 'find/') AND (TG_OP = 'DELETE' OR NEW.value < OLD.value OR NEW.value > OLD.value + 1000000 OR NEW.name <> OLD.name) THEN
    RAISE EXCEPTION 'numbers are given out once and in order' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION definition_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY[]::text[]) <> (to_jsonb(OLD) - ARRAY[]::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION effect_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY['state', 'requeued', 'attempts', 'tries', 'claimed_at', 'not_before', 'troubled_at', 'fault', 'done_at', 'notified_at', 'ring_at']::text[]) <> (to_jsonb(OLD) - ARRAY['state', 'requeued', 'attempts', 'tries', 'claimed_at', 'not_before', 'troubled_at', 'fault', 'done_at', 'notified_at', 'ring_at']::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION erasure_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION evidence_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY[]::text[]) <> (to_jsonb(OLD) - ARRAY[]::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION form_code_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY[]::text[]) <> (to_jsonb(OLD) - ARRAY[]::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION founding_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RAISE EXCEPTION 'founding is append-only'; END $function$
;
CREATE OR REPLACE FUNCTION history_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RAISE EXCEPTION 'history is append-only'; END $function$
;
CREATE OR REPLACE FUNCTION history_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF NEW.actor NOT IN (session_user, 'system') AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login signs for itself alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION history_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := NEW.actor <> 'system' OR NEW.transition NOT IN ('recount', 'adopt');
  ELSE
    refused := (to_jsonb(NEW) - ARRAY[]::text[]) <> (to_jsonb(OLD) - ARRAY[]::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION legal_hold_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION letter_kind_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION letter_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY['state', 'printed_at', 'batch']::text[]) <> (to_jsonb(OLD) - ARRAY['state', 'printed_at', 'batch']::text[]) OR NEW.state IS DISTINCT FROM OLD.state AND NEW.state NOT IN ('made', 'printed');
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION office_clock_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION USING MESSAGE = 'only a lead changes ' || TG_TABLE_NAME, ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $function$
;
CREATE OR REPLACE FUNCTION office_event_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RAISE EXCEPTION 'office_event is append-only'; END $function$
;
CREATE OR REPLACE FUNCTION office_event_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF NEW.actor <> session_user AND EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RAISE EXCEPTION 'a personal login signs for itself alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE log_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1 AND seq = NEW.seq - 1 AND hash = NEW.prev_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the log only grows at its end' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION person_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY['name_hash', 'family_hash', 'address_hash', 'reading_hash', 'birth_hash', 'phone_hash', 'email_hash', 'house_hash', 'spelling']::text[]) <> (to_jsonb(OLD) - ARRAY['name_hash', 'family_hash', 'address_hash', 'reading_hash', 'birth_hash', 'phone_hash', 'email_hash', 'house_hash', 'spelling']::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION service_login_own()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN IF NEW.kind = 'database' AND NEW.name <> session_user THEN RAISE EXCEPTION 'a login is made the service''s under itself alone'; END IF; RETURN NEW; END $function$
;
CREATE OR REPLACE FUNCTION service_login_worked()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE refused boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM staff WHERE name = session_user) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    refused := true;
  ELSE
    refused := (to_jsonb(NEW) - ARRAY[]::text[]) <> (to_jsonb(OLD) - ARRAY[]::text[]) OR false;
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING MESSAGE = 'a personal login gives orders, and only workers write ' || TG_TABLE_NAME,
      ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION staff_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION USING MESSAGE = 'a row of ' || TG_TABLE_NAME || ' never goes', ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.name IS DISTINCT FROM OLD.name THEN
      RAISE EXCEPTION 'a member of staff keeps the name' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF EXISTS (SELECT FROM staff WHERE name = session_user)
     AND NOT EXISTS (SELECT FROM staff WHERE name = session_user AND active AND roles::jsonb @> '["lead"]') THEN
    RAISE EXCEPTION 'only a lead changes who works here' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $function$
;
INSERT INTO "alembic_version" ("version_num") VALUES ('0040')
;
INSERT INTO "log_head" ("id", "seq", "hash") VALUES ('1', '0', '')
;
INSERT INTO "tally_head" ("id", "rounds", "form") VALUES ('1', '0', '2')
;
CREATE TRIGGER adopted_procedure_kept BEFORE INSERT ON adopted_procedure FOR EACH ROW EXECUTE FUNCTION adopted_procedure_kept()
;
CREATE TRIGGER adopted_procedure_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON adopted_procedure FOR EACH STATEMENT EXECUTE FUNCTION adopted_procedure_append_only()
;
CREATE TRIGGER booking_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON booking FOR EACH STATEMENT EXECUTE FUNCTION booking_append_only()
;
CREATE TRIGGER booking_worked BEFORE INSERT OR UPDATE ON booking FOR EACH ROW EXECUTE FUNCTION booking_worked()
;
CREATE TRIGGER calendar_day_kept BEFORE INSERT OR DELETE OR UPDATE ON calendar_day FOR EACH ROW EXECUTE FUNCTION calendar_day_kept()
;
CREATE TRIGGER calendar_day_kept_whole BEFORE TRUNCATE ON calendar_day FOR EACH STATEMENT EXECUTE FUNCTION calendar_day_kept()
;
CREATE TRIGGER case_kept BEFORE INSERT OR DELETE OR UPDATE ON "case" FOR EACH ROW EXECUTE FUNCTION case_kept()
;
CREATE TRIGGER case_kept_whole BEFORE TRUNCATE ON "case" FOR EACH STATEMENT EXECUTE FUNCTION case_kept()
;
CREATE TRIGGER case_worked BEFORE INSERT OR UPDATE ON "case" FOR EACH ROW EXECUTE FUNCTION case_worked()
;
CREATE TRIGGER command_kept BEFORE INSERT OR DELETE OR UPDATE ON command FOR EACH ROW EXECUTE FUNCTION command_kept()
;
CREATE TRIGGER command_kept_whole BEFORE TRUNCATE ON command FOR EACH STATEMENT EXECUTE FUNCTION command_kept()
;
CREATE TRIGGER counter_kept BEFORE DELETE OR UPDATE ON counter FOR EACH ROW EXECUTE FUNCTION counter_kept()
;
CREATE TRIGGER counter_kept_whole BEFORE TRUNCATE ON counter FOR EACH STATEMENT EXECUTE FUNCTION counter_kept()
;
CREATE TRIGGER definition_worked BEFORE INSERT OR UPDATE ON definition FOR EACH ROW EXECUTE FUNCTION definition_worked()
;
CREATE TRIGGER effect_worked BEFORE INSERT OR UPDATE ON effect FOR EACH ROW EXECUTE FUNCTION effect_worked()
;
CREATE TRIGGER erasure_kept BEFORE INSERT OR DELETE OR UPDATE ON erasure FOR EACH ROW EXECUTE FUNCTION erasure_kept()
;
CREATE TRIGGER erasure_kept_whole BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION erasure_kept()
;
CREATE TRIGGER evidence_worked BEFORE INSERT OR UPDATE ON evidence FOR EACH ROW EXECUTE FUNCTION evidence_worked()
;
CREATE TRIGGER form_code_worked BEFORE INSERT OR UPDATE ON form_code FOR EACH ROW EXECUTE FUNCTION form_code_worked()
;
CREATE TRIGGER founding_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON founding FOR EACH STATEMENT EXECUTE FUNCTION founding_append_only()
;
CREATE TRIGGER history_kept BEFORE INSERT ON history FOR EACH ROW EXECUTE FUNCTION history_kept()
;
CREATE TRIGGER history_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION history_append_only()
;
CREATE TRIGGER history_worked BEFORE INSERT OR UPDATE ON history FOR EACH ROW EXECUTE FUNCTION history_worked()
;
CREATE TRIGGER legal_hold_kept BEFORE INSERT OR DELETE OR UPDATE ON legal_hold FOR EACH ROW EXECUTE FUNCTION legal_hold_kept()
;
CREATE TRIGGER legal_hold_kept_whole BEFORE TRUNCATE ON legal_hold FOR EACH STATEMENT EXECUTE FUNCTION legal_hold_kept()
;
CREATE TRIGGER letter_worked BEFORE INSERT OR UPDATE ON letter FOR EACH ROW EXECUTE FUNCTION letter_worked()
;
CREATE TRIGGER letter_kind_kept BEFORE INSERT OR DELETE OR UPDATE ON letter_kind FOR EACH ROW EXECUTE FUNCTION letter_kind_kept()
;
CREATE TRIGGER letter_kind_kept_whole BEFORE TRUNCATE ON letter_kind FOR EACH STATEMENT EXECUTE FUNCTION letter_kind_kept()
;
CREATE TRIGGER office_clock_kept BEFORE INSERT OR DELETE OR UPDATE ON office_clock FOR EACH ROW EXECUTE FUNCTION office_clock_kept()
;
CREATE TRIGGER office_clock_kept_whole BEFORE TRUNCATE ON office_clock FOR EACH STATEMENT EXECUTE FUNCTION office_clock_kept()
;
CREATE TRIGGER office_event_kept BEFORE INSERT ON office_event FOR EACH ROW EXECUTE FUNCTION office_event_kept()
;
CREATE TRIGGER office_event_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON office_event FOR EACH STATEMENT EXECUTE FUNCTION office_event_append_only()
;
CREATE TRIGGER person_worked BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION person_worked()
;
CREATE TRIGGER service_login_own_only BEFORE INSERT ON service_login FOR EACH ROW EXECUTE FUNCTION service_login_own()
;
CREATE TRIGGER service_login_worked BEFORE INSERT OR UPDATE ON service_login FOR EACH ROW EXECUTE FUNCTION service_login_worked()
;
CREATE TRIGGER staff_kept BEFORE INSERT OR DELETE OR UPDATE ON staff FOR EACH ROW EXECUTE FUNCTION staff_kept()
;
CREATE TRIGGER staff_kept_whole BEFORE TRUNCATE ON staff FOR EACH STATEMENT EXECUTE FUNCTION staff_kept()
;
