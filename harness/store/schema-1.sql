-- SPDX-License-Identifier: GPL-2.0-or-later
-- results/scxbench.db, version 1 (PRAGMA user_version): each further version is a file of its own, and this one
-- is never changed. Arrays keep their order by "place", from 0.
-- Times are nanoseconds of CLOCK_REALTIME; 64-bit unsigned numbers are stored with the same bits, signed.

CREATE TABLE run (
	run INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	plan TEXT, command TEXT, whence TEXT,
	emulated INTEGER NOT NULL CHECK (emulated IN (0, 1)),
	seed INTEGER NOT NULL,
	blocks INTEGER NOT NULL,
	planned INTEGER NOT NULL,
	started_ns INTEGER NOT NULL,
	topology_xml TEXT
) STRICT;

CREATE TABLE run_policy (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	policy TEXT NOT NULL,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_workload (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	workload TEXT NOT NULL,
	primary_metric TEXT,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE env (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	key TEXT NOT NULL, value TEXT,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

-- ok: it is a data point. Its metrics, histograms and proof hang on "sample".
CREATE TABLE sample (
	sample INTEGER PRIMARY KEY,
	run INTEGER NOT NULL REFERENCES run,
	seq INTEGER NOT NULL,
	block INTEGER NOT NULL,
	policy TEXT, workload TEXT,
	instrumented INTEGER NOT NULL CHECK (instrumented IN (0, 1)),
	status TEXT NOT NULL CHECK (status IN ('ok', 'void', 'failed', 'ejected')),
	why TEXT,
	started_ns INTEGER NOT NULL,
	elapsed_s REAL, window_s REAL,
	violations TEXT,
	exit_kind INTEGER NOT NULL, exit_code INTEGER NOT NULL,
	exit_reason TEXT, exit_msg TEXT, exit_dump TEXT, exit_after_s REAL,
	UNIQUE (run, seq)
) STRICT;

-- What is measured, once. better: 0 neither, 1 lower, 2 higher.
CREATE TABLE measure (
	measure INTEGER PRIMARY KEY,
	name TEXT NOT NULL, unit TEXT NOT NULL, better INTEGER NOT NULL,
	UNIQUE (name, unit, better)
) STRICT;

CREATE TABLE reason (
	reason INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
) STRICT;

-- value NULL: absent, for the reason given.
CREATE TABLE metric (
	sample INTEGER NOT NULL REFERENCES sample, place INTEGER NOT NULL,
	measure INTEGER NOT NULL REFERENCES measure,
	value REAL,
	absent INTEGER REFERENCES reason,
	PRIMARY KEY (sample, place)
) STRICT, WITHOUT ROWID;

-- bins: 24 bytes each, little-endian: low and high as IEEE doubles, count as 64-bit unsigned.
CREATE TABLE hist (
	sample INTEGER NOT NULL REFERENCES sample, place INTEGER NOT NULL,
	measure INTEGER NOT NULL REFERENCES measure,
	overflow INTEGER NOT NULL,
	bins BLOB NOT NULL,
	PRIMARY KEY (sample, place)
) STRICT;

CREATE TABLE proof (
	sample INTEGER NOT NULL REFERENCES sample, place INTEGER NOT NULL,
	what TEXT, found TEXT,
	holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
	PRIMARY KEY (sample, place)
) STRICT, WITHOUT ROWID;

-- For a person with the sqlite3 shell: every number with its names.
CREATE VIEW number AS
	SELECT run.id AS run, seq, block, policy, workload, instrumented, status, name, unit, value,
		reason.text AS absent
	FROM metric JOIN sample USING (sample) JOIN run USING (run) JOIN measure USING (measure)
		LEFT JOIN reason ON reason.reason = metric.absent;
