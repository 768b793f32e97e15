-- SPDX-License-Identifier: GPL-2.0-or-later
-- Version 6: runs in short (cells.h), so that a fleet's history need not read every sample of every night.

-- version: of what made them. checksum: of the rows of "cell", with the machine and the start of the run.
CREATE TABLE cells (
	run INTEGER PRIMARY KEY REFERENCES run,
	version INTEGER NOT NULL,
	checksum BLOB
) STRICT;

-- A policy under a workload in one run. measure NULL: no sample has the workload's primary metric.
CREATE TABLE cell (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	workload TEXT NOT NULL, policy TEXT NOT NULL,
	measure INTEGER REFERENCES measure,
	log_ratio REAL, error REAL, blocks INTEGER NOT NULL,
	ok INTEGER NOT NULL, due INTEGER NOT NULL,
	worst TEXT NOT NULL, why TEXT,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;
