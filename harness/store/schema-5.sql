-- SPDX-License-Identifier: GPL-2.0-or-later
-- Version 5: what is asked of one machine is found without reading the runs of the others.

-- All that it takes to tell the runs of a machine apart, in the order of storing.
CREATE INDEX run_by_host ON run (host, run, plan, started_ns);

CREATE INDEX run_by_host_before ON run (host_before) WHERE host_before IS NOT NULL;
