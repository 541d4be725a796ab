-- Migration 0040
-- Written by `python -m lab.schema`, never by hand.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
;
CREATE TABLE calendar_day (
	day DATE NOT NULL, 
	sort TEXT NOT NULL, 
	name TEXT NOT NULL, 
	added_by TEXT NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_calendar_day PRIMARY KEY (day)
)
;
CREATE TABLE "case" (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	open BOOLEAN NOT NULL, 
	seq INTEGER NOT NULL, 
	entered_seq INTEGER NOT NULL, 
	entered_on DATE NOT NULL, 
	head TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	opened_on DATE NOT NULL, 
	closed_at DATETIME, 
	hold JSON, 
	held JSON NOT NULL, 
	verified_by TEXT, 
	decided_by TEXT, 
	released_by TEXT, 
	sole BOOLEAN NOT NULL, 
	letters INTEGER NOT NULL, 
	owner TEXT, 
	due_at DATETIME, 
	next TEXT, 
	matter BLOB, 
	erased_at DATETIME, log_seq INTEGER DEFAULT 0 NOT NULL, log_hash TEXT DEFAULT '' NOT NULL, head_at BIGINT DEFAULT '0' NOT NULL, facts JSON DEFAULT '{}' NOT NULL, chased INTEGER DEFAULT '0' NOT NULL, rights TEXT DEFAULT '' NOT NULL, todo TEXT, todo_by DATETIME, legal_at DATETIME, press_at DATETIME, pressing BOOLEAN DEFAULT 0 NOT NULL, scanned_at DATETIME, hold_until DATE, letters_from INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_case PRIMARY KEY (id), 
	CONSTRAINT ck_case_fulfilled_has_people CHECK (state <> 'fulfilled' OR (verified_by IS NOT NULL AND decided_by IS NOT NULL AND released_by IS NOT NULL)), 
	CONSTRAINT ck_case_refused_has_people CHECK (state <> 'refused' OR (decided_by IS NOT NULL AND released_by IS NOT NULL)), 
	CONSTRAINT ck_case_released_is_closed CHECK (state IN ('fulfilled', 'refused') OR released_by IS NULL), 
	CONSTRAINT ck_case_four_eyes CHECK (state NOT IN ('fulfilled', 'refused') OR sole OR (released_by <> decided_by AND (verified_by IS NULL OR released_by <> verified_by))), 
	CONSTRAINT uq_case_number UNIQUE (number)
)
;
CREATE TABLE command (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	case_number TEXT NOT NULL, 
	transition TEXT NOT NULL, 
	sealed BLOB NOT NULL, 
	fingerprint TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	staff TEXT NOT NULL, 
	placed_at DATETIME NOT NULL, 
	office_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	claimed_at DATETIME, 
	outcome TEXT, 
	answered_at DATETIME, 
	state TEXT, 
	seq INTEGER, 
	reasons JSON, login TEXT, requeued INTEGER DEFAULT 0 NOT NULL, tries INTEGER DEFAULT '0' NOT NULL, troubled_at DATETIME, not_before DATETIME, trouble TEXT, swept BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_command PRIMARY KEY (id), 
	CONSTRAINT uq_command_key UNIQUE ("key")
)
;
CREATE INDEX ix_command_case_number ON command (case_number)
;
CREATE TABLE counter (
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (name)
)
;
CREATE TABLE definition (
	name TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	fingerprint TEXT NOT NULL, 
	shape JSON NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT pk_definition PRIMARY KEY (name, version)
)
;
CREATE TABLE heartbeat (
	queue TEXT NOT NULL, 
	worker TEXT NOT NULL, 
	at DATETIME NOT NULL, ahead INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_heartbeat PRIMARY KEY (queue, worker)
)
;
CREATE TABLE incident (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind TEXT NOT NULL, 
	case_number TEXT, 
	subject TEXT NOT NULL, 
	fault TEXT NOT NULL, 
	closed_at DATETIME, 
	closed_by TEXT, 
	CONSTRAINT pk_incident PRIMARY KEY (id)
)
;
CREATE TABLE inquiry (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	received_at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	recorded_by TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	language TEXT NOT NULL, 
	state TEXT NOT NULL, 
	case_number TEXT, 
	sealed BLOB, 
	CONSTRAINT pk_inquiry PRIMARY KEY (id), 
	CONSTRAINT uq_inquiry_number UNIQUE (number)
)
;
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	case_id INTEGER, 
	case_number TEXT, 
	seq INTEGER, 
	role TEXT NOT NULL, 
	code TEXT NOT NULL, 
	params JSON NOT NULL, 
	at DATETIME NOT NULL, 
	read_at DATETIME, 
	read_by TEXT, mailed_at DATETIME, 
	CONSTRAINT pk_notice PRIMARY KEY (id)
)
;
CREATE TABLE office_clock (
	id INTEGER NOT NULL, 
	"offset" BIGINT NOT NULL, 
	CONSTRAINT pk_office_clock PRIMARY KEY (id)
)
;
CREATE TABLE office_event (
	seq INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	what TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	details JSON NOT NULL, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_office_event PRIMARY KEY (seq)
)
;
CREATE TABLE staff (
	name TEXT NOT NULL, 
	roles JSON NOT NULL, 
	active BOOLEAN NOT NULL, 
	added_at DATETIME NOT NULL, 
	added_by TEXT NOT NULL, department TEXT, email TEXT, language TEXT, 
	CONSTRAINT pk_staff PRIMARY KEY (name)
)
;
CREATE TABLE effect (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	ord INTEGER NOT NULL, 
	case_number TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	copy INTEGER NOT NULL, 
	sealed BLOB, 
	ordered_at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	claimed_at DATETIME, 
	done_at DATETIME, 
	fault TEXT, tries INTEGER DEFAULT '0' NOT NULL, requeued INTEGER DEFAULT '0' NOT NULL, troubled_at DATETIME, not_before DATETIME, notified_at DATETIME, ring_at DATETIME, 
	CONSTRAINT pk_effect PRIMARY KEY (id), 
	CONSTRAINT fk_effect_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_effect_case_id_seq_ord UNIQUE (case_id, seq, ord)
)
;
CREATE TABLE evidence (
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	ord INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	sort TEXT NOT NULL, 
	holder TEXT, 
	type TEXT NOT NULL, 
	photo BOOLEAN, 
	issued_on DATE, 
	expires_on DATE, 
	address TEXT, 
	name_matches BOOLEAN, 
	seal_matches BOOLEAN, 
	masking TEXT, 
	signed BOOLEAN, 
	number_hash TEXT, 
	arrived_on DATE NOT NULL, 
	checked_by TEXT NOT NULL, rights JSON, judged JSON DEFAULT '{}' NOT NULL, undone_seq INTEGER, looked_at TEXT, original BOOLEAN, degree INTEGER, 
	CONSTRAINT pk_evidence PRIMARY KEY (case_id, seq, ord), 
	CONSTRAINT fk_evidence_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_evidence_number_hash ON evidence (number_hash)
;
CREATE TABLE form_code (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	state TEXT NOT NULL, 
	expires_on DATE, 
	ended_at DATETIME, 
	CONSTRAINT pk_form_code PRIMARY KEY (id), 
	CONSTRAINT fk_form_code_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_form_code_case_id_seq UNIQUE (case_id, seq), 
	CONSTRAINT uq_form_code_hash UNIQUE (hash)
)
;
CREATE TABLE history (
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	form TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	transition TEXT NOT NULL, 
	source TEXT, 
	target TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	revision TEXT NOT NULL, 
	details JSON NOT NULL, 
	commitment TEXT, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (case_id, seq), 
	CONSTRAINT fk_history_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_history_case_id_cause UNIQUE (case_id, cause)
)
;
CREATE TABLE letter (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	copy INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	language TEXT NOT NULL, 
	round INTEGER, 
	state TEXT NOT NULL, 
	ordered_at DATETIME NOT NULL, 
	made_at DATETIME, 
	pages INTEGER, 
	sha256 TEXT, 
	path TEXT, 
	printed_at DATETIME, 
	batch TEXT, 
	posted_on DATE, 
	mail_class TEXT, 
	tracking TEXT, 
	returned_on DATE, 
	return_reason TEXT, 
	voided_at DATETIME, reply_by DATE, envelope JSON, void_seq INTEGER, 
	CONSTRAINT pk_letter PRIMARY KEY (id), 
	CONSTRAINT ck_letter_made_has_a_file CHECK (state IN ('ordered', 'void') OR (sha256 IS NOT NULL AND path IS NOT NULL)), 
	CONSTRAINT fk_letter_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_letter_number_copy UNIQUE (number, copy)
)
;
CREATE INDEX ix_letter_batch ON letter (batch)
;
CREATE INDEX ix_letter_case_id ON letter (case_id)
;
CREATE TABLE person (
	case_id INTEGER NOT NULL, 
	party TEXT NOT NULL, 
	sealed BLOB, 
	name_hash TEXT, 
	family_hash TEXT, 
	address_hash TEXT, 
	changes INTEGER NOT NULL, birth_hash TEXT, phone_hash TEXT, email_hash TEXT, spelling INTEGER, reading_hash TEXT, house_hash TEXT, 
	CONSTRAINT pk_person PRIMARY KEY (case_id, party), 
	CONSTRAINT fk_person_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_person_name_hash ON person (name_hash)
;
CREATE TABLE timer (
	case_id INTEGER NOT NULL, 
	entry_seq INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	fire_no INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	scope TEXT NOT NULL, 
	letter TEXT, 
	legal BOOLEAN NOT NULL, put_off_until DATETIME, asked INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_timer PRIMARY KEY (case_id, entry_seq, name, fire_no), 
	CONSTRAINT fk_timer_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE case_id = NEW.case_id AND (seq = NEW.seq OR cause = NEW.cause)) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
;
CREATE TRIGGER office_event_no_update BEFORE UPDATE ON office_event BEGIN SELECT RAISE(ABORT, 'office_event is append-only'); END
;
CREATE TRIGGER office_event_no_delete BEFORE DELETE ON office_event BEGIN SELECT RAISE(ABORT, 'office_event is append-only'); END
;
CREATE TRIGGER office_event_no_replace BEFORE INSERT ON office_event WHEN EXISTS (SELECT 1 FROM office_event WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'office_event is append-only'); END
;
CREATE TABLE tray (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	state TEXT NOT NULL, 
	why TEXT NOT NULL, 
	arrived_at DATETIME NOT NULL, 
	scanned_at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	file_hash TEXT NOT NULL, 
	file_page INTEGER NOT NULL, 
	thumbnail BLOB, 
	sha256 TEXT, 
	sealed_sha256 TEXT, 
	path TEXT, 
	told_at DATETIME, 
	ended_at DATETIME, 
	ended_by TEXT, 
	reason TEXT, 
	cleared_at DATETIME, 
	CONSTRAINT pk_tray PRIMARY KEY (id), 
	CONSTRAINT ck_tray_waiting_has_a_file CHECK (state <> 'waiting' OR (sha256 IS NOT NULL AND sealed_sha256 IS NOT NULL AND path IS NOT NULL AND thumbnail IS NOT NULL)), 
	CONSTRAINT ck_tray_ended_shows_nothing CHECK (state NOT IN ('assigned', 'destroyed') OR thumbnail IS NULL), 
	CONSTRAINT uq_tray_file_hash_file_page UNIQUE (file_hash, file_page), 
	CONSTRAINT uq_tray_number UNIQUE (number)
)
;
CREATE INDEX ix_tray_open ON tray (id) WHERE cleared_at IS NULL
;
CREATE TABLE scan_page (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	case_id INTEGER NOT NULL, 
	sort TEXT NOT NULL, 
	round INTEGER, 
	code_id INTEGER, 
	form TEXT, 
	letter TEXT, 
	page INTEGER, 
	pages INTEGER, 
	holder TEXT, 
	type TEXT, 
	masking TEXT, 
	arrived_at DATETIME NOT NULL, 
	scanned_at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	file_hash TEXT, 
	file_page INTEGER, 
	tray TEXT, 
	state TEXT NOT NULL, 
	sha256 TEXT, 
	sealed_sha256 TEXT, 
	path TEXT, 
	destroyed_at DATETIME, 
	cleared_at DATETIME, registered BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_scan_page PRIMARY KEY (id), 
	CONSTRAINT ck_scan_page_kept_has_a_file CHECK (state <> 'kept' OR (sha256 IS NOT NULL AND sealed_sha256 IS NOT NULL AND path IS NOT NULL)), 
	CONSTRAINT fk_scan_page_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_scan_page_code_id_form_code FOREIGN KEY(code_id) REFERENCES form_code (id), 
	CONSTRAINT uq_scan_page_file_hash_file_page UNIQUE (file_hash, file_page), 
	CONSTRAINT uq_scan_page_number UNIQUE (number), 
	CONSTRAINT uq_scan_page_tray UNIQUE (tray)
)
;
CREATE INDEX ix_scan_page_arriving ON scan_page (id) WHERE state = 'arriving'
;
CREATE INDEX ix_scan_page_case_id ON scan_page (case_id)
;
CREATE INDEX ix_scan_page_code_id ON scan_page (code_id)
;
CREATE TABLE letter_kind (
	kind TEXT NOT NULL, 
	stopped BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	changed_at DATETIME NOT NULL, 
	changed_by TEXT NOT NULL, 
	CONSTRAINT pk_letter_kind PRIMARY KEY (kind)
)
;
CREATE TABLE founding (
	id INTEGER NOT NULL, 
	founded_at DATETIME NOT NULL, 
	founded_by TEXT NOT NULL, 
	lead TEXT NOT NULL, 
	demo BOOLEAN NOT NULL, 
	clock TEXT NOT NULL, 
	sole BOOLEAN NOT NULL, 
	residency TEXT NOT NULL, 
	keys TEXT, 
	CONSTRAINT pk_founding PRIMARY KEY (id), 
	CONSTRAINT ck_founding_one_office CHECK (id = 1), 
	CONSTRAINT ck_founding_clock_known CHECK (clock IN ('system', 'shifted'))
)
;
CREATE TABLE service_login (
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_service_login PRIMARY KEY (name, kind)
)
;
CREATE TRIGGER founding_no_update BEFORE UPDATE ON founding BEGIN SELECT RAISE(ABORT, 'founding is append-only'); END
;
CREATE TRIGGER founding_no_delete BEFORE DELETE ON founding BEGIN SELECT RAISE(ABORT, 'founding is append-only'); END
;
CREATE TRIGGER founding_no_replace BEFORE INSERT ON founding WHEN EXISTS (SELECT 1 FROM founding WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'founding is append-only'); END
;
CREATE TABLE log_head (
	id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_log_head PRIMARY KEY (id)
)
;
CREATE TRIGGER command_no_delete BEFORE DELETE ON "command" BEGIN SELECT RAISE(ABORT, 'a row of command never goes'); END
;
CREATE TRIGGER case_no_delete BEFORE DELETE ON "case" BEGIN SELECT RAISE(ABORT, 'a row of case never goes'); END
;
CREATE TRIGGER staff_no_delete BEFORE DELETE ON "staff" BEGIN SELECT RAISE(ABORT, 'a row of staff never goes'); END
;
CREATE TRIGGER command_no_replace BEFORE INSERT ON "command" WHEN EXISTS (SELECT 1 FROM "command" WHERE id = NEW.id OR key = NEW.key) BEGIN SELECT RAISE(ABORT, 'a row of command is never replaced'); END
;
CREATE TRIGGER case_no_replace BEFORE INSERT ON "case" WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.id OR number = NEW.number) BEGIN SELECT RAISE(ABORT, 'a row of case is never replaced'); END
;
CREATE TRIGGER command_no_rewrite BEFORE UPDATE ON command WHEN NEW.id IS NOT OLD.id OR NEW.key IS NOT OLD.key OR NEW.case_number IS NOT OLD.case_number OR NEW.transition IS NOT OLD.transition OR NEW.sealed IS NOT OLD.sealed OR NEW.fingerprint IS NOT OLD.fingerprint OR NEW.actor IS NOT OLD.actor OR NEW.staff IS NOT OLD.staff OR NEW.login IS NOT OLD.login OR NEW.placed_at IS NOT OLD.placed_at OR NEW.office_at IS NOT OLD.office_at OR NOT ((NOT (NEW.outcome IS NOT OLD.outcome OR NEW.answered_at IS NOT OLD.answered_at OR NEW.state IS NOT OLD.state OR NEW.seq IS NOT OLD.seq OR NEW.reasons IS NOT OLD.reasons OR NEW.requeued IS NOT OLD.requeued)) OR (OLD.outcome IS NULL AND coalesce(NEW.outcome, '') IN ('done', 'refused', 'set_aside') AND NEW.answered_at IS NOT NULL AND NEW.requeued = OLD.requeued) OR (coalesce(OLD.outcome, '') = 'set_aside' AND NEW.outcome IS NULL AND NEW.answered_at IS NULL AND NEW.state IS NULL AND NEW.seq IS NULL AND NEW.reasons IS NULL AND NEW.requeued = OLD.requeued + 1)) BEGIN SELECT RAISE(ABORT, 'an order is never rewritten and answered once'); END
;
CREATE TRIGGER command_fresh BEFORE INSERT ON command WHEN NEW.outcome IS NOT NULL OR NEW.answered_at IS NOT NULL OR NEW.state IS NOT NULL OR NEW.seq IS NOT NULL OR NEW.reasons IS NOT NULL OR NEW.claimed_at IS NOT NULL OR NEW.attempts <> 0 OR NEW.requeued <> 0 BEGIN SELECT RAISE(ABORT, 'an order is accepted without an answer'); END
;
CREATE TRIGGER case_no_way_back BEFORE UPDATE ON "case" WHEN NEW.id IS NOT OLD.id OR NEW.number IS NOT OLD.number OR NEW.seq < OLD.seq OR NEW.log_seq < OLD.log_seq BEGIN SELECT RAISE(ABORT, 'a case keeps its number and its history only grows'); END
;
CREATE TRIGGER staff_no_rename BEFORE UPDATE ON staff WHEN NEW.name IS NOT OLD.name BEGIN SELECT RAISE(ABORT, 'a member of staff keeps the name'); END
;
CREATE TRIGGER case_sole_insert BEFORE INSERT ON "case" WHEN NEW.sole AND NOT EXISTS (SELECT 1 FROM founding WHERE sole) BEGIN SELECT RAISE(ABORT, 'only an office founded for one person releases its own decisions'); END
;
CREATE TRIGGER case_sole_update BEFORE UPDATE ON "case" WHEN NEW.sole AND NOT EXISTS (SELECT 1 FROM founding WHERE sole) BEGIN SELECT RAISE(ABORT, 'only an office founded for one person releases its own decisions'); END
;
CREATE TRIGGER office_event_chained BEFORE INSERT ON office_event BEGIN SELECT RAISE(ABORT, 'the log only grows at its end') WHERE NOT EXISTS (SELECT 1 FROM log_head WHERE id = 1 AND seq = NEW.seq - 1 AND hash = NEW.prev_hash); UPDATE log_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1; END
;
CREATE TABLE tray_case (
	tray TEXT NOT NULL, 
	case_id INTEGER NOT NULL, 
	CONSTRAINT pk_tray_case PRIMARY KEY (tray, case_id), 
	CONSTRAINT fk_tray_case_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_tray_case_case_id ON tray_case (case_id)
;
CREATE TABLE retry (
	case_id INTEGER NOT NULL, 
	work TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	not_before DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	dead BOOLEAN NOT NULL, 
	seq INTEGER NOT NULL, 
	event INTEGER, 
	fault TEXT NOT NULL, 
	CONSTRAINT pk_retry PRIMARY KEY (case_id, work), 
	CONSTRAINT fk_retry_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_incident_open ON incident (id) WHERE closed_at IS NULL
;
CREATE TABLE dropped (
	day DATE NOT NULL, 
	kind TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	last_at DATETIME NOT NULL, 
	CONSTRAINT pk_dropped PRIMARY KEY (day, kind)
)
;
CREATE TABLE serving (
	id INTEGER NOT NULL, 
	machine TEXT NOT NULL, 
	name TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_serving PRIMARY KEY (id)
)
;
CREATE INDEX ix_case_state_id ON "case" (state, id)
;
CREATE INDEX ix_case_open_version ON "case" (definition, version, id) WHERE open = 1
;
CREATE INDEX ix_command_waiting ON command (placed_at, id) WHERE outcome IS NULL
;
CREATE INDEX ix_command_troubled ON command (troubled_at) WHERE outcome IS NULL AND troubled_at IS NOT NULL
;
CREATE INDEX ix_command_set_aside ON command (id) WHERE outcome = 'set_aside'
;
CREATE INDEX ix_effect_waiting ON effect (ordered_at, id) WHERE state = 'waiting'
;
CREATE INDEX ix_effect_troubled ON effect (troubled_at) WHERE state = 'waiting' AND troubled_at IS NOT NULL
;
CREATE INDEX ix_effect_set_aside ON effect (id) WHERE state = 'set_aside'
;
CREATE INDEX ix_letter_unposted ON letter (id) WHERE state IN ('ordered', 'made', 'printed')
;
CREATE INDEX ix_letter_in_house ON letter (made_at, state, kind) WHERE state IN ('ordered', 'made', 'printed')
;
CREATE INDEX ix_letter_odd ON letter (id) WHERE state = 'ordered' AND (made_at IS NOT NULL OR printed_at IS NOT NULL OR posted_on IS NOT NULL) OR state = 'made' AND (made_at IS NULL OR printed_at IS NOT NULL OR posted_on IS NOT NULL) OR state = 'printed' AND (made_at IS NULL OR printed_at IS NULL OR posted_on IS NOT NULL) OR state IN ('posted', 'returned') AND (made_at IS NULL OR printed_at IS NULL OR posted_on IS NULL) OR state = 'void' AND printed_at IS NOT NULL AND made_at IS NULL OR state = 'void' AND posted_on IS NOT NULL AND printed_at IS NULL
;
CREATE INDEX ix_notice_at ON notice (at, id)
;
CREATE INDEX ix_notice_line ON notice (case_number, code, read_at)
;
CREATE INDEX ix_notice_unread ON notice (at, id) WHERE read_at IS NULL
;
CREATE INDEX ix_notice_unread_line ON notice (role, code, case_number, at) WHERE read_at IS NULL
;
CREATE INDEX ix_office_event_what ON office_event (what, seq)
;
CREATE INDEX ix_scan_page_copies ON scan_page (case_id) WHERE sort = 'document' AND state = 'kept'
;
CREATE INDEX ix_scan_page_ended ON scan_page (id) WHERE state = 'destroyed' AND cleared_at IS NULL
;
CREATE INDEX ix_scan_page_unregistered ON scan_page (case_id, scanned_at) WHERE sort = 'form' AND state = 'kept' AND registered = 0
;
CREATE INDEX ix_timer_legal ON timer (due_at) WHERE legal = 1
;
CREATE INDEX ix_command_own ON command (placed_at, id) WHERE outcome IS NULL AND swept = 0
;
CREATE INDEX ix_person_address_hash ON person (address_hash, case_id)
;
CREATE INDEX ix_person_reading_hash ON person (reading_hash) WHERE reading_hash IS NOT NULL
;
CREATE TABLE person_word (
	word BIGINT NOT NULL, 
	case_id INTEGER NOT NULL, 
	party SMALLINT NOT NULL, 
	CONSTRAINT pk_person_word PRIMARY KEY (word, case_id, party)
)
 WITHOUT ROWID


;
CREATE INDEX ix_person_word_case_id ON person_word (case_id)
;
CREATE TABLE inquiry_word (
	word BIGINT NOT NULL, 
	inquiry_id INTEGER NOT NULL, 
	party SMALLINT NOT NULL, 
	CONSTRAINT pk_inquiry_word PRIMARY KEY (word, inquiry_id, party)
)
 WITHOUT ROWID


;
CREATE INDEX ix_inquiry_word_inquiry_id ON inquiry_word (inquiry_id)
;
CREATE INDEX ix_case_open_urgent ON "case" (pressing, press_at, id) WHERE open = 1
;
CREATE INDEX ix_case_open_owner ON "case" (owner, pressing, press_at, id) WHERE open = 1
;
CREATE INDEX ix_case_open_chased ON "case" (pressing, press_at, id) WHERE open = 1 AND chased > 0
;
CREATE INDEX ix_case_open_purpose_notice ON "case" (pressing, press_at, id) WHERE open = 1 AND rights LIKE '%,purpose_notice,%'
;
CREATE INDEX ix_case_open_disclosure ON "case" (pressing, press_at, id) WHERE open = 1 AND rights LIKE '%,disclosure,%'
;
CREATE INDEX ix_case_open_provision_records ON "case" (pressing, press_at, id) WHERE open = 1 AND rights LIKE '%,provision_records,%'
;
CREATE INDEX ix_case_open_correction ON "case" (pressing, press_at, id) WHERE open = 1 AND rights LIKE '%,correction,%'
;
CREATE INDEX ix_case_open_halt_use ON "case" (pressing, press_at, id) WHERE open = 1 AND rights LIKE '%,halt_use,%'
;
CREATE INDEX ix_case_open_halt_provision ON "case" (pressing, press_at, id) WHERE open = 1 AND rights LIKE '%,halt_provision,%'
;
CREATE INDEX ix_case_state_urgent ON "case" (state, open, pressing, press_at, id)
;
CREATE INDEX ix_case_todo ON "case" (todo, pressing, press_at, id) WHERE todo IS NOT NULL
;
CREATE INDEX ix_case_lying ON "case" (id) WHERE scanned_at IS NOT NULL
;
CREATE INDEX ix_case_hold_until ON "case" (hold_until, id) WHERE hold_until IS NOT NULL
;
CREATE INDEX ix_case_legal ON "case" (legal_at, id) WHERE legal_at IS NOT NULL
;
CREATE INDEX ix_case_todo_owner ON "case" (owner, todo, pressing, press_at, id) WHERE todo IS NOT NULL
;
CREATE TABLE absence (
	name TEXT NOT NULL, 
	first DATE NOT NULL, 
	last DATE, 
	substitute TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_absence PRIMARY KEY (name)
)
;
CREATE INDEX ix_absence_substitute ON absence (substitute)
;
CREATE TABLE adopted_procedure (
	number INTEGER NOT NULL, 
	first DATE NOT NULL, 
	regime TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	text TEXT NOT NULL, 
	adopted_at DATETIME NOT NULL, 
	adopted_by TEXT NOT NULL, 
	CONSTRAINT pk_adopted_procedure PRIMARY KEY (number)
)
;
CREATE TRIGGER adopted_procedure_no_update BEFORE UPDATE ON adopted_procedure BEGIN SELECT RAISE(ABORT, 'adopted_procedure is append-only'); END
;
CREATE TRIGGER adopted_procedure_no_delete BEFORE DELETE ON adopted_procedure BEGIN SELECT RAISE(ABORT, 'adopted_procedure is append-only'); END
;
CREATE TRIGGER adopted_procedure_no_replace BEFORE INSERT ON adopted_procedure WHEN EXISTS (SELECT 1 FROM adopted_procedure WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'adopted_procedure is append-only'); END
;
CREATE TABLE search (
	case_id INTEGER NOT NULL, 
	parent_id INTEGER NOT NULL, 
	department TEXT NOT NULL, 
	CONSTRAINT pk_search PRIMARY KEY (case_id), 
	CONSTRAINT fk_search_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_search_parent_id_case FOREIGN KEY(parent_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_search_parent_id ON search (parent_id)
;
CREATE INDEX ix_search_department ON search (department)
;
CREATE TABLE find (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	case_id INTEGER NOT NULL, 
	seq INTEGER, 
	kind TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	bytes BIGINT NOT NULL, 
	sha256 TEXT NOT NULL, 
	sealed_sha256 TEXT NOT NULL, 
	path TEXT NOT NULL, 
	name BLOB, 
	taken_by TEXT NOT NULL, 
	taken_at DATETIME NOT NULL, 
	destroyed_at DATETIME, treatment JSON, 
	CONSTRAINT pk_find PRIMARY KEY (id), 
	CONSTRAINT uq_find_number UNIQUE (number), 
	CONSTRAINT fk_find_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_find_case_id ON find (case_id)
;
CREATE TABLE booking (
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	means TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	on_day DATE NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	CONSTRAINT pk_booking PRIMARY KEY (case_id, seq, entry, label), 
	CONSTRAINT ck_booking_amount_is_some CHECK (amount <> 0), 
	CONSTRAINT fk_booking_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_booking_on_day ON booking (on_day)
;
CREATE TRIGGER booking_no_update BEFORE UPDATE ON booking BEGIN SELECT RAISE(ABORT, 'booking is append-only'); END
;
CREATE TRIGGER booking_no_delete BEFORE DELETE ON booking BEGIN SELECT RAISE(ABORT, 'booking is append-only'); END
;
CREATE TRIGGER booking_no_replace BEFORE INSERT ON booking WHEN EXISTS (SELECT 1 FROM booking WHERE case_id = NEW.case_id AND seq = NEW.seq AND entry = NEW.entry AND label = NEW.label) BEGIN SELECT RAISE(ABORT, 'booking is append-only'); END
;
CREATE TABLE checkpoint (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	mark BIGINT NOT NULL, 
	CONSTRAINT pk_checkpoint PRIMARY KEY (id)
)
;
CREATE INDEX ix_history_at ON history (at)
;
CREATE TABLE uncounted (
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_uncounted PRIMARY KEY (case_id, seq), 
	CONSTRAINT fk_uncounted_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE TABLE counted (
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	heads JSON NOT NULL, 
	entries JSON NOT NULL, 
	CONSTRAINT pk_counted PRIMARY KEY (case_id), 
	CONSTRAINT fk_counted_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE TABLE tally (
	procedure TEXT NOT NULL, 
	head TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	span TEXT NOT NULL, 
	value TEXT NOT NULL, 
	sums JSON NOT NULL, 
	CONSTRAINT pk_tally PRIMARY KEY (procedure, head, unit, span, value)
)
;
CREATE TABLE tally_head (
	id INTEGER NOT NULL, 
	rounds INTEGER NOT NULL, 
	form INTEGER NOT NULL, 
	CONSTRAINT pk_tally_head PRIMARY KEY (id), 
	CONSTRAINT ck_tally_head_one_row CHECK (id = 1)
)
;
CREATE TABLE legal_hold (
	case_id INTEGER NOT NULL, 
	why TEXT NOT NULL, 
	until DATE NOT NULL, 
	held_by TEXT NOT NULL, 
	held_at DATETIME NOT NULL, 
	told_on DATE, 
	CONSTRAINT pk_legal_hold PRIMARY KEY (case_id), 
	CONSTRAINT fk_legal_hold_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE TABLE erasure (
	case_id INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	asked_by TEXT NOT NULL, 
	why TEXT NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_erasure PRIMARY KEY (case_id), 
	CONSTRAINT fk_erasure_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
;
CREATE INDEX ix_erasure_undone ON erasure (case_id) WHERE done_at IS NULL
;
CREATE INDEX ix_case_kept ON "case" (closed_at, id) WHERE open = 0 AND erased_at IS NULL
;
CREATE TABLE disc (
	id INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	case_id INTEGER NOT NULL, 
	files INTEGER NOT NULL, 
	passphrase BLOB, 
	path TEXT, 
	sha256 TEXT, 
	bytes BIGINT, 
	made_at DATETIME, 
	written INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_disc PRIMARY KEY (id), 
	CONSTRAINT fk_disc_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_disc_letter UNIQUE (letter)
)
;
CREATE INDEX ix_disc_case_id ON disc (case_id)
;
CREATE TABLE mail (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	circle TEXT, 
	name TEXT NOT NULL, 
	ordered_at DATETIME NOT NULL, 
	office_at DATETIME NOT NULL, 
	says JSON NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	claimed_at DATETIME, 
	not_before DATETIME, 
	ended_at DATETIME, 
	fault TEXT, 
	CONSTRAINT pk_mail PRIMARY KEY (id), 
	CONSTRAINT uq_mail_key UNIQUE ("key")
)
;
CREATE INDEX ix_mail_circle ON mail (circle, ordered_at)
;
CREATE INDEX ix_mail_waiting ON mail (ordered_at, id) WHERE state = 'waiting'
;
CREATE INDEX ix_mail_refused ON mail (id) WHERE state = 'refused'
;
CREATE INDEX ix_notice_unmailed ON notice (at, id) WHERE mailed_at IS NULL AND role IN ('lead', 'holder')
;
CREATE TABLE moving (
	id INTEGER NOT NULL, 
	move TEXT NOT NULL, 
	state TEXT NOT NULL, 
	place TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	done JSON NOT NULL, 
	CONSTRAINT pk_moving PRIMARY KEY (id), 
	CONSTRAINT ck_moving_one_move CHECK (id = 1), 
	CONSTRAINT ck_moving_state_known CHECK (state IN ('leaving', 'left', 'arriving', 'undoing'))
)
;
CREATE TRIGGER counter_forward BEFORE UPDATE ON counter WHEN (substr(OLD.name, 1, 5) = 'case/' OR substr(OLD.name, 1, 8) = 'inquiry/' OR substr(OLD.name, 1, 5) = 'scan/' OR substr(OLD.name, 1, 5) = 'tray/' OR substr(OLD.name, 1, 6) = 'batch/' OR substr(OLD.name, 1, 5) = 'find/') AND (NEW.value < OLD.value OR NEW.value > OLD.value + 1000000 OR NEW.name <> OLD.name) BEGIN SELECT RAISE(ABORT, 'numbers are given out once and in order'); END
;
CREATE TRIGGER counter_kept BEFORE DELETE ON counter WHEN substr(OLD.name, 1, 5) = 'case/' OR substr(OLD.name, 1, 8) = 'inquiry/' OR substr(OLD.name, 1, 5) = 'scan/' OR substr(OLD.name, 1, 5) = 'tray/' OR substr(OLD.name, 1, 6) = 'batch/' OR substr(OLD.name, 1, 5) = 'find/' BEGIN SELECT RAISE(ABORT, 'numbers are given out once and in order'); END
;
CREATE INDEX ix_mail_ordered ON mail (ordered_at, id)
;
CREATE INDEX ix_inquiry_kept ON inquiry (recorded_at, id) WHERE state = 'answered' AND sealed IS NOT NULL
;
CREATE INDEX ix_timer_papers ON timer (entry_seq, case_id) WHERE name IN ('papers_evidence', 'papers_forms')
;
CREATE INDEX ix_timer_due ON timer (due_at, name)
;
INSERT INTO "alembic_version" ("version_num") VALUES ('0040')
;
INSERT INTO "log_head" ("id", "seq", "hash") VALUES (1, 0, '')
;
INSERT INTO "tally_head" ("id", "rounds", "form") VALUES (1, 0, 2)
;
