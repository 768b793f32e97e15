-- SPDX-License-Identifier: GPL-2.0-or-later
-- Version 3: arms with a name of their own, their slices, and a baseline that need not be fair; samples taken
-- again; what a metric's clock can show.

-- baseline: the policy that the others are compared with; NULL: fair.
ALTER TABLE run ADD COLUMN baseline TEXT;

-- host_before: the fingerprint by earlier versions. Their runs of that machine are given the present one.
ALTER TABLE run ADD COLUMN host_before TEXT;

-- gate: how a night was judged; NULL: not judged.
ALTER TABLE run ADD COLUMN gate TEXT;

-- given: what the policy's name stands for; NULL: for itself. slice_ns: in digits; NULL: not known.
ALTER TABLE run_policy ADD COLUMN given TEXT;
ALTER TABLE run_policy ADD COLUMN slice_ns TEXT;

-- retake_of: seq of the void sample that it repeats; 0: of none.
ALTER TABLE sample ADD COLUMN retake_of INTEGER NOT NULL DEFAULT 0;

-- resolution: the steps in which values come, in the unit; NULL: not known.
ALTER TABLE metric ADD COLUMN resolution REAL;
