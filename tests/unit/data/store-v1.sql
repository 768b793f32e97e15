-- A database of schema 1, as the program of that time wrote it, dumped; some metrics and environment taken out.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO run VALUES(1,'20261001-020000-00aa','decide','scxbench bench --plan decide --blocks 2 --seed 3 -s ''fair'' -s ''fifo'' -w quick','native',0,3,2,5,1795376792000000000,'<topology/>');
INSERT INTO run VALUES(2,'20261002-020000-00bb','decide','scxbench bench --plan decide --blocks 1 --seed 4 -s ''fair'' -s ''fifo'' -w quick','native',0,4,1,3,1795376792000000000,'<topology/>');
CREATE TABLE run_policy (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	policy TEXT NOT NULL,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;
INSERT INTO run_policy VALUES(1,0,'fair');
INSERT INTO run_policy VALUES(1,1,'fifo');
INSERT INTO run_policy VALUES(2,0,'fair');
INSERT INTO run_policy VALUES(2,1,'fifo');
CREATE TABLE run_workload (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	workload TEXT NOT NULL,
	primary_metric TEXT,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;
INSERT INTO run_workload VALUES(1,0,'quick','time');
INSERT INTO run_workload VALUES(2,0,'quick','time');
CREATE TABLE env (
	run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL,
	key TEXT NOT NULL, value TEXT,
	PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;
INSERT INTO env VALUES(1,0,'kernel','7.3.4+deb13-cloud-amd64');
INSERT INTO env VALUES(1,3,'fair','EEVDF');
INSERT INTO env VALUES(1,33,'hash.fifo.bpf.o','9e730a5e0377e08bce695c32797743440882c5ff85c63fdf1d8941b8486e2fed');
INSERT INTO env VALUES(2,0,'kernel','7.3.4+deb13-cloud-amd64');
INSERT INTO env VALUES(2,3,'fair','EEVDF');
INSERT INTO env VALUES(2,33,'hash.fifo.bpf.o','9e730a5e0377e08bce695c32797743440882c5ff85c63fdf1d8941b8486e2fed');
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
INSERT INTO sample VALUES(1,1,1,1,'fair','quick',0,'ok',NULL,1795376792134561536,0.0258050320007896516,0.0115602980004041455,NULL,0,0,NULL,NULL,NULL,0.0);
INSERT INTO sample VALUES(2,1,2,1,'fifo','quick',0,'ok',NULL,1795376792160902144,0.0320795919997181044,0.0195277040002110879,NULL,0,0,NULL,NULL,NULL,0.0);
INSERT INTO sample VALUES(3,1,3,2,'fifo','quick',0,'ok',NULL,1795376792193519360,0.0196624269992753397,0.0118559839993395144,NULL,0,0,NULL,NULL,NULL,0.0);
INSERT INTO sample VALUES(4,1,4,2,'fair','quick',0,'ok',NULL,1795376792213723648,0.0277647190014249645,0.01766414200028521,NULL,0,0,NULL,NULL,NULL,0.0);
INSERT INTO sample VALUES(5,1,5,0,'fifo','quick',1,'ok',NULL,1795376792241970944,0.0259022030004416592,0.0146491680006874958,NULL,0,0,NULL,NULL,NULL,0.0);
INSERT INTO sample VALUES(6,2,1,1,'fair','quick',0,'ok',NULL,1795376792642225152,0.0228815099999337689,0.0119161330003407783,NULL,0,0,NULL,NULL,NULL,0.0);
INSERT INTO sample VALUES(7,2,2,1,'fifo','quick',0,'ejected','runnable task stall',1795376792665575680,0.0236010629996599163,0.011970174000452971,NULL,1026,0,'runnable task stall',NULL,NULL,0.0);
INSERT INTO sample VALUES(8,2,3,0,'fifo','quick',1,'ok',NULL,1795376792689615872,0.023477708999052993,0.0115919099989696405,NULL,0,0,NULL,NULL,NULL,0.0);
CREATE TABLE measure (
	measure INTEGER PRIMARY KEY,
	name TEXT NOT NULL, unit TEXT NOT NULL, better INTEGER NOT NULL,
	UNIQUE (name, unit, better)
) STRICT;
INSERT INTO measure VALUES(1,'time','s',1);
INSERT INTO measure VALUES(4,'bpf.count.workload_ns','ns',0);
INSERT INTO measure VALUES(13,'cgroup.cpu','ns',0);
INSERT INTO measure VALUES(14,'custody.entry_dsq','count',0);
INSERT INTO measure VALUES(15,'custody.exit_dispatch','count',0);
CREATE TABLE reason (
	reason INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE metric (
	sample INTEGER NOT NULL REFERENCES sample, place INTEGER NOT NULL,
	measure INTEGER NOT NULL REFERENCES measure,
	value REAL,
	absent INTEGER REFERENCES reason,
	PRIMARY KEY (sample, place)
) STRICT, WITHOUT ROWID;
INSERT INTO metric VALUES(1,0,1,1.5,NULL);
INSERT INTO metric VALUES(1,3,4,500000.0,NULL);
INSERT INTO metric VALUES(1,12,13,500000.0,NULL);
INSERT INTO metric VALUES(1,13,14,7.0,NULL);
INSERT INTO metric VALUES(1,14,15,7.0,NULL);
INSERT INTO metric VALUES(2,0,1,1.5,NULL);
INSERT INTO metric VALUES(2,3,4,500000.0,NULL);
INSERT INTO metric VALUES(2,12,13,500000.0,NULL);
INSERT INTO metric VALUES(2,13,14,7.0,NULL);
INSERT INTO metric VALUES(2,14,15,7.0,NULL);
INSERT INTO metric VALUES(3,0,1,1.5,NULL);
INSERT INTO metric VALUES(3,3,4,500000.0,NULL);
INSERT INTO metric VALUES(3,12,13,500000.0,NULL);
INSERT INTO metric VALUES(3,13,14,7.0,NULL);
INSERT INTO metric VALUES(3,14,15,7.0,NULL);
INSERT INTO metric VALUES(4,0,1,1.5,NULL);
INSERT INTO metric VALUES(4,3,4,500000.0,NULL);
INSERT INTO metric VALUES(4,12,13,500000.0,NULL);
INSERT INTO metric VALUES(4,13,14,7.0,NULL);
INSERT INTO metric VALUES(4,14,15,7.0,NULL);
INSERT INTO metric VALUES(5,0,1,1.5,NULL);
INSERT INTO metric VALUES(5,3,4,500000.0,NULL);
INSERT INTO metric VALUES(5,12,13,500000.0,NULL);
INSERT INTO metric VALUES(5,13,14,7.0,NULL);
INSERT INTO metric VALUES(5,14,15,7.0,NULL);
INSERT INTO metric VALUES(6,0,1,1.5,NULL);
INSERT INTO metric VALUES(6,3,4,500000.0,NULL);
INSERT INTO metric VALUES(6,12,13,500000.0,NULL);
INSERT INTO metric VALUES(6,13,14,7.0,NULL);
INSERT INTO metric VALUES(6,14,15,7.0,NULL);
INSERT INTO metric VALUES(7,2,4,500000.0,NULL);
INSERT INTO metric VALUES(7,11,13,500000.0,NULL);
INSERT INTO metric VALUES(7,12,14,7.0,NULL);
INSERT INTO metric VALUES(7,13,15,7.0,NULL);
INSERT INTO metric VALUES(8,0,1,1.5,NULL);
INSERT INTO metric VALUES(8,3,4,500000.0,NULL);
INSERT INTO metric VALUES(8,12,13,500000.0,NULL);
INSERT INTO metric VALUES(8,13,14,7.0,NULL);
INSERT INTO metric VALUES(8,14,15,7.0,NULL);
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
INSERT INTO proof VALUES(1,0,'state','enabled',1);
INSERT INTO proof VALUES(1,1,'still in','enabled',1);
INSERT INTO proof VALUES(1,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(1,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(2,0,'state','enabled',1);
INSERT INTO proof VALUES(2,1,'still in','enabled',1);
INSERT INTO proof VALUES(2,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(2,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(2,4,'SCX_EV_BYPASS_ACTIVATE','0',1);
INSERT INTO proof VALUES(2,5,'SCX_EV_BYPASS_DISPATCH','0',1);
INSERT INTO proof VALUES(2,6,'workload ran in the ext class','100.00 % of 0.001 s, at least 99 % wanted',1);
INSERT INTO proof VALUES(3,0,'state','enabled',1);
INSERT INTO proof VALUES(3,1,'still in','enabled',1);
INSERT INTO proof VALUES(3,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(3,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(3,4,'SCX_EV_BYPASS_ACTIVATE','0',1);
INSERT INTO proof VALUES(3,5,'SCX_EV_BYPASS_DISPATCH','0',1);
INSERT INTO proof VALUES(3,6,'workload ran in the ext class','100.00 % of 0.001 s, at least 99 % wanted',1);
INSERT INTO proof VALUES(4,0,'state','enabled',1);
INSERT INTO proof VALUES(4,1,'still in','enabled',1);
INSERT INTO proof VALUES(4,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(4,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(5,0,'state','enabled',1);
INSERT INTO proof VALUES(5,1,'still in','enabled',1);
INSERT INTO proof VALUES(5,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(5,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(5,4,'SCX_EV_BYPASS_ACTIVATE','0',1);
INSERT INTO proof VALUES(5,5,'SCX_EV_BYPASS_DISPATCH','0',1);
INSERT INTO proof VALUES(5,6,'workload ran in the ext class','100.00 % of 0.001 s, at least 99 % wanted',1);
INSERT INTO proof VALUES(6,0,'state','enabled',1);
INSERT INTO proof VALUES(6,1,'still in','enabled',1);
INSERT INTO proof VALUES(6,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(6,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(7,0,'state','enabled',1);
INSERT INTO proof VALUES(7,1,'still in','enabled',0);
INSERT INTO proof VALUES(7,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(7,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(8,0,'state','enabled',1);
INSERT INTO proof VALUES(8,1,'still in','enabled',1);
INSERT INTO proof VALUES(8,2,'ledger balanced','7 entries, 7 exits',1);
INSERT INTO proof VALUES(8,3,'custody: semantics','exact',1);
INSERT INTO proof VALUES(8,4,'SCX_EV_BYPASS_ACTIVATE','0',1);
INSERT INTO proof VALUES(8,5,'SCX_EV_BYPASS_DISPATCH','0',1);
INSERT INTO proof VALUES(8,6,'workload ran in the ext class','100.00 % of 0.001 s, at least 99 % wanted',1);
CREATE VIEW number AS
	SELECT run.id AS run, seq, block, policy, workload, instrumented, status, name, unit, value,
		reason.text AS absent
	FROM metric JOIN sample USING (sample) JOIN run USING (run) JOIN measure USING (measure)
		LEFT JOIN reason ON reason.reason = metric.absent;
COMMIT;
PRAGMA application_id = 0x73637862;
PRAGMA user_version = 1;
