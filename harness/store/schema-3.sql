-- SPDX-License-Identifier: GPL-2.0-or-later
-- Version 3: arms with a name of their own, their slices, and a baseline that need not be fair.

-- baseline: the policy that the others are compared with; NULL: fair.
ALTER TABLE run ADD COLUMN baseline TEXT;

-- given: what the policy's name stands for; NULL: for itself. slice_ns: in digits; NULL: not known.
ALTER TABLE run_policy ADD COLUMN given TEXT;
ALTER TABLE run_policy ADD COLUMN slice_ns TEXT;
