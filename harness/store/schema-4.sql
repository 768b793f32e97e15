-- SPDX-License-Identifier: GPL-2.0-or-later
-- Version 4: checksums, so that what is read is what was stored (checksum.h and totals.h).

-- checksum: of the run without machine, with its policies, workloads and tags. machine: of topology_xml and env.
ALTER TABLE run ADD COLUMN checksum BLOB;
ALTER TABLE run ADD COLUMN machine BLOB;

-- Of the sample with all that hangs on it.
ALTER TABLE sample ADD COLUMN checksum BLOB;

-- Over all samples of a run. measure: whose values; 0: the checksums of the samples; -1: what series say of them.
CREATE TABLE total (
	measure INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES run,
	sum INTEGER NOT NULL,
	PRIMARY KEY (measure, run)
) STRICT, WITHOUT ROWID;
