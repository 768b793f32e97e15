-- SPDX-License-Identifier: GPL-2.0-or-later
-- Version 2: machines, boots, warm-ups, hashes of policies, tags, and series over many runs.

-- host: fingerprint of the machine. restarts: boots that the plan wants. margin: of equivalence, a ratio.
-- ended: why no more samples come; NULL: not yet.
ALTER TABLE run ADD COLUMN host TEXT;
ALTER TABLE run ADD COLUMN restarts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE run ADD COLUMN margin REAL;
ALTER TABLE run ADD COLUMN ended TEXT;

ALTER TABLE run_policy ADD COLUMN hash TEXT;

ALTER TABLE sample ADD COLUMN boot INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sample ADD COLUMN warmup INTEGER NOT NULL DEFAULT 0 CHECK (warmup IN (0, 1));

-- A name that a person gave a run. One run of a host has it: giving it again moves it.
CREATE TABLE tag (
	tag TEXT NOT NULL,
	run INTEGER NOT NULL REFERENCES run,
	PRIMARY KEY (tag, run)
) STRICT, WITHOUT ROWID;

-- One metric of every sample of every run, without reading the others: what a history reads.
CREATE INDEX metric_by_measure ON metric (measure, sample, value);

DROP VIEW number;
CREATE VIEW number AS
	SELECT run.id AS run, seq, block, boot, policy, workload, warmup, instrumented, status, name, unit, value,
		reason.text AS absent
	FROM metric JOIN sample USING (sample) JOIN run USING (run) JOIN measure USING (measure)
		LEFT JOIN reason ON reason.reason = metric.absent;
